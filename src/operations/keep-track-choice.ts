import { readDay } from "../domain/accounts/cells.ts";
import { instantOf } from "../domain/calendar/window.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import { type Policy, policyOf } from "../domain/sequences/policy.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { type CaseWithAccount, lockCase } from "../drivers/store/cases.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import { chooseTrack } from "./choose-track.ts";
import type { Parts } from "./parts.ts";
import { dateColumn, dayOf } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export type Pace = "slow" | "normal" | "fast";

export interface KeepTrackInput {
  workspaceId: string;
  caseId: string;
  /** null: the one that the case asks for. */
  track: string | null;
  pace: Pace;
  /** null: what the workspace's rules say. */
  policy?: Policy | null;
  /** YYYY-MM-DD in the account's zone; empty: as soon as possible. */
  startOn: string;
  actor: Actor;
}

/** Furthest first day that is not a slip of the pen. */
const FURTHEST_DAYS = 183;
const MS_PER_DAY = 86_400_000;

/** Keeps the track, pace and first day that somebody chose, until the contact is enrolled with them. */
export function keepTrackChoice(parts: Parts, input: KeepTrackInput): Promise<Result<{ kept: true }>> {
  const { workspaceId, caseId, track, pace, policy = null, startOn } = input;
  return transact(parts, async (tx) => {
    const turnover = await lockCase(tx, workspaceId, caseId);
    if (turnover === null)
      return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
    const choice = await chooseTrack(tx, turnover, track ?? undefined);
    if (!choice.ok) return { ok: false, problem: { ...choice.problem, code: "no-track", place: "track" } };
    const now = parts.clock.now();
    const today = localDateOf(now, turnover.account.zone);
    if (startOn !== "") {
      if (readDay(startOn) === null)
        return refuse(
          "date",
          "startOn",
          `"${startOn}" is not a date.`,
          "Write it as YYYY-MM-DD, like 2026-11-30.",
        );
      if (startOn < today)
        return refuse(
          "in-the-past",
          "startOn",
          "The first mail would be in the past.",
          `The earliest day is ${today}.`,
        );
      if (dateColumn(startOn).getTime() - now.getTime() > FURTHEST_DAYS * MS_PER_DAY)
        return refuse(
          "too-far",
          "startOn",
          "That is more than half a year ahead.",
          "Enroll them when it is nearer.",
        );
    }
    await tx.case.update({
      where: { id: caseId },
      data: {
        chosenTrack: track,
        chosenPace: pace,
        chosenPolicy: policy,
        chosenStartOn: startOn === "" ? null : dateColumn(startOn),
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor: input.actor,
      action: "track-chosen",
      subjectType: "case",
      subjectId: caseId,
      before: {
        track: turnover.chosenTrack,
        pace: turnover.chosenPace,
        policy: turnover.chosenPolicy,
      },
      after: { track: choice.version.key, pace, policy, startOn: startOn || null },
    });
    return { ok: true, kept: true };
  });
}

/** What an enrollment out of this case starts with. */
export interface TrackChoiceKept {
  track: string | null;
  pace: Pace;
  /** null: what the workspace's rules say. */
  policy: Policy | null;
  /** Business instant. */
  startAt: Date;
}

/** Time to change one's mind: nothing leaves in the first minutes after somebody pressed the button. */
export const UNDO_MINUTES = 10;

/** The kept choice with its first instant: the chosen day's morning, but never before the time to undo is over. */
export async function keptTrackChoice(
  parts: Parts,
  turnover: CaseWithAccount,
  zone: string,
): Promise<TrackChoiceKept> {
  const now = parts.clock.now();
  const soonest = new Date(Math.ceil(now.getTime() / 60_000) * 60_000 + UNDO_MINUTES * 60_000);
  const pace = turnover.chosenPace;
  const chosen: Omit<TrackChoiceKept, "startAt"> = {
    track: turnover.chosenTrack,
    pace: pace === "slow" || pace === "fast" ? pace : "normal",
    policy: turnover.chosenPolicy === null ? null : policyOf(turnover.chosenPolicy),
  };
  if (turnover.chosenStartOn === null) return { ...chosen, startAt: soonest };
  const { windowStart } = await getWorkspace(parts.db, turnover.workspaceId);
  const morning = instantOf(dayOf(turnover.chosenStartOn), windowStart, zone);
  return { ...chosen, startAt: morning > soonest ? morning : soonest };
}
