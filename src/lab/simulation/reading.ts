import { instantOf } from "../../domain/calendar/window.ts";
import { addBusinessDays } from "../../domain/calendar/working-days.ts";
import { localDateOf } from "../../domain/calendar/zones.ts";
import type { Block } from "../../domain/sequences/sequence.ts";
import { machineSignals } from "../personas/mail-software.ts";
import type { MailSeen, PersonaAct } from "../personas/persona.ts";
import { eventsOfAct } from "./act-events.ts";
import { arrive, CALENDAR, DAY, fact, MINUTE, START, type World, ZONE } from "./world.ts";

/** A reply holds the program for two business days, so that a person can answer (product.md 7). */
const REPLY_PAUSE_DAYS = 2;

/** The mail arrives: software looks at it, then perhaps the person does. */
export function deliver(world: World, stepKey: string, variant: "a" | "b", time: number): void {
  const { program, chance, software } = world;
  const step = program.sequence.steps.find((one) => one.key === stepKey);
  if (step === undefined) throw new Error(`nextMove sent the unknown step "${stepKey}"`);
  const at = new Date(time).toISOString();
  const submitted = fact({ kind: "mail-submitted", id: `mail.${stepKey}`, at, stepKey, variant });
  world.log.push(submitted);
  world.heard.push(submitted);
  if ((step.audience ?? "contact") !== "contact") return;
  const blocks = variant === "b" && step.variantB !== undefined ? step.variantB.blocks : step.blocks;
  const mail = mailSeen(world, { stepKey, variant, blocks, time, personal: false });
  world.mails += 1;
  world.shown.push(...blocks);
  for (const { kind, afterMinutes, position, rule } of machineSignals(mail, software, chance.software)) {
    const when = time + afterMinutes * MINUTE;
    const base = {
      id: `${kind}.${stepKey}.${position}`,
      at: new Date(when).toISOString(),
      rules: [rule],
    };
    arrive(world, when, fact(kind === "open" ? { kind, ...base } : { kind, ...base, position }));
  }
  read(world, mail, time);
}

/** A line from the CSM about what is still missing; their case room shows them which gates are open. */
export function deliverNote(world: World, key: string, time: number): void {
  read(world, mailSeen(world, { stepKey: key, variant: "a", blocks: [], time, personal: true }), time);
}

type Sent = Pick<MailSeen, "stepKey" | "variant" | "blocks"> & { time: number; personal: boolean };

function mailSeen(world: World, { time, ...sent }: Sent): MailSeen {
  const asked = world.shown.filter((block) => isOpen(block, world.answered));
  const types = new Set([...asked, ...sent.blocks].map((block) => block.type));
  const standing = STANDING.filter((block) => isOpen(block, world.answered) && !types.has(block.type));
  return {
    ...sent,
    day: Math.floor((time - START) / DAY),
    before: world.mails,
    stillOpen: sent.personal ? [...asked, ...standing] : asked,
    standing: sent.personal ? [] : standing,
    goals: ["goal-1", "goal-2"],
    values: ["value-1"],
  };
}

/** Forms that stand on the contact's page from the first day, whether a mail asked for them or not. */
const STANDING: readonly Block[] = [
  { type: "priorities", prompt: "What would you put first?", options: [] },
  { type: "intent", prompt: "Where do you stand?" },
];

function isOpen(block: Block, answered: ReadonlySet<string>): boolean {
  switch (block.type) {
    case "task":
      return !answered.has(`task.${block.key}`);
    case "check":
      return !block.items.some((item) => answered.has(`item.${item.key}`));
    case "priorities":
      return !answered.has("priorities-set");
    case "intent":
      return !answered.has("intent-stated");
    default:
      return false;
  }
}

/** Mails are read in the order in which they came: one that is opened sooner than the one before waits for it. */
function read(world: World, mail: MailSeen, time: number): void {
  const before = world.minds[world.minds.length - 1];
  if (before === undefined) return;
  const reaction = world.persona.react(mail, before.mind, world.chance.person);
  const first = reaction.acts.find(({ act }) => act.kind !== "auto-reply");
  const opened = time + (first?.afterMinutes ?? 0) * MINUTE;
  const from = Math.max(before.from, opened);
  world.minds.push({ from, mind: reaction.mind });
  for (const [index, { afterMinutes, act }] of reaction.acts.entries()) {
    const held = act.kind === "auto-reply" ? 0 : from - opened;
    takeAct(world, act, time + afterMinutes * MINUTE + held, `${mail.stepKey}.${mail.variant}.${index}`);
  }
}

function takeAct(world: World, act: PersonaAct, when: number, id: string): void {
  const at = new Date(when).toISOString();
  for (const event of eventsOfAct(act, world.program.sequence, world.answered, at, id)) {
    arrive(world, when, event);
    if (event.kind === "task-done") world.answered.add(`task.${event.task}`);
    if (event.kind === "task-done" && event.evidence === "strong") world.answered.add(`proof.${event.task}`);
    if (event.kind === "check-answered") world.answered.add(`item.${event.item}`);
    world.answered.add(event.kind);
    if (event.kind === "question-asked") answerLater(world, event.question, when);
  }
  if (act.kind === "auto-reply") pause(world, when, when + act.awayDays * DAY, "away");
  if (act.kind === "reply") pause(world, when, replyPauseEnd(when), "reply");
}

/** Most questions and objections get the CSM's answer within three days, as their tasks ask of them. */
function answerLater(world: World, question: string, asked: number): void {
  const { csm } = world.chance;
  if (!csm.chance(0.9)) return;
  const when = asked + (0.5 + 2.5 * csm.next()) * DAY;
  const at = new Date(when).toISOString();
  arrive(world, when, fact({ kind: "question-answered", id: `answer.${question}`, at, question }));
}

function replyPauseEnd(from: number): number {
  const day = addBusinessDays(localDateOf(new Date(from), ZONE), REPLY_PAUSE_DAYS, CALENDAR);
  return instantOf(day, CALENDAR.window.start, ZONE).getTime();
}

function pause(world: World, from: number, until: number, reason: string): void {
  if (from < world.pausedUntil) return;
  world.pausedUntil = until;
  const [start, end] = [from, until].map((time) => new Date(time).toISOString()) as [string, string];
  arrive(world, from, fact({ kind: "paused", id: `paused.${from}`, at: start, reason }));
  arrive(world, until, fact({ kind: "resumed", id: `resumed.${from}`, at: end }));
}
