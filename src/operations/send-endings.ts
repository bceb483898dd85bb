import {
  type BackoffPolicy,
  backoff,
  CONNECTION_TROUBLE,
  TEMPORARY_REFUSAL,
} from "../domain/sending/backoff.ts";
import type { GuardEnding } from "../domain/sending/guards.ts";
import type { TransportOutcome } from "../domain/sending/outcome.ts";
import { newRowId } from "../drivers/store/row-id.ts";
import type { ClaimedSend, Ending } from "../drivers/store/sends.ts";
import { localDateNow, nextDayOpening } from "./send-facts.ts";

export interface Moment {
  readonly owner: string;
  /** Business time. */
  readonly now: Date;
  /** Machine time. */
  readonly wall: Date;
}

function base(send: ClaimedSend, at: Moment): Omit<Ending, "status" | "reason"> {
  return {
    id: send.id,
    owner: at.owner,
    fence: send.fence,
    response: null,
    endedAt: null,
    nextAttemptAt: at.wall,
    dueAt: null,
    localDate: null,
    eventId: null,
    receivedAt: at.wall,
    refused: false,
  };
}

/** What the server's answer makes of the send, with the reason a person will read. */
export function endingOfOutcome(send: ClaimedSend, outcome: TransportOutcome, at: Moment): Ending {
  const ended = { ...base(send, at), endedAt: at.now };
  switch (outcome.kind) {
    case "accepted":
      return {
        ...ended,
        status: "submitted",
        reason: null,
        response: outcome.response,
        eventId: newRowId(at.wall.getTime()),
      };
    case "rejected":
      return {
        ...ended,
        status: "failed",
        reason: `The receiving server refused it for good: ${outcome.response}`,
        response: outcome.response,
      };
    case "deferred":
      return again(send, TEMPORARY_REFUSAL, `The receiving server asked to wait: ${outcome.response}`, at);
    case "not-sent":
      return again(send, CONNECTION_TROUBLE, `Nothing was sent: ${outcome.cause}`, at);
    case "unknown":
      return {
        ...ended,
        status: "uncertain",
        reason: `The connection ended after the mail had left and before the server answered (${outcome.cause}). Nobody can know whether it arrived; it is not sent again by itself.`,
      };
    default:
      return outcome satisfies never;
  }
}

/** Each kind of trouble has its own count: a night without a connection must not use up the server's patience. */
function again(send: ClaimedSend, policy: BackoffPolicy, reason: string, at: Moment): Ending {
  const refused = policy === TEMPORARY_REFUSAL;
  const before = refused ? send.refusals : send.attempts - send.refusals;
  const next = backoff(policy, send.id, before + 1);
  if (next.kind === "give-up") {
    return {
      ...base(send, at),
      refused,
      status: "failed",
      endedAt: at.now,
      reason: `Given up after ${next.attempts} attempts. ${reason}`,
    };
  }
  const nextAttemptAt = new Date(at.wall.getTime() + next.afterSeconds * 1000);
  return { ...base(send, at), refused, status: "deferred", reason, nextAttemptAt };
}

/** Stopped before anything left. A send that waits for a person is looked at again every working day. */
export function endingOfGuard(send: ClaimedSend, guard: GuardEnding, at: Moment): Ending {
  switch (guard.outcome) {
    case "suppressed":
    case "skipped":
      return { ...base(send, at), status: guard.outcome, reason: sentence(guard.reason), endedAt: at.now };
    case "deferred":
      return postponed(send, guard.until ?? nextDayOpening(send, at.now), sentence(guard.reason), at);
    case "blocked":
      return postponed(
        send,
        nextDayOpening(send, at.now),
        `It waits for a person: ${guard.reason}. ${guard.remedy}`,
        at,
      );
    default:
      return guard satisfies never;
  }
}

/** Moves the send to another instant; its local date moves with it, so that the day's one mail is counted rightly. */
export function postponed(send: ClaimedSend, until: Date, reason: string, at: Moment): Ending {
  const localDate = localDateNow(send, until);
  return { ...base(send, at), status: "deferred", reason, dueAt: until, localDate };
}

/** Puts the send back as it was: nothing left, and no attempt was made. */
export function released(send: ClaimedSend, reason: string, at: Moment): Ending {
  return { ...base(send, at), status: "planned", reason };
}

/** A fault of ours: the mail could not be made. Final, until a person repairs it and sends again. */
export function broken(send: ClaimedSend, cause: unknown, at: Moment): Ending {
  const why = cause instanceof Error ? cause.message : String(cause);
  return {
    ...base(send, at),
    status: "failed",
    endedAt: at.now,
    reason: `The mail could not be made: ${why}`,
  };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
