import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { type EngagementEvent, type EvidenceClass, LogEvent } from "./events.ts";

/** A page must have been in front of somebody this long before its visit is more than a page load (domain.md D2). */
export const HUMAN_VISIT_SECONDS = 15;

/**
 * The evidence class of an event (domain.md D2), from what it is and what it contains.
 * Strong needs content: a choice, a text, a date. A button alone is weak. What software can do
 * on somebody's behalf (open, fetch a link, answer automatically) is machine, whoever did it.
 */
export function classifyEvidence(event: LogEvent): EvidenceClass {
  switch (event.kind) {
    case "check-answered":
    case "areas-known":
    case "priorities-set":
    case "value-confirmed":
    case "no-question":
    case "intent-stated":
    case "reply":
    case "meeting-requested":
    case "slot-chosen":
    case "colleague-introduced":
    case "endorsed":
      return "strong";
    case "question-asked":
      return hasContent(event.text) ? "strong" : "weak";
    case "profile-told":
      return hasContent(event.text) ? "strong" : "weak";
    case "task-done":
      return hasContent(event.evidenceText) ? "strong" : "weak";
    case "goal-confirmed":
      return event.edited || event.dropped === true ? "strong" : "weak";
    case "resource-confirmed":
    case "objective-confirmed":
    case "pace-changed":
      return "weak";
    case "agreement-accepted":
      return event.party === "contact" ? "strong" : "system";
    case "page-visit":
      return (event.seconds ?? 0) >= HUMAN_VISIT_SECONDS ? "human_probable" : "machine";
    case "open":
    case "click":
    case "auto-reply":
    case "bounce":
      return "machine";
    case "enrolled":
    case "account-changed":
    case "paused":
    case "resumed":
    case "mail-submitted":
    case "address-corrected":
    case "complaint":
    case "unsubscribe":
    case "contact-departed":
    case "wrong-person":
    case "task-verified":
    case "task-waived":
    case "task-reopened":
    case "question-answered":
    case "meeting-booked":
    case "meeting-held":
      return "system";
    default:
      return event satisfies never;
  }
}

/** True for what the contact did on purpose. An open stays an open, whatever class a log file claims for it. */
export function isDeliberate(event: EngagementEvent): boolean {
  if (event.evidence !== "strong" && event.evidence !== "weak") return false;
  const own = classifyEvidence(event);
  return own === "strong" || own === "weak";
}

/** Gives a parsed event its class and an id that depends on nothing but its content. */
export function classified(event: LogEvent): EngagementEvent {
  const at = new Date(event.at).toISOString();
  const plain = { ...event, at, evidence: event.evidence ?? classifyEvidence(event) };
  return { ...plain, id: event.id ?? contentId(plain) };
}

/**
 * One order for one log: by instant, then id; an id that comes twice counts once. Events reach us
 * late, twice and out of order, and none of that may change an answer.
 */
export function canonicalLog(events: readonly EngagementEvent[]): EngagementEvent[] {
  const byId = new Map<string, EngagementEvent>();
  for (const event of events) {
    const known = byId.get(event.id);
    if (known === undefined || (known !== event && tieBreak(event) < tieBreak(known)))
      byId.set(event.id, event);
  }
  return [...byId.values()]
    .map((event) => ({ event, time: Date.parse(event.at) }))
    .sort((a, b) => a.time - b.time || (a.event.id < b.event.id ? -1 : 1))
    .map(({ event }) => event);
}

export interface LogProblem {
  /** 1-based line of the file. */
  readonly line: number;
  readonly problem: string;
}

/** Reads a JSONL event log. Lines that cannot be read are named and left out; nothing is guessed. */
export function readEventLog(text: string): { events: EngagementEvent[]; problems: LogProblem[] } {
  const events: EngagementEvent[] = [];
  const problems: LogProblem[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/^\uFEFF/, "").trim();
    if (line === "") continue;
    const read = readLine(line);
    if (typeof read === "string") problems.push({ line: index + 1, problem: read });
    else events.push(classified(read));
  }
  return { events: canonicalLog(events), problems };
}

function readLine(line: string): LogEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "is not JSON: write one event object per line";
  }
  const parsed = LogEvent.safeParse(value);
  if (parsed.success) return parsed.data;
  return z.prettifyError(parsed.error).replaceAll("\n", "; ");
}

function contentId(event: LogEvent): string {
  return `e-${createHash("sha256").update(canonicalJson(event)).digest("hex").slice(0, 24)}`;
}

/** Two different events under one id: the earlier one, then the smaller text, so that order cannot matter. */
function tieBreak(event: EngagementEvent): string {
  return new Date(event.at).toISOString() + canonicalJson(event);
}

function hasContent(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== "";
}
