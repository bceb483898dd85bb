import { canonicalLog } from "../engagement/classify-evidence.ts";
import type { EngagementEvent } from "../engagement/events.ts";
import { normalQuestion } from "../engagement/normal-question.ts";
import { activeTime } from "./active-time.ts";
import { openMustTasks } from "./gates.ts";
import type { Ledger, QuestionState } from "./ledger.ts";
import type { Agenda, AgendaItem } from "./readiness.ts";
import { replayLog } from "./replay.ts";
import type { ReadinessTrack } from "./track.ts";
import { counted } from "./words.ts";

export const MEETING_MINUTES = 30;

/** What the account's own records say, beside the contact's log. Texts are customer-visible. */
export interface AgendaContext {
  readonly goals: readonly { readonly key: string; readonly text: string }[];
  readonly objectives: readonly { readonly key: string; readonly text: string }[];
  /** The sponsor's ranked priorities; the first is first. */
  readonly sponsorPriorities: readonly string[];
  /** A value number that nobody at the account has confirmed yet. */
  readonly valueToConfirm: string | null;
}

/**
 * What a meeting should be about (domain.md D8), in its order and within thirty minutes; the rest
 * goes by mail. Never a demo and never a tour (S0-32): who asks for one is handed to sales or sent a
 * recording. Throws when the log has no `enrolled` event by `at`.
 */
export function suggestAgenda(
  track: ReadinessTrack,
  events: readonly EngagementEvent[],
  at: Date | string,
  context: AgendaContext,
): Agenda {
  const until = new Date(at).getTime();
  const log = canonicalLog(events).filter((event) => Date.parse(event.at) <= until);
  const { ledger } = replayLog(track, log, activeTime(log, until), until);
  const questions = [...ledger.questions.values()].filter((question) => question.answered === null);
  const talk = questions.filter((question) => !asksToBeShown(question.text));
  const own = [
    ...mismatch(ledger, context),
    ...objections(talk.filter((question) => question.high)),
    ...topics(talk.filter((question) => !question.high)),
    ...unfinished(track, ledger, context),
  ];
  const shown = questions.filter((question) => asksToBeShown(question.text)).map(sendRecording);
  if (own.length === 0) {
    const ask = ledger.priorities === null ? "one priority" : "one open question";
    return { items: [], byMail: shown, emptyReason: `no agenda yet - ask for ${ask}` };
  }
  const close: AgendaItem = {
    kind: "next",
    text: "Next date, and who does what until then",
    why: "so that what is decided has an owner",
    minutes: 2,
    lead: "csm",
    eventIds: [],
  };
  const { items, overflow } = withinMinutes(
    [...goals(ledger, context), ...own, ...value(context)],
    MEETING_MINUTES - close.minutes,
  );
  return { items: [...items, close], byMail: [...overflow, ...shown], emptyReason: null };
}

/** Order is importance: what no longer fits goes by mail, what comes later and is short may still fit. */
function withinMinutes(
  wanted: readonly AgendaItem[],
  minutes: number,
): { items: AgendaItem[]; overflow: AgendaItem[] } {
  const items: AgendaItem[] = [];
  const overflow: AgendaItem[] = [];
  let left = minutes;
  for (const item of wanted) {
    if (item.minutes <= left) {
      items.push(item);
      left -= item.minutes;
    } else overflow.push(item);
  }
  return { items, overflow };
}

function goals(ledger: Ledger, context: AgendaContext): AgendaItem[] {
  const kept = [...ledger.goals.entries()].filter(([, goal]) => !goal.dropped);
  if (kept.length === 0) return [];
  const texts = kept.map(([key]) => context.goals.find((goal) => goal.key === key)?.text ?? key);
  const edited = kept.filter(([, goal]) => goal.edited).length;
  return [
    {
      kind: "goals",
      text: `Your goals: ${texts.join("; ")}`,
      why: edited > 0 ? `they changed ${counted(edited, "goal")}` : "they kept the goals as they are",
      minutes: 5,
      lead: "contact",
      eventIds: kept.map(([, goal]) => goal.mark.id),
    },
  ];
}

/** S0-17: the contact puts one thing first and the sponsor another. */
function mismatch(ledger: Ledger, { sponsorPriorities }: AgendaContext): AgendaItem[] {
  const [theirs] = ledger.priorities?.items ?? [];
  const [sponsors] = sponsorPriorities;
  if (ledger.priorities === null || theirs === undefined || sponsors === undefined) return [];
  if (normalQuestion(theirs) === normalQuestion(sponsors)) return [];
  return [
    {
      kind: "mismatch",
      text: `What comes first: "${theirs}" or "${sponsors}"`,
      why: "the contact and the sponsor each put another priority first",
      minutes: 5,
      lead: "sponsor",
      eventIds: [ledger.priorities.mark.id],
    },
  ];
}

function objections(open: readonly QuestionState[]): AgendaItem[] {
  return oldestFirst(open).map((objection) => ({
    kind: "objection",
    text: objection.text,
    why: "a strong objection that nobody has answered",
    minutes: 5,
    lead: "csm",
    eventIds: [objection.asked.id],
  }));
}

/** Questions of one topic are one item; a topic is as old as its oldest question. */
function topics(open: readonly QuestionState[]): AgendaItem[] {
  const byTopic = new Map<string, QuestionState[]>();
  for (const question of oldestFirst(open)) {
    const topic = question.kind ?? question.id;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), question]);
  }
  return [...byTopic.values()].map((questions) => ({
    kind: "question",
    text: questions.map((question) => question.text).join(" / "),
    why:
      questions.length === 1
        ? "they asked this and it is open"
        : `${questions.length} open questions on one topic`,
    minutes: Math.min(10, 3 + 2 * (questions.length - 1)),
    lead: "csm",
    eventIds: questions.map((question) => question.asked.id),
  }));
}

function oldestFirst(questions: readonly QuestionState[]): QuestionState[] {
  return [...questions].sort(
    (a, b) => Date.parse(a.asked.at) - Date.parse(b.asked.at) || (a.id < b.id ? -1 : 1),
  );
}

/** As decisions, not lessons: whether it shall be done, by whom, or not at all. */
function unfinished(track: ReadinessTrack, ledger: Ledger, context: AgendaContext): AgendaItem[] {
  const objectives = [...ledger.objectivesNotMet.entries()].map(([key, mark]) => ({
    text: context.objectives.find((objective) => objective.key === key)?.text ?? key,
    eventIds: [mark.id],
  }));
  // A task they never got is not unfinished.
  const tasks = openMustTasks({ track, ledger })
    .filter((task) => ledger.stepsMailed.has(task.stepKey))
    .map((task) => ({ text: task.title, eventIds: [] }));
  const open = [...objectives, ...tasks].filter((one) => !asksToBeShown(one.text));
  if (open.length === 0) return [];
  return [
    {
      kind: "task",
      text: `Decide what happens with: ${open.map((one) => one.text).join("; ")}`,
      why: `${counted(open.length, "point")} of the program not reached`,
      minutes: 5,
      lead: "contact",
      eventIds: open.flatMap((one) => one.eventIds),
    },
  ];
}

function value({ valueToConfirm }: AgendaContext): AgendaItem[] {
  if (valueToConfirm === null) return [];
  const why = "nobody at the account has confirmed this number yet";
  return [
    { kind: "value", text: `Confirm: ${valueToConfirm}`, why, minutes: 3, lead: "contact", eventIds: [] },
  ];
}

function asksToBeShown(text: string): boolean {
  return /\b(demo(s|nstrat\w*)?|tours?|walk ?-?through)\b/i.test(text);
}

function sendRecording(question: QuestionState): AgendaItem {
  return {
    kind: "question",
    text: "Send a recording, or pass the request to sales",
    why: "they would like to be shown something",
    minutes: 0,
    lead: "csm",
    eventIds: [question.asked.id],
  };
}
