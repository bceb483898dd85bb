import { DateTime } from "luxon";
import { canMove, isEnded, SEND_STATUSES } from "../../../domain/sending/send-ladder.ts";
import type { RoomEnrollment, RoomStep } from "../../../operations/room-parts.ts";
import type { Tone } from "../ui/tag.tsx";

/** How a step of a program stands, for its drawing and for its line in the list. */
export interface Mark {
  readonly shape: "sent" | "reached" | "next" | "held" | "ahead" | "skipped" | "trouble" | "task";
  readonly words: string;
  readonly tone: Tone | undefined;
}

export function markOf(step: RoomStep): Mark {
  const { send, state } = step;
  const status = SEND_STATUSES.find((known) => known === send?.status);
  if (status !== undefined) {
    switch (status) {
      case "submitted":
        return step.reachedAt === null
          ? { shape: "sent", words: "Sent", tone: "good" }
          : { shape: "reached", words: "Sent, page opened", tone: "good" };
      case "uncertain":
        return { shape: "trouble", words: "Uncertain", tone: "warn" };
      case "failed":
        return { shape: "trouble", words: "Failed", tone: "bad" };
      case "suppressed":
        return { shape: "skipped", words: "Not sent", tone: "warn" };
      case "skipped":
        return { shape: "skipped", words: "Skipped", tone: undefined };
      case "deferred":
        return { shape: "next", words: "Waiting", tone: "info" };
      case "planned":
      case "claimed":
      case "transmitting":
        return { shape: "next", words: "Going out", tone: "info" };
      default:
        return status satisfies never;
    }
  }
  switch (state) {
    case "sent":
      return step.audience === "csm"
        ? { shape: "task", words: "Asked you", tone: "good" }
        : { shape: "sent", words: "Passed", tone: "good" };
    case "skipped":
      return { shape: "skipped", words: "Left out", tone: undefined };
    case "planned":
    case "next":
      return step.held
        ? { shape: "held", words: "Held", tone: "warn" }
        : { shape: step.audience === "csm" ? "task" : "next", words: "Next", tone: "info" };
    case "later":
      return { shape: step.audience === "csm" ? "task" : "ahead", words: "Ahead", tone: undefined };
    default:
      return state satisfies never;
  }
}

/** Only what ended without being handed over, and only by a person's word (trust.md 4). */
export function mayGoAgain({ send }: RoomStep): boolean {
  const status = SEND_STATUSES.find((known) => known === send?.status);
  return status !== undefined && isEnded(status) && canMove(status, "planned");
}

/** "Mon 30 Mar, 09:00 (07:00 UTC)": the reader's own clock first. */
export function momentWords(at: Date, zone: string): string {
  const local = DateTime.fromJSDate(at, { zone }).setLocale("en-GB");
  return `${local.toFormat("ccc d LLL, HH:mm")} (${local.toUTC().toFormat("HH:mm")} UTC)`;
}

/** Relative to the case room, which sends on to the mail's page: a room names each of its mails twice. */
export function mailAddress({ audience }: RoomEnrollment, stepKey: string): string {
  return audience === "contact" ? `?mail=${stepKey}` : `?mail=${stepKey}&of=${audience}`;
}
