import type { Evaluation } from "./evaluate.ts";
import { FRESH_DAYS, READY_SCORE } from "./gates.ts";
import type { Ledger, Mark } from "./ledger.ts";
import { nearestWay, type Way } from "./nearest-way.ts";
import type { Explanation, GateResult, Phrase, Readiness, Verdict } from "./readiness.ts";
import type { Judged } from "./verdict.ts";
import { counted, listed } from "./words.ts";

export interface Assessed {
  readonly judged: Judged;
  readonly evaluation: Evaluation;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly confidence: Readiness["confidence"];
  readonly expected: number;
  readonly paused: boolean;
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  unreachable: "Unreachable",
  at_risk: "At risk",
  ready: "Ready",
  not_started: "Not started",
  stalled: "Stalled",
  on_track: "On track",
  warming: "Warming",
};
const EVIDENCE_WORDS = { high: "solid evidence", medium: "fair evidence", low: "thin evidence" } as const;

/** The text a CSM reads (domain.md D7): numbers first, no praise, no hidden factor, one next action. */
export function explain(assessed: Assessed): Explanation {
  const { judged, verdict, reason, confidence, expected, paused } = assessed;
  const headline = `${VERDICT_WORDS[verdict]}${paused ? ", paused" : ""} (${Math.round(judged.score)}/100, ${EVIDENCE_WORDS[confidence]}).`;
  const done = whatWasDone(judged);
  const failing = assessed.evaluation.gates.filter((gate) => !gate.passed);
  const way = nearestWay(judged, failing, Math.max(0, READY_SCORE - judged.score));
  const missing = whatIsMissing(judged, failing, way);
  const notCounted = whatWasIgnored(judged.ledger);
  const lastAct = lastOwnAct(judged);
  const expectedText =
    verdict === "unreachable" || paused ? null : `Expected by today: ${Math.round(expected)}.`;
  const nextAction = nextActionFor(assessed, way);
  const told =
    done.length === 0 ? "Nothing done yet." : `They have ${listed(done.map((phrase) => phrase.text))}.`;
  const why = verdict === "ready" && !judged.held ? null : `Why: ${reason}.`;
  const text = [
    headline,
    told,
    why,
    missing.length === 0 ? null : `Missing for ready: ${missing.map((phrase) => phrase.text).join("; ")}.`,
    notCounted === null ? "Not counted: nothing." : `Not counted: ${notCounted.text}.`,
    lastAct === null ? "Last own act: none." : `Last own act: ${lastAct.text}.`,
    expectedText,
    `Next: ${nextAction}`,
  ];
  return {
    headline,
    done,
    missing,
    notCounted,
    lastAct,
    expected: expectedText,
    nextAction,
    text: text.filter((part) => part !== null).join(" "),
  };
}

function phrase(text: string, marks: Iterable<Mark>): Phrase {
  return { text, eventIds: [...new Set([...marks].map((mark) => mark.id))] };
}

function whatWasDone({ track, ledger }: Judged): Phrase[] {
  const phrases: Phrase[] = [];
  const counting = track.tasks.filter((task) => task.weight > 0);
  const states = counting.flatMap((task) => {
    const state = ledger.tasks.get(task.key);
    return state === undefined || state.value === "open" ? [] : [state];
  });
  const proved = states.filter((state) => state.value === "evidence").length;
  if (states.length > 0)
    phrases.push(
      phrase(
        `done ${states.length} of ${counted(counting.length, "task")} (${proved} with evidence)`,
        states.flatMap((state) => state.marks),
      ),
    );
  const answered = new Set([...ledger.rightChecks.keys(), ...ledger.wrongChecks.keys()]).size;
  if (answered > 0)
    phrases.push(
      phrase(`got ${ledger.rightChecks.size} of ${counted(answered, "check")} right`, [
        ...ledger.rightChecks.values(),
        ...ledger.wrongChecks.values(),
      ]),
    );
  if (ledger.confirmed.size > 0)
    phrases.push(phrase(`read ${counted(ledger.confirmed.size, "resource")}`, ledger.confirmed.values()));
  if (ledger.priorities !== null)
    phrases.push(
      phrase(`ranked ${counted(ledger.priorities.items.length, "priority", "priorities")}`, [
        ledger.priorities.mark,
      ]),
    );
  if (ledger.questions.size > 0)
    phrases.push(
      phrase(
        `asked ${counted(ledger.questions.size, "question")}`,
        [...ledger.questions.values()].map((question) => question.asked),
      ),
    );
  else if (ledger.noQuestion !== null)
    phrases.push(phrase("said why no question is open", [ledger.noQuestion]));
  return [...phrases, ...goalPhrases(ledger), ...talkPhrases(ledger)];
}

function goalPhrases(ledger: Ledger): Phrase[] {
  const goals = [...ledger.goals.values()];
  const edited = goals.filter((goal) => goal.edited || goal.dropped);
  const kept = goals.filter((goal) => !goal.edited && !goal.dropped);
  const phrases: Phrase[] = [];
  if (edited.length > 0)
    phrases.push(
      phrase(
        `edited ${counted(edited.length, "goal")}`,
        edited.map((goal) => goal.mark),
      ),
    );
  if (kept.length > 0)
    phrases.push(
      phrase(
        `kept ${counted(kept.length, "goal")}`,
        kept.map((goal) => goal.mark),
      ),
    );
  return phrases;
}

function talkPhrases({ intent, reply, slot, introduction }: Ledger): Phrase[] {
  const phrases: Phrase[] = [];
  if (intent !== null)
    phrases.push(phrase(`stated intent ${intent.value.replaceAll("_", " ")}`, [intent.mark]));
  if (reply !== null) phrases.push(phrase("replied", [reply]));
  if (slot !== null) phrases.push(phrase("asked to meet", [slot]));
  if (introduction !== null) phrases.push(phrase("introduced a colleague", [introduction]));
  return phrases;
}

function whatIsMissing({ score }: Judged, failing: readonly GateResult[], way: Way | null): Phrase[] {
  const nearest = way === null ? "" : ` - the nearest way is ${way.text}${gainOf(way)}`;
  return failing.map((gate, index) => {
    const gap = `${(Math.round((READY_SCORE - score) * 10) / 10 || 0.1).toFixed(1)} points`;
    const text = gate.id === "G1" ? gap : gate.text;
    return { text: index === 0 ? text + nearest : text, eventIds: gate.eventIds };
  });
}

function gainOf(way: Way): string {
  return way.gain > 0 ? ` (+${Math.round(way.gain * 10) / 10})` : "";
}

function whatWasIgnored({ machine, bursts }: Ledger): Phrase | null {
  const { opens, clicks, other } = machine;
  const kinds = [
    opens.length > 0 ? counted(opens.length, "open") : "",
    clicks.length > 0 ? counted(clicks.length, "click") : "",
    other.length > 0 ? counted(other.length, "other signal") : "",
  ].filter((part) => part !== "");
  const total = opens.length + clicks.length + other.length;
  const looks = total === 1 ? "looks" : "look";
  const texts = [
    ...(total > 0 ? [`${listed(kinds)} ${looks} machine-made`] : []),
    ...(bursts.length > 0
      ? [`${counted(bursts.length, "button")} pressed within the same minute as another`]
      : []),
  ];
  if (texts.length === 0) return null;
  return { text: texts.join("; "), eventIds: [...opens, ...clicks, ...other, ...bursts] };
}

/** Calendar days, as a reader counts them; the gates use active days. */
function lastOwnAct({ ledger, date }: Judged): Phrase | null {
  if (ledger.lastAct === null) return null;
  const ago = date - ledger.lastAct.date;
  const when = ago <= 0 ? "today" : ago === 1 ? "yesterday" : `${ago} days ago`;
  return phrase(when, [ledger.lastAct]);
}

/** Always exactly one. Somebody who asked to meet is met, whatever the score says (domain.md D1). */
function nextActionFor(assessed: Assessed, way: Way | null): string {
  const { judged, verdict, reason, paused } = assessed;
  const { ledger, day } = judged;
  if (verdict === "unreachable") return "find another way in through the sponsor or a colleague.";
  if (ledger.meetingAsked !== null && isAfter(ledger.meetingAsked, ledger.meetingHeld))
    return "they asked to meet: confirm a time within 1 business day.";
  switch (verdict) {
    case "at_risk":
      return `call them yourself: ${reason}.`;
    case "ready": {
      if (ledger.meetingHeld !== null) return "you have met: do what was agreed, and name the next date.";
      const left = Math.max(0, FRESH_DAYS - (day - (ledger.lastAct?.day ?? day)));
      return `propose the meeting; what they did stays fresh for ${counted(left, "more day", "more days")}.`;
    }
    case "not_started":
      return paused
        ? "wait until they are back."
        : "leave it to the next mail, and ask the sponsor if it stays silent.";
    case "stalled":
      return paused
        ? "wait until they are back."
        : `write one personal line asking for ${way?.text ?? "any answer"}.`;
    case "on_track":
    case "warming":
      if (paused) return "wait until they are back.";
      return `ask for ${way?.text ?? "one priority"} when you next write.`;
    default:
      return verdict satisfies never;
  }
}

function isAfter(mark: Mark, other: Mark | null): boolean {
  return other === null || Date.parse(mark.at) > Date.parse(other.at);
}
