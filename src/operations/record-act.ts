import { z } from "zod";
import { Act, type ActInput } from "../domain/engagement/acts.ts";
import { loadFrame, lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import { type ActContext, type ActOutcome, actContext } from "./acts/act-context.ts";
import { applyAct } from "./acts/apply-act.ts";
import { noteSponsorEngaged } from "./acts/sponsor-acts.ts";
import { programOf } from "./frozen-sequence.ts";
import { noteArrived } from "./note-arrived.ts";
import type { Db, Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface RecordActInput {
  workspaceId: string;
  enrollmentId: string;
  act: ActInput;
  source: "page" | "reply" | "csm" | "system";
  sendId?: string;
  /** Business time; default now. */
  at?: Date;
  /** The same key twice is the same act: a form posted again changes nothing. */
  dedupeKey: string;
}

export interface ActRecorded {
  /** True when this key had been recorded before: nothing was written. */
  repeated: boolean;
  eventIds: string[];
  /** A kind sentence to show after the form. */
  message: string;
  /** Knowledge checks only: immediate feedback per item, never a grade. */
  feedback: { item: string; question: string; right: boolean; text: string }[];
  questionId: string | null;
}

/** Keeps what a person did: log and present state in one transaction, then readiness is computed again. */
export async function recordAct(parts: Parts, input: RecordActInput): Promise<Result<ActRecorded>> {
  const parsed = Act.safeParse(input.act);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(
      "bad-act",
      issue?.path.join(".") ?? "act",
      z.prettifyError(parsed.error),
      "Fill in the form again.",
    );
  }
  const { workspaceId, enrollmentId } = input;
  const written = await transact(parts, (tx) => write(tx, parts, input, parsed.data)).catch(
    (thrown: unknown) => {
      if (thrown instanceof RefusedAct) return { refused: thrown.outcome };
      throw thrown;
    },
  );
  if ("refused" in written) {
    const { problem } = written.refused;
    if (problem === undefined) throw new Error("An act was taken back without a reason.");
    return { ok: false, problem };
  }
  const { outcome, repeated, eventIds, besideId, wake } = written;
  if (!repeated) {
    if (wake.sendIds.length > 0) await parts.waker.sendsPlanned(wake.sendIds);
    if (wake.webhooks) await parts.waker.webhooksPlanned();
    await refreshReadiness(parts, { workspaceId, enrollmentId: besideId ?? enrollmentId, cause: "act" });
    await parts.waker.enrollmentsDue();
  }
  return {
    ok: true,
    repeated,
    eventIds,
    message: outcome.message,
    feedback: outcome.feedback ?? [],
    questionId: outcome.questionId ?? null,
  };
}

/** Thrown to roll back what a refused act had begun to write; never leaves this file. */
class RefusedAct extends Error {
  readonly outcome: ActOutcome;
  constructor(outcome: ActOutcome) {
    super(outcome.message);
    this.outcome = outcome;
  }
}

interface Written {
  outcome: ActOutcome;
  repeated: boolean;
  eventIds: string[];
  besideId: string | null;
  wake: ActContext["wake"];
}

async function write(tx: Db, parts: Parts, input: RecordActInput, act: Act): Promise<Written> {
  const { workspaceId, enrollmentId, dedupeKey } = input;
  // Acts on one enrollment come one after the other; a double post finds what the first one wrote.
  await lockEnrollment(tx, workspaceId, enrollmentId);
  const frame = await loadFrame(tx, workspaceId, enrollmentId);
  if (frame === null) {
    throw refusedAs(
      "unknown-enrollment",
      "enrollmentId",
      "There is no such enrollment.",
      "Check its number.",
    );
  }
  const known = await tx.engagementEvent.findMany({
    where: {
      workspaceId,
      enrollmentId,
      dedupeKey: { in: [dedupeKey, `${dedupeKey}.paused`, `${dedupeKey}.resumed`] },
    },
    select: { id: true },
  });
  if (known.length > 0) {
    const eventIds = known.map(({ id }) => id);
    return {
      outcome: { message: "That is kept already." },
      repeated: true,
      eventIds,
      besideId: null,
      wake: { sendIds: [], webhooks: false },
    };
  }
  if (!takesActs(frame.enrollment)) {
    throw refusedAs(
      "enrollment-ended",
      "enrollmentId",
      "This program has ended, so nothing more is kept here.",
      "Reply to any of our mails; a person reads it.",
    );
  }
  const context = actContext({
    tx,
    parts,
    frame,
    sequence: programOf(frame.version, frame.enrollment),
    at: input.at ?? parts.clock.now(),
    source: input.source,
    dedupeKey,
    sendId: input.sendId ?? null,
  });
  const outcome = await applyAct(context, act);
  if (outcome.problem !== undefined) throw new RefusedAct(outcome);
  if (input.sendId !== undefined && input.source === "page") {
    const from = "what they did on the page behind it";
    await noteArrived(tx, { workspaceId, sendIds: [input.sendId], from, at: context.at });
  }
  const besideId = await noteSponsorEngaged(context);
  await lookAgain(context);
  return { outcome, repeated: false, eventIds: context.eventIds, besideId, wake: context.wake };
}

/** A finished program still listens; one that was left does not. */
export function takesActs(enrollment: Pick<Enrollment, "status">): boolean {
  return ["pending", "active", "paused", "blocked", "completed"].includes(enrollment.status);
}

/** What the contact did may open the next step's gate: the planner looks now instead of when the hold is over. */
async function lookAgain(context: ActContext): Promise<void> {
  await context.tx.enrollment.updateMany({
    where: {
      id: context.frame.enrollment.id,
      status: "active",
      OR: [{ dueAt: null }, { dueAt: { gt: context.at } }],
    },
    data: { dueAt: context.at },
  });
}

function refusedAs(code: string, place: string, message: string, remedy: string): RefusedAct {
  return new RefusedAct({ message, problem: { code, place, message, remedy } });
}
