import type { EngagementEvent } from "./events.ts";

/** One line of the log as a person reads it: what happened, without judging it. Text given by the person is quoted. */
export function eventWords(event: EngagementEvent): string {
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
      return `Mail sent: ${event.stepKey}`;
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
      return event.item === undefined ? "Visited the page" : `Looked at ${event.item}`;
    case "resource-confirmed":
      return `Read: ${event.item}`;
    case "check-answered":
      return `Answered a question on ${event.item}`;
    case "task-done":
      return event.evidenceText === undefined
        ? `Marked as done: ${event.task}`
        : `Did ${event.task}: “${event.evidenceText}”`;
    case "task-verified":
      return `Seen to be done: ${event.task}`;
    case "task-waived":
      return `Not needed: ${event.task} (${event.reason})`;
    case "task-reopened":
      return `Open again: ${event.task} (${event.reason})`;
    case "areas-known":
      return `Knows already: ${event.areas.join(", ")}`;
    case "profile-told":
      return `Told us: “${event.text}”`;
    case "objective-confirmed":
      return event.met ? `Reached: ${event.objective}` : `Not reached yet: ${event.objective}`;
    case "priorities-set":
      return `Priorities: ${event.items.map((item, index) => `${index + 1}. ${item}`).join(", ")}`;
    case "goal-confirmed":
      return `${event.dropped === true ? "Dropped" : event.edited ? "Changed" : "Kept"} goal ${event.goal}`;
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
      return `Chose a time: ${event.slotAt}`;
    case "meeting-booked":
      return "A meeting was booked";
    case "meeting-held":
      return "The meeting took place";
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
