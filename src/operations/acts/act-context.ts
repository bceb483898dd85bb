import { classifyEvidence } from "../../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../../domain/engagement/events.ts";
import type { BlockOf, Sequence, Step } from "../../domain/sequences/sequence.ts";
import type { EnrollmentFrame } from "../../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../../drivers/store/events.ts";
import type { Db, Parts } from "../parts.ts";
import type { Refusal } from "../refusal.ts";

/** An event without its time, for each kind on its own: `Omit` over a union would forget which fields belong together. */
type WithoutTime<E> = E extends LogEvent ? Omit<E, "at" | "id" | "evidence"> : never;
export type ActEvent = WithoutTime<LogEvent>;

/** One act while it is being written: where it stands, when it happened, and how it is noted. */
export interface ActContext {
  readonly tx: Db;
  readonly parts: Parts;
  readonly frame: EnrollmentFrame;
  readonly sequence: Sequence;
  readonly at: Date;
  readonly source: "page" | "reply" | "csm" | "system";
  readonly dedupeKey: string;
  /** Appends a line to this enrollment's log. The first line carries the act's own key. */
  note(event: ActEvent): Promise<string>;
  readonly eventIds: string[];
  /** Mails and webhooks to wake somebody for, once the act is committed. */
  readonly wake: { sendIds: string[]; webhooks: boolean };
}

/** What an act leaves behind beside its lines in the log. */
export interface ActOutcome {
  message: string;
  feedback?: { item: string; question: string; right: boolean; text: string }[];
  questionId?: string;
  problem?: Refusal;
}

export function actContext(
  base: Omit<ActContext, "note" | "eventIds" | "wake"> & { sendId: string | null },
): ActContext {
  const eventIds: string[] = [];
  const { frame, at } = base;
  return {
    ...base,
    eventIds,
    wake: { sendIds: [], webhooks: false },
    async note(event) {
      const line = { ...event, at: at.toISOString() } as LogEvent;
      const { id } = await recordEvent(base.tx, {
        workspaceId: frame.enrollment.workspaceId,
        enrollmentId: frame.enrollment.id,
        contactId: frame.enrollment.contactId,
        sendId: base.sendId,
        event: line,
        evidence: classifyEvidence(line),
        receivedAt: base.parts.clock.now(),
        source: base.source,
        dedupeKey: eventIds.length === 0 ? base.dedupeKey : `${base.dedupeKey}.${eventIds.length}`,
      });
      eventIds.push(id);
      return id;
    },
  };
}

/** The blocks of a type in this enrollment's sequence, with their steps; variant B included. */
export function blocksOfType<T extends "task" | "check" | "resource" | "objective">(
  sequence: Sequence,
  type: T,
): { step: Step; block: BlockOf<T> }[] {
  return sequence.steps.flatMap((step) =>
    [...step.blocks, ...(step.variantB?.blocks ?? [])]
      .filter((block): block is BlockOf<T> => block.type === type)
      .map((block) => ({ step, block })),
  );
}

export function refusal(code: string, place: string, message: string, remedy: string): ActOutcome {
  return { message, problem: { code, place, message, remedy } };
}
