import { DateTime } from "luxon";
import type { EngagementEvent } from "./events.ts";

/** What the keys of a log are called by the sequence it belongs to, and the zone its reader thinks in. */
export interface LogNames {
  /** Titles by key: steps, tasks, resources, check items, objectives, goals. A key without one is shown as it is. */
  readonly titles: ReadonlyMap<string, string>;
  readonly zone: string;
}

/** One line of the log as a person reads it: what happened, without judging it. Text given by the person is quoted. */
export function eventWords(event: EngagementEvent, names: LogNames): string {
  const title = (key: string) => names.titles.get(key) ?? key;
  switch (event.kind) {
    case "enrolled":
      return "The program began";
    case "account-changed":
      return "Something about the account changed";
    case "paused":
      return `Paused: ${event.reason}`;
    case "resumed":
      return "The pause ended";
    case "mail-submitted":
      return `Mail sent: ${names.titles.get(event.stepKey) ?? outsideProgram(event.stepKey)}`;
    case "bounce":
      return event.hard ? "A mail came back: the address does not exist" : "A mail came back for now";
    case "complaint":
      return "A mail was reported as unwanted";
    case "unsubscribe":
      return "Asked for no more mails";
    case "auto-reply":
      return event.returnsOn === undefined
        ? "Automatic answer"
        : `Automatic answer: away until ${event.returnsOn}`;
    case "address-corrected":
      return "The address was corrected";
    case "contact-departed":
      return "Left the company";
    case "wrong-person":
      return event.whoInstead === undefined
        ? "Not the right person"
        : `Not the right person; named ${event.whoInstead}`;
    case "open":
      return "Mail software loaded an image";
    case "click":
      return "A link was fetched";
    case "page-visit":
      return event.item === undefined ? "Visited the page" : `Looked at: ${title(event.item)}`;
    case "resource-confirmed":
      return `Read: ${title(event.item)}`;
    case "check-answered":
      return `Answered: ${title(event.item)}`;
    case "task-done":
      return event.evidenceText === undefined
        ? `Marked as done: ${title(event.task)}`
        : `${title(event.task)}: “${event.evidenceText}”`;
    case "task-verified":
      return `Seen to be done: ${title(event.task)}`;
    case "task-waived":
      return `Not needed: ${title(event.task)} (${event.reason})`;
    case "task-reopened":
      return `Open again: ${title(event.task)} (${event.reason})`;
    case "areas-known":
      return `Knows already: ${event.areas.join(", ")}`;
    case "profile-told":
      return `Told us: “${event.text}”`;
    case "objective-confirmed":
      return event.met ? `Reached: ${title(event.objective)}` : `Not reached yet: ${title(event.objective)}`;
    case "priorities-set":
      return `Priorities: ${event.items.map((item, index) => `${index + 1}. ${item}`).join(", ")}`;
    case "goal-confirmed":
      return `${event.dropped === true ? "Dropped" : event.edited ? "Changed" : "Kept"} the goal “${title(event.goal)}”`;
    case "value-confirmed":
      return event.corrected === true ? "Corrected a number" : "Confirmed a number";
    case "question-asked":
      return `Asked: “${event.text}”`;
    case "no-question":
      return `No question: “${event.because}”`;
    case "question-answered":
      return "A question was answered";
    case "intent-stated":
      return `Stands at “${event.intent.replaceAll("_", " ")}”${event.why === undefined ? "" : `: ${event.why}`}`;
    case "reply":
      return event.text === undefined ? "Replied" : `Replied: “${event.text}”`;
    case "meeting-requested":
      return event.note === undefined ? "Asked to meet" : `Asked to meet: “${event.note}”`;
    case "slot-chosen":
      return `Chose a time: ${slotWords(event.slotAt, names.zone)}`;
    case "meeting-booked":
      return "A meeting was booked";
    case "meeting-held":
      return event.agreed === undefined
        ? "The meeting took place"
        : `The meeting took place; agreed: “${event.agreed}”`;
    case "colleague-introduced":
      return `Introduced ${event.who}`;
    case "endorsed":
      return event.text === undefined ? "The sponsor spoke for this" : `The sponsor wrote: “${event.text}”`;
    case "agreement-accepted":
      return `Accepted the plan (${event.party})`;
    case "pace-changed":
      return `Pace: ${event.pace}`;
    default:
      return event satisfies never;
  }
}

/** "Thu 2 April 2026, 09:00 (America/Denver)" */
export function slotWords(slotAt: string, zone: string): string {
  return `${DateTime.fromISO(slotAt, { zone }).setLocale("en-GB").toFormat("ccc d LLLL yyyy, HH:mm")} (${zone})`;
}

/** Mails that no sequence has a step for, by the first part of their key. */
const OUTSIDE: Readonly<Record<string, string>> = {
  answer: "the answer to a question",
  completion: "thanks at the end of the program",
  meeting: "the time of our meeting",
  "page-link": "a fresh link to the page",
};

const outsideProgram = (stepKey: string): string => OUTSIDE[stepKey.split(".")[0] ?? ""] ?? stepKey;
