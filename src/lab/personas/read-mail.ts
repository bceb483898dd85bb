import type { Block, BlockOf } from "../../domain/sequences/sequence.ts";
import type { Random } from "../random.ts";
import type { IntendedAct, MailSeen, Mind, PersonaAct, Reaction, Traits } from "./persona.ts";

/** One sitting with one mail: acts are put down in order, with the minutes between them. */
export interface Sitting {
  readonly mail: MailSeen;
  readonly traits: Traits;
  readonly random: Random;
  /** Minutes between two acts; a box-ticker needs seconds. */
  readonly pauseMinutes: number;
  mind: Mind;
  minutes: number;
  readonly acts: IntendedAct[];
}

const TOPICS = [
  "fewer manual reports",
  "faster first answers",
  "a clean contact list",
  "numbers my boss trusts",
  "one place for everything",
] as const;

export function sitDown(
  mail: MailSeen,
  mind: Mind,
  traits: Traits,
  random: Random,
  pauseMinutes = 4,
): Sitting {
  const minutes = Math.max(1, 60 * random.lognormal(traits.delayHours, 0.8));
  return { mail, traits, random, pauseMinutes, mind, minutes, acts: [] };
}

export function put(sitting: Sitting, act: PersonaAct): void {
  sitting.acts.push({ afterMinutes: sitting.minutes, act });
  sitting.minutes += sitting.pauseMinutes * (0.5 + sitting.random.next());
}

/** An ordinary reader, as good or as poor as their traits: reads, learns, and does what the mail asks. */
export function readMail(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  const personal = mail.personal === true;
  if (mind.gone || !random.chance(whenAsked(traits.reads, personal))) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random);
  const resource = mail.blocks.find((block) => block.type === "resource");
  put(sitting, { kind: "open-page", item: resource?.key ?? null, seconds: 15 + random.between(0, 300) });
  think(sitting);
  for (const block of mail.blocks) answer(sitting, block);
  // Every mail and every page has a line for questions, and the plan's page has the goals.
  if (!asksFor(mail, "question")) tellQuestion(sitting, false);
  if (resource?.page === "success-plan" && !asksFor(mail, "goals"))
    reviewGoals(sitting, traits.reviewsGoals / 2);
  for (const block of mail.stillOpen)
    if (random.chance(whenAsked(traits.catchesUp, personal))) catchUp(sitting, block);
  for (const block of mail.standing ?? []) if (random.chance(traits.looksAround)) answer(sitting, block);
  if (random.chance(traits.replies))
    put(sitting, { kind: "reply", text: "Thank you, that makes sense. One thing I will look at next week." });
  return { mind: sitting.mind, acts: sitting.acts };
}

/** Reading changes what they know; what they know lets priorities and questions form. */
export function think(sitting: Sitting): void {
  const { mail, traits, random, mind } = sitting;
  const teaches = mail.blocks.some((block) => block.type === "resource" || block.type === "competitor");
  const knowledge = teaches
    ? mind.knowledge + (1 - mind.knowledge) * traits.learns * (0.6 + 0.8 * random.next())
    : mind.knowledge;
  const priorities = random.chance(whenAsked(traits.formsPriority, asksFor(mail, "priorities")))
    ? withTopic(mind.priorities, random)
    : mind.priorities;
  const questions = random.chance(whenAsked(traits.formsQuestion, asksFor(mail, "question")))
    ? [...mind.questions, `How do we get ${random.pick(TOPICS)} in ${mail.stepKey}?`]
    : mind.questions;
  sitting.mind = { ...mind, knowledge: Math.min(1, knowledge), priorities, questions };
}

/** Being asked makes people think: as good as three occasions on which nobody asks. */
function whenAsked(chance: number, asked: boolean): number {
  return asked ? 1 - (1 - chance) ** 3 : chance;
}

function asksFor(mail: MailSeen, what: "priorities" | "question" | "goals"): boolean {
  return mail.blocks.some(
    (block) =>
      (block.type === "task" && block.form === what) ||
      (what === "priorities" && block.type === "priorities"),
  );
}

function withTopic(priorities: readonly string[], random: Random): readonly string[] {
  return priorities.length >= 3 ? priorities : [...new Set([...priorities, random.pick(TOPICS)])];
}

function answer(sitting: Sitting, block: Block): void {
  const { traits, random } = sitting;
  switch (block.type) {
    case "resource":
      if (block.knowledge && random.chance(traits.confirmsReading))
        put(sitting, { kind: "resource-confirmed", resource: block.key });
      return;
    case "check":
      if (random.chance(traits.answersChecks)) answerCheck(sitting, block, knows);
      return;
    case "task":
      if (random.chance(traits.doesTask)) doTask(sitting, block);
      return;
    case "priorities":
      tellPriorities(sitting, traits.tells);
      return;
    case "question":
      tellQuestion(sitting, true, /\bnone\b/i.test(block.prompt));
      return;
    case "intent":
      stateIntent(sitting, traits.statesIntent);
      return;
    case "goals":
      reviewGoals(sitting, traits.reviewsGoals);
      return;
    case "value":
      if (random.chance(traits.tells)) reviewValue(sitting);
      return;
    case "meeting":
      chooseTime(sitting);
      return;
    case "objective":
      if (random.chance(traits.confirmsReading / 2))
        put(sitting, { kind: "objective-confirmed", objective: block.key, met: true });
      return;
    case "endorse":
    case "agreement":
    case "competitor":
    case "text":
      return;
    default:
      block satisfies never;
  }
}

/** They came back for it: a task is done then, not weighed again. */
function catchUp(sitting: Sitting, block: Block): void {
  if (block.type === "task") doTask(sitting, block);
  else answer(sitting, block);
}

type Answering = (sitting: Sitting, choices: number) => boolean;

/** The more they know, the more often they are right; at nothing known, a little better than the dice. */
const knows: Answering = ({ mind, random }, choices) =>
  random.chance(Math.min(0.97, 1 / choices + (1 - 1 / choices) * 1.2 * mind.knowledge));

export const guesses: Answering = ({ random }, choices) => random.chance(1 / choices);

export function answerCheck(sitting: Sitting, block: BlockOf<"check">, isRight: Answering): void {
  const answers = block.items.map((item) => {
    const right = isRight(sitting, item.choices.length);
    const choice = item.choices.find((one) => one.right === right) ?? item.choices[0];
    return { item: item.key, choice: choice?.key ?? "" };
  });
  put(sitting, { kind: "check-answered", check: block.key, answers });
}

/** That they do it is decided; a form is not weighed a second time. */
export function doTask(sitting: Sitting, task: BlockOf<"task">): void {
  switch (task.form) {
    case "goals":
      reviewGoals(sitting, 1);
      return;
    case "priorities":
      if (sitting.mind.priorities.length > 0) sendPriorities(sitting);
      else tellPriorities(sitting, 1);
      return;
    case "intent":
      sayIntent(sitting);
      return;
    case "question":
      tellQuestion(sitting, true);
      return;
    case "value":
      reviewValue(sitting);
      return;
    case "meeting":
      chooseTime(sitting);
      return;
    case "profile":
      put(sitting, {
        kind: "profile-told",
        text: "I took this over last month, beside my other work.",
      });
      return;
    case "introduction":
      if (sitting.random.chance(sitting.traits.introduces))
        put(sitting, { kind: "colleague-introduced", who: "A colleague from the next team" });
      return;
    case "agreement":
    case undefined:
      put(sitting, { kind: "task-done", task: task.key, ...evidence(sitting, task) });
      return;
    default:
      task.form satisfies never;
  }
}

function evidence(
  { traits, random, mind }: Sitting,
  task: BlockOf<"task">,
): { text?: string; link?: string; choices?: string[] } {
  if (!random.chance(traits.givesEvidence)) return {};
  switch (task.evidence) {
    case "none":
      return {};
    case "text":
      return { text: "Done with the spring list; two entries were new to me." };
    case "link":
      return { link: "https://work.example/result/1" };
    case "choice": {
      const keys = (task.choices ?? []).map((choice) => choice.key);
      const known = task.multiple ? keys.filter(() => random.chance(mind.knowledge)) : [];
      return { choices: known.length > 0 ? known : keys.slice(-1) };
    }
    default:
      return task.evidence satisfies never;
  }
}

function tellPriorities(sitting: Sitting, willing: number): void {
  const { mind, traits, random } = sitting;
  const fresh = mind.priorities.length > mind.toldPriorities;
  const bluff = mind.priorities.length === 0 && random.chance(traits.bluffs);
  if (bluff) put(sitting, { kind: "priorities-set", items: [{ text: "efficiency" }] });
  if (!fresh || !random.chance(willing)) return;
  sendPriorities(sitting);
}

/** Also when they are known already: a task that asks is answered, if only with the same list. */
function sendPriorities(sitting: Sitting): void {
  const { mind } = sitting;
  put(sitting, { kind: "priorities-set", items: mind.priorities.map((text) => ({ text })) });
  sitting.mind = { ...mind, toldPriorities: mind.priorities.length };
}

/**
 * Where a task asks for a question or "none", an answer is expected: people without one say so, or
 * make one up. A line that invites questions gets neither from somebody who has none.
 */
function tellQuestion(sitting: Sitting, asked: boolean, isExpected = asked): void {
  const { mind, traits, random } = sitting;
  const next = mind.questions[mind.toldQuestions];
  // The line under every mail is easily passed over; a task that asks for it is not.
  if (next !== undefined && random.chance(asked ? traits.tells : traits.tells / 2)) {
    put(sitting, { kind: "question-asked", text: next, step: sitting.mail.stepKey });
    sitting.mind = { ...mind, toldQuestions: mind.toldQuestions + 1 };
  } else if (isExpected && random.chance(traits.bluffs))
    put(sitting, { kind: "question-asked", text: "Is there a manual?" });
  else if (isExpected && next === undefined && random.chance(traits.tells / 2))
    put(sitting, { kind: "no-question", because: "the people here answered what I wanted to know" });
}

function stateIntent(sitting: Sitting, willing: number): void {
  const { mind, random } = sitting;
  if (mind.toldIntent === mind.intent || !random.chance(willing)) return;
  sayIntent(sitting);
}

function sayIntent(sitting: Sitting): void {
  const { mind } = sitting;
  put(sitting, { kind: "intent-stated", intent: mind.intent });
  sitting.mind = { ...mind, toldIntent: mind.intent };
}

function reviewGoals(sitting: Sitting, willing: number): void {
  const { mail, mind, random } = sitting;
  if (mail.goals.length === 0 || !random.chance(willing)) return;
  const changes = random.chance(mind.knowledge);
  put(sitting, {
    kind: "goals-reviewed",
    decisions: mail.goals.map((goal, index) =>
      changes && index === 0
        ? { goal, decision: "change" as const, statement: "The same, by the end of the quarter" }
        : { goal, decision: "keep" as const },
    ),
  });
}

function reviewValue(sitting: Sitting): void {
  const [value] = sitting.mail.values;
  if (value !== undefined) put(sitting, { kind: "value-reviewed", value, decision: "confirm" });
}

function chooseTime(sitting: Sitting): void {
  if (sitting.random.chance(sitting.traits.choosesTime)) put(sitting, { kind: "meeting-requested" });
}
