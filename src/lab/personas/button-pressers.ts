import type { Random } from "../random.ts";
import type { MailSeen, Mind, Reaction, Traits } from "./persona.ts";
import { answerCheck, doTask, guesses, put, type Sitting, sitDown, think } from "./read-mail.ts";

const SECONDS = 1 / 60;

/** Presses whatever can be pressed, a few seconds apart, and writes nothing. */
export function buttonsOnly(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (!random.chance(traits.reads)) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random, 4 * SECONDS);
  press(sitting);
  if (random.chance(traits.statesIntent)) put(sitting, { kind: "intent-stated", intent: "keep" });
  return { mind: sitting.mind, acts: sitting.acts };
}

/** As above, and sociable: filler wherever words are asked for, a line of chat under many a mail. */
export function bluffBySeconds(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (!random.chance(traits.reads)) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random, 8 * SECONDS);
  think(sitting);
  press(sitting);
  for (const block of mail.blocks) {
    if (block.type === "priorities") fillPriorities(sitting, [{ text: "efficiency" }]);
    if (block.type === "intent" && random.chance(traits.statesIntent))
      put(sitting, { kind: "intent-stated", intent: "keep" });
  }
  if (random.chance(traits.replies)) put(sitting, { kind: "reply", text: "ok thanks, looks good" });
  if (random.chance(traits.tells))
    put(sitting, { kind: "question-asked", text: random.pick(["any news?", "is there a manual?"]) });
  return { mind: sitting.mind, acts: sitting.acts };
}

/** Answers every check by the dice and writes a line under every task. */
export function guessThrough(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (!random.chance(traits.reads)) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random, 1);
  think(sitting);
  for (const block of mail.blocks) {
    if (block.type === "check") answerCheck(sitting, block, guesses);
    if (block.type === "task") doTask(sitting, block);
    if (block.type === "intent") put(sitting, { kind: "intent-stated", intent: "undecided" });
    if (block.type === "priorities") fillPriorities(sitting, [{ text: "quality" }, { text: "speed" }]);
  }
  return { mind: sitting.mind, acts: sitting.acts };
}

function fillPriorities(sitting: Sitting, items: { text: string }[]): void {
  if (sitting.random.chance(sitting.traits.bluffs)) put(sitting, { kind: "priorities-set", items });
}

function press(sitting: Sitting): void {
  const { mail, random } = sitting;
  put(sitting, { kind: "open-page", item: null, seconds: random.between(2, 20) });
  for (const block of mail.blocks) {
    if (block.type === "resource" && block.knowledge)
      put(sitting, { kind: "resource-confirmed", resource: block.key });
    if (block.type === "objective")
      put(sitting, { kind: "objective-confirmed", objective: block.key, met: true });
    if (block.type === "task") doTask(sitting, block);
    if (block.type === "check" && random.chance(sitting.traits.answersChecks))
      answerCheck(sitting, block, guesses);
    if (block.type === "goals" && mail.goals.length > 0)
      put(sitting, {
        kind: "goals-reviewed",
        decisions: mail.goals.map((goal) => ({ goal, decision: "keep" as const })),
      });
  }
}
