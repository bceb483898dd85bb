import { readAddress } from "./addresses.ts";

/** What is true about one send at the moment before it leaves. Instants are business time. */
export interface SendFacts {
  readonly mailClass: "program" | "service" | "internal";
  /** Mail that a contact has not asked for in this very moment: who wants no more mails gets none of it. */
  readonly endsWithUnsubscribe: boolean;
  readonly recipient: { readonly address: string | null; readonly departed: boolean };
  /** The suppression row of this address, if any. */
  readonly suppression: "unsubscribed" | "hard_bounce" | "complaint" | "manual" | null;
  /** null for mail outside a program. */
  readonly enrollment: {
    readonly state: "pending" | "active" | "paused" | "blocked" | "completed" | "exited" | "failed";
    /** The pause that holds now, also of a program that goes on by itself when it is over. `until` null: open. */
    readonly pause: { readonly until: Date | null } | null;
  } | null;
  /** Why mails of this program, or of all, stand still until a person has looked; null: they do not. */
  readonly hold: string | null;
  readonly caseClosed: boolean;
  readonly sender: { readonly address: string } | null;
  /** Merge fields without value and without fallback, found by rendering. */
  readonly missingFields: readonly string[];
  /** When the send is due, and until when it may still go without being planned anew. */
  readonly dueAt: Date;
  readonly staleAfter: Date | null;
  /** null: inside the window; otherwise the instant at which it next opens. */
  readonly windowOpensAt: Date | null;
}

export type GuardEnding =
  | { outcome: "suppressed"; reason: string }
  | { outcome: "skipped"; reason: string }
  | { outcome: "blocked"; reason: string; remedy: string }
  | { outcome: "deferred"; until: Date | null; reason: string };

type Guard = (facts: SendFacts, now: Date) => GuardEnding | null;

/** Sign-in links and signals to our own people pass: an unsubscribe from a program is not about them. */
const addressNotSuppressed: Guard = ({ suppression, endsWithUnsubscribe }) => {
  switch (suppression) {
    case null:
      return null;
    case "unsubscribed":
      return endsWithUnsubscribe ? { outcome: "suppressed", reason: "unsubscribed" } : null;
    case "hard_bounce":
      return { outcome: "suppressed", reason: "the address bounced for good" };
    case "complaint":
      return { outcome: "suppressed", reason: "reported as spam" };
    case "manual":
      return { outcome: "suppressed", reason: "the address was put on the suppression list" };
    default:
      return suppression satisfies never;
  }
};

const recipientStillThere: Guard = ({ recipient }) =>
  recipient.departed ? { outcome: "suppressed", reason: "the contact has left the account" } : null;

const enrollmentStillRunning: Guard = ({ enrollment }) => {
  if (enrollment === null) return null;
  switch (enrollment.state) {
    case "active":
    case "paused":
    case "blocked":
    // Its last mail is planned and the program completed by one look: what is planned still leaves, and
    // whoever completes it early takes back what waits.
    case "completed":
      return null;
    case "pending":
      return { outcome: "deferred", until: null, reason: "the enrollment has not started" };
    case "exited":
      return { outcome: "skipped", reason: "the enrollment has ended" };
    case "failed":
      return { outcome: "skipped", reason: "the enrollment has failed" };
    default:
      return enrollment.state satisfies never;
  }
};

const caseStillOpen: Guard = ({ caseClosed, mailClass }) =>
  caseClosed && mailClass === "program" ? { outcome: "skipped", reason: "the case is closed" } : null;

const addressUsable: Guard = ({ recipient }) => {
  if (recipient.address === null) {
    return {
      outcome: "blocked",
      reason: "the contact has no mail address",
      remedy: "Add an address to the contact.",
    };
  }
  const read = readAddress(recipient.address);
  return read.ok ? null : { outcome: "blocked", reason: read.problem.message, remedy: read.problem.remedy };
};

const senderKnown: Guard = ({ sender }) => {
  if (sender === null) {
    return {
      outcome: "blocked",
      reason: "the account has no CSM to send as",
      remedy: "Give the account a CSM.",
    };
  }
  const read = readAddress(sender.address);
  return read.ok
    ? null
    : {
        outcome: "blocked",
        reason: `the CSM's address: ${read.problem.message}`,
        remedy: read.problem.remedy,
      };
};

const mergeValuesKnown: Guard = ({ missingFields }) =>
  missingFields.length === 0
    ? null
    : {
        outcome: "blocked",
        reason: `no value for ${missingFields.join(", ")}`,
        remedy: "Fill in the value, or give the field a fallback in the sequence.",
      };

/** A pause with an end leaves the enrollment active, so the pause itself is asked for, whatever the state says. */
const notPaused: Guard = ({ enrollment }) => {
  if (enrollment === null) return null;
  const { state, pause } = enrollment;
  if (pause === null && state !== "paused" && state !== "blocked") return null;
  const why = state === "blocked" ? "blocked" : "paused";
  return { outcome: "deferred", until: pause?.until ?? null, reason: `the enrollment is ${why}` };
};

const notHeld: Guard = ({ hold, mailClass }) =>
  hold === null || mailClass === "internal"
    ? null
    : { outcome: "deferred", until: null, reason: `it is held: ${hold}` };

const notBeforeDue: Guard = ({ dueAt }, now) =>
  now < dueAt ? { outcome: "deferred", until: dueAt, reason: "not due yet" } : null;

/** A worker that was down for days must not fire a burst: what is too late is planned anew. */
const notStale: Guard = ({ staleAfter }, now) =>
  staleAfter !== null && now > staleAfter
    ? { outcome: "deferred", until: null, reason: "too late to send as planned: it is planned anew" }
    : null;

const insideWindow: Guard = ({ windowOpensAt, mailClass }) =>
  windowOpensAt !== null && mailClass === "program"
    ? { outcome: "deferred", until: windowOpensAt, reason: "outside the recipient's working hours" }
    : null;

/**
 * Order matters. What is final comes before what a person can repair, and that before what only
 * waits: a suppressed address is never reported as merely deferred. How many mails a day may hold is no
 * question of one mail: dates are given by the planner, and a mail that changes its date is counted then.
 */
const sendGuards: readonly Guard[] = [
  addressNotSuppressed,
  recipientStillThere,
  enrollmentStillRunning,
  caseStillOpen,
  addressUsable,
  senderKnown,
  mergeValuesKnown,
  notPaused,
  notHeld,
  notBeforeDue,
  notStale,
  insideWindow,
];

/** The first guard that objects, or null: the mail may go. */
export function guardSend(facts: SendFacts, now: Date): GuardEnding | null {
  for (const guard of sendGuards) {
    const ending = guard(facts, now);
    if (ending) return ending;
  }
  return null;
}
