import { isDeliberate } from "../engagement/classify-evidence.ts";
import type { EngagementEvent, EvidenceClass } from "../engagement/events.ts";
import { normalQuestion } from "../engagement/normal-question.ts";
import type { Intent } from "../sequences/sequence.ts";

/** Where in time an event stands: active day and date of the contact. */
export interface Stamp {
  readonly day: number;
  readonly date: number;
}
export interface Mark extends Stamp {
  readonly id: string;
  readonly at: string;
  readonly evidence: EvidenceClass;
}
export interface TaskState {
  readonly value: "open" | "self" | "evidence";
  readonly waived: boolean;
  /** What made it so: the contact's own acts and the CSM's verification, oldest first. */
  readonly marks: readonly Mark[];
}
export interface QuestionState {
  readonly id: string;
  readonly text: string;
  readonly kind: string | null;
  readonly high: boolean;
  readonly asked: Mark;
  readonly answered: Mark | null;
}
export interface Facts {
  renewalOn: string | null;
  tier: "high" | "mid" | "low" | null;
  roleOutcome: string | null;
  sponsorEngaged: boolean;
  hasOtherRelationship: boolean;
  usageChangePercent: number | null;
  workWeek: readonly number[];
}

/**
 * What the log says so far, kept so that a day can be assessed without reading the log again:
 * replaying sixty days for the hysteresis then costs sixty small sums (domain.md D5).
 */
export interface Ledger {
  readonly facts: Facts;
  readonly confirmed: Map<string, Mark>;
  readonly rightChecks: Map<string, Mark>;
  readonly wrongChecks: Map<string, Mark>;
  readonly visited: Map<string, Mark[]>;
  readonly tasks: Map<string, TaskState>;
  readonly areasKnown: Set<string>;
  readonly goals: Map<string, { mark: Mark; edited: boolean; dropped: boolean }>;
  readonly objectivesNotMet: Map<string, Mark>;
  readonly questions: Map<string, QuestionState>;
  /** Text of the question in normal form → id: the same question twice is one question. */
  readonly questionTexts: Map<string, string>;
  readonly strongDates: Set<number>;
  readonly stepsMailed: Set<string>;
  readonly kindsSeen: Set<string>;
  readonly machine: { opens: string[]; clicks: string[]; other: string[] };
  readonly bursts: string[];
  noQuestion: Mark | null;
  priorities: { items: readonly string[]; mark: Mark } | null;
  /** The longest ranked list given so far: shortening a list takes no evidence away. */
  mostPriorities: number;
  reply: Mark | null;
  slot: Mark | null;
  introduction: Mark | null;
  intent: { value: Intent; why: string | null; mark: Mark } | null;
  meetingAsked: Mark | null;
  meetingHeld: Mark | null;
  strong: number;
  weak: number;
  lastAct: Mark | null;
  firstMail: Mark | null;
  hardBounce: Mark | null;
  complaint: Mark | null;
  unsubscribed: Mark | null;
  departed: Mark | null;
  wrongPerson: Mark | null;
}

export function emptyLedger(): Ledger {
  return {
    facts: {
      renewalOn: null,
      tier: null,
      roleOutcome: null,
      sponsorEngaged: false,
      hasOtherRelationship: false,
      usageChangePercent: null,
      workWeek: [1, 2, 3, 4, 5],
    },
    confirmed: new Map(),
    rightChecks: new Map(),
    wrongChecks: new Map(),
    visited: new Map(),
    tasks: new Map(),
    areasKnown: new Set(),
    goals: new Map(),
    objectivesNotMet: new Map(),
    questions: new Map(),
    questionTexts: new Map(),
    strongDates: new Set(),
    stepsMailed: new Set(),
    kindsSeen: new Set(),
    machine: { opens: [], clicks: [], other: [] },
    bursts: [],
    noQuestion: null,
    priorities: null,
    mostPriorities: 0,
    reply: null,
    slot: null,
    introduction: null,
    intent: null,
    meetingAsked: null,
    meetingHeld: null,
    strong: 0,
    weak: 0,
    lastAct: null,
    firstMail: null,
    hardBounce: null,
    complaint: null,
    unsubscribed: null,
    departed: null,
    wrongPerson: null,
  };
}

/** Writes one event of the canonical log down. Events must come in its order. */
export function enter(ledger: Ledger, event: EngagementEvent, stamp: Stamp): void {
  const mark: Mark = { ...stamp, id: event.id, at: event.at, evidence: event.evidence };
  ledger.kindsSeen.add(event.kind);
  if (event.evidence === "machine") enterMachine(ledger, event);
  if (isDeliberate(event)) enterAct(ledger, event, mark);
  else enterFact(ledger, event, mark);
}

function enterMachine(ledger: Ledger, event: EngagementEvent): void {
  if (event.kind === "open") ledger.machine.opens.push(event.id);
  else if (event.kind === "click") ledger.machine.clicks.push(event.id);
  else ledger.machine.other.push(event.id);
}

/** What the contact did on purpose. A question asked twice leaves no trace but its id. */
function enterAct(ledger: Ledger, event: EngagementEvent, mark: Mark): void {
  if (event.kind === "question-asked" && isRepeated(ledger, event)) return;
  if (mark.evidence === "strong") {
    ledger.strong += 1;
    ledger.strongDates.add(mark.date);
  } else ledger.weak += 1;
  ledger.lastAct = mark;

  switch (event.kind) {
    case "resource-confirmed":
      ledger.confirmed.set(event.item, mark);
      return;
    case "check-answered":
      (event.right ? ledger.rightChecks : ledger.wrongChecks).set(event.item, mark);
      return;
    case "task-done":
      enterTaskDone(ledger, event.task, mark);
      return;
    case "areas-known":
      for (const area of event.areas) ledger.areasKnown.add(area);
      return;
    case "priorities-set":
      ledger.priorities = { items: event.items, mark };
      ledger.mostPriorities = Math.max(ledger.mostPriorities, new Set(event.items).size);
      return;
    case "goal-confirmed":
      ledger.goals.set(event.goal, { mark, edited: event.edited, dropped: event.dropped === true });
      return;
    case "objective-confirmed":
      if (event.met) ledger.objectivesNotMet.delete(event.objective);
      else ledger.objectivesNotMet.set(event.objective, mark);
      return;
    case "question-asked":
      enterQuestion(ledger, event, mark);
      return;
    case "no-question":
      ledger.noQuestion = mark;
      return;
    case "intent-stated":
      ledger.intent = { value: event.intent, why: event.why ?? null, mark };
      return;
    case "reply":
      ledger.reply = mark;
      return;
    case "meeting-requested":
    case "slot-chosen":
      ledger.slot = mark;
      ledger.meetingAsked = mark;
      return;
    case "colleague-introduced":
      ledger.introduction = mark;
      return;
    default:
      return;
  }
}

type Asked = Extract<EngagementEvent, { kind: "question-asked" }>;

function isRepeated(ledger: Ledger, event: Asked): boolean {
  return event.duplicateOf !== undefined || ledger.questionTexts.has(normalQuestion(event.text));
}

function enterQuestion(ledger: Ledger, event: Asked, mark: Mark): void {
  ledger.questionTexts.set(normalQuestion(event.text), event.question);
  ledger.questions.set(event.question, {
    id: event.question,
    text: event.text,
    kind: event.questionKind ?? null,
    high: event.severity === "high",
    asked: mark,
    answered: null,
  });
}

/** Evidence once given stays until the task is reopened; a later bare "done" does not lower it. */
function enterTaskDone(ledger: Ledger, task: string, mark: Mark): void {
  const before = ledger.tasks.get(task);
  const marks = [...(before?.marks ?? []), mark];
  const proved = mark.evidence === "strong" || before?.value === "evidence";
  ledger.tasks.set(task, { value: proved ? "evidence" : "self", waived: before?.waived ?? false, marks });
}

/** Everything that is no act of the contact: what we did, what the CSM did, what the mail system said. */
function enterFact(ledger: Ledger, event: EngagementEvent, mark: Mark): void {
  switch (event.kind) {
    case "enrolled":
    case "account-changed":
      restate(ledger.facts, event);
      return;
    case "mail-submitted":
      ledger.firstMail ??= mark;
      ledger.stepsMailed.add(event.stepKey);
      return;
    case "bounce":
      if (event.hard) ledger.hardBounce = mark;
      return;
    case "address-corrected":
      ledger.hardBounce = null;
      return;
    case "complaint":
      ledger.complaint = mark;
      return;
    case "unsubscribe":
      ledger.unsubscribed = mark;
      return;
    case "contact-departed":
      ledger.departed = mark;
      return;
    case "wrong-person":
      ledger.wrongPerson = mark;
      return;
    case "page-visit":
      if (event.evidence === "human_probable" && event.item !== undefined)
        ledger.visited.set(event.item, [...(ledger.visited.get(event.item) ?? []), mark]);
      return;
    case "task-verified":
    case "task-waived":
    case "task-reopened":
      enterTaskFact(ledger, event.kind, event.task, mark);
      return;
    case "question-answered": {
      const question = ledger.questions.get(event.question);
      if (question !== undefined) ledger.questions.set(question.id, { ...question, answered: mark });
      return;
    }
    case "meeting-held":
      ledger.meetingHeld = mark;
      return;
    default:
      return;
  }
}

function enterTaskFact(
  ledger: Ledger,
  kind: "task-verified" | "task-waived" | "task-reopened",
  task: string,
  mark: Mark,
): void {
  const before = ledger.tasks.get(task) ?? { value: "open", waived: false, marks: [] };
  if (kind === "task-verified")
    ledger.tasks.set(task, { ...before, value: "evidence", marks: [...before.marks, mark] });
  else if (kind === "task-waived") ledger.tasks.set(task, { ...before, waived: true });
  else ledger.tasks.set(task, { value: "open", waived: false, marks: [] });
}

function restate(
  facts: Facts,
  event: Extract<EngagementEvent, { kind: "enrolled" | "account-changed" }>,
): void {
  facts.renewalOn = event.renewalOn ?? facts.renewalOn;
  facts.sponsorEngaged = event.sponsorEngaged ?? facts.sponsorEngaged;
  facts.hasOtherRelationship = event.hasOtherRelationship ?? facts.hasOtherRelationship;
  if (event.kind === "account-changed") {
    facts.usageChangePercent = event.usageChangePercent ?? facts.usageChangePercent;
    return;
  }
  facts.tier = event.tier ?? facts.tier;
  facts.roleOutcome = event.roleOutcome ?? facts.roleOutcome;
  facts.workWeek = event.workWeek ?? facts.workWeek;
}
