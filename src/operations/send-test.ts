import { localDateOf } from "../domain/calendar/zones.ts";
import type { User } from "../drivers/store/generated/client.ts";
import { lockUser } from "../drivers/store/users.ts";
import type { Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface TestInput {
  workspaceId: string;
  /** Who asks, and the only address it can go to. */
  userId: string;
  /** A published version or a draft. */
  of: { versionId: string } | { draftId: string };
  stepKey: string;
  variant: "a" | "b";
  /** Whose values fill it; absent: samples. */
  reader?: { caseId: string; contactId: string };
}

const TESTS_AN_HOUR = 20;
const HOUR_MS = 3_600_000;

/** One step's mail to the person who asks, by the way that every mail goes. It never goes to a contact. */
export async function sendTest(
  parts: Parts,
  input: TestInput,
): Promise<Result<{ sendId: string; to: string }>> {
  const { workspaceId, userId } = input;
  const result = await transact(parts, async (tx) => {
    // Locked, so that twenty requests at once are counted like twenty in a row.
    const user = await lockUser(tx, workspaceId, userId);
    if (user === null) return refuse("unknown-user", "user", "There is no such person.", "Sign in again.");
    // Machine time: a time-lapse must not give a person a new hour every second.
    const wall = parts.clock.wall();
    const since = new Date(wall.getTime() - HOUR_MS);
    const asked = await tx.testMail.count({ where: { workspaceId, userId, askedAt: { gt: since } } });
    if (asked >= TESTS_AN_HOUR)
      return refuse(
        "too-many-tests",
        "step",
        `${TESTS_AN_HOUR} test mails an hour are enough for one inbox.`,
        "Look at the preview here; it is the same mail.",
      );
    const { stepKey, variant, reader, of } = input;
    const test = await tx.testMail.create({
      data: { workspaceId, userId, stepKey, variant, askedAt: wall, ...of, ...(reader ?? {}) },
    });
    const send = await tx.send.create({ data: sendRow(parts, user, test.id), select: { id: true } });
    return { ok: true as const, sendId: send.id, to: user.email };
  });
  if (result.ok) await parts.waker.sendsPlanned([result.sendId]);
  return result;
}

function sendRow(parts: Parts, user: User, testId: string) {
  const now = parts.clock.now();
  return {
    workspaceId: user.workspaceId,
    kind: "test",
    mailClass: "internal",
    userId: user.id,
    stepKey: `test.${testId}`,
    dueAt: now,
    nextAttemptAt: parts.clock.wall(),
    zone: user.zone,
    localDate: dateColumn(localDateOf(now, user.zone)),
    recipientDomain: user.email.split("@").at(-1) ?? "",
    plannedAt: now,
  };
}
