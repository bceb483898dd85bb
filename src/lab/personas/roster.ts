import type { TrackName } from "../../domain/readiness/track.ts";
import type { Intent } from "../../domain/sequences/sequence.ts";
import type { Random } from "../random.ts";
import { bluffBySeconds, buttonsOnly, guessThrough } from "./button-pressers.ts";
import { type MailSeen, type Mind, type Persona, type Reaction, shifted, type Traits } from "./persona.ts";
import { readMail } from "./read-mail.ts";
import {
  decline,
  goAway,
  handOver,
  leaveHalfway,
  objectFirst,
  replyOnly,
  skimLinks,
  winOver,
} from "./special-cases.ts";

const DILIGENT: Traits = {
  reads: 0.95,
  delayHours: 8,
  learns: 0.28,
  formsPriority: 0.4,
  formsQuestion: 0.4,
  confirmsReading: 0.7,
  answersChecks: 0.9,
  doesTask: 0.92,
  givesEvidence: 0.88,
  tells: 0.9,
  reviewsGoals: 0.85,
  statesIntent: 0.9,
  replies: 0.2,
  introduces: 0.6,
  choosesTime: 0.7,
  catchesUp: 0.5,
  looksAround: 0.15,
  bluffs: 0.05,
};
const EAGER: Traits = {
  ...DILIGENT,
  reads: 0.98,
  delayHours: 2,
  learns: 0.33,
  doesTask: 0.96,
  replies: 0.4,
  choosesTime: 0.85,
};
const SLOW: Traits = {
  ...DILIGENT,
  reads: 0.9,
  delayHours: 40,
  doesTask: 0.85,
  answersChecks: 0.8,
  replies: 0.12,
};
const LIGHT: Traits = {
  ...DILIGENT,
  reads: 0.75,
  learns: 0.22,
  confirmsReading: 0.6,
  answersChecks: 0.7,
  doesTask: 0.75,
  givesEvidence: 0.7,
  tells: 0.8,
  reviewsGoals: 0.7,
  statesIntent: 0.8,
  replies: 0.1,
  choosesTime: 0.5,
  catchesUp: 0.35,
  looksAround: 0.08,
};
const BUSY: Traits = {
  ...LIGHT,
  reads: 0.4,
  answersChecks: 0.2,
  doesTask: 0.3,
  replies: 0.3,
  choosesTime: 0.3,
  delayHours: 30,
};
const INDIFFERENT: Traits = { ...LIGHT, learns: 0.03, formsPriority: 0.03, formsQuestion: 0.03, bluffs: 0.3 };
const BOX_TICKER: Traits = { ...INDIFFERENT, answersChecks: 0.5, givesEvidence: 0.1, statesIntent: 0.3 };
const GUESSER: Traits = { ...INDIFFERENT, reads: 0.9, givesEvidence: 0.6 };
/** Pressing buttons is a manner; some who have it know the product well. */
const CHATTY: Traits = {
  ...BOX_TICKER,
  learns: 0.06,
  formsPriority: 0.08,
  formsQuestion: 0.08,
  givesEvidence: 0.3,
  replies: 0.4,
  tells: 0.25,
  statesIntent: 0.4,
};

const START_KNOWLEDGE: Readonly<Record<TrackName, readonly [number, number]>> = {
  internal: [0.3, 0.6],
  external_new_function: [0, 0.2],
  ex_competitor: [0.25, 0.5],
};

type Intents = readonly (readonly [Intent, number])[];
const CONTENT: Intents = [
  ["keep", 0.72],
  ["expand", 0.1],
  ["undecided", 0.14],
  ["review_alternatives", 0.03],
  ["replace", 0.01],
];
const LOYAL_ELSEWHERE: Intents = [
  ["keep", 0.5],
  ["expand", 0.05],
  ["undecided", 0.3],
  ["review_alternatives", 0.1],
  ["replace", 0.05],
];

function startMind(track: TrackName, random: Random, interested = true): Mind {
  const [low, high] = START_KNOWLEDGE[track];
  return {
    knowledge: interested ? low + (high - low) * random.next() : low * random.next(),
    priorities: [],
    questions: [],
    intent: drawIntent(track === "ex_competitor" ? LOYAL_ELSEWHERE : CONTENT, random),
    toldQuestions: 0,
    toldPriorities: 0,
    toldIntent: null,
    gone: false,
  };
}

function drawIntent(intents: Intents, random: Random): Intent {
  let left = random.next();
  for (const [intent, share] of intents) {
    left -= share;
    if (left < 0) return intent;
  }
  return "keep";
}

type React = (mail: MailSeen, mind: Mind, traits: Traits, random: Random) => Reaction;

interface Description {
  readonly name: string;
  readonly description: string;
  readonly traits: Traits;
  readonly react?: React;
  readonly facts?: Partial<Omit<Persona, "name" | "description" | "react">>;
}

const nothing: React = (_mail, mind) => ({ mind, acts: [] });
const uninterested: Persona["start"] = (track, random) => startMind(track, random, false);
const hostileStart: Persona["start"] = (track, random) => ({
  ...startMind(track, random),
  intent: random.chance(0.6) ? "replace" : "review_alternatives",
});

/** The readers of domain.md D10. Written from what such people do, not from what the score rewards. */
const DESCRIPTIONS: readonly Description[] = [
  { name: "diligent", description: "does what each mail asks", traits: DILIGENT, facts: { ordinary: true } },
  { name: "eager", description: "is quick and does more", traits: EAGER, facts: { ordinary: true } },
  { name: "slow", description: "answers after a day or three", traits: SLOW, facts: { ordinary: true } },
  { name: "light", description: "leaves things out, but means it", traits: LIGHT, facts: { ordinary: true } },
  {
    name: "link-skimmer",
    description: "follows links, glances, answers nothing",
    traits: { ...LIGHT, reads: 0.9, delayHours: 3 },
    react: skimLinks,
    facts: { machineOnly: true, start: uninterested },
  },
  {
    name: "apple-prefetch-only",
    description: "never reads; the mail program opens everything",
    traits: LIGHT,
    react: nothing,
    facts: { machineOnly: true, mailSoftware: "prefetch", start: uninterested },
  },
  {
    name: "scanner-only",
    description: "never reads; a gateway fetches every link",
    traits: LIGHT,
    react: nothing,
    facts: { machineOnly: true, mailSoftware: "gateway", start: uninterested },
  },
  {
    name: "box-ticker",
    description: "presses every button within seconds",
    traits: BOX_TICKER,
    react: buttonsOnly,
    facts: { start: uninterested },
  },
  {
    name: "chatty-box-ticker",
    description: "presses buttons and writes filler",
    traits: CHATTY,
    react: bluffBySeconds,
  },
  { name: "drop-out", description: "starts well and stops", traits: DILIGENT, react: leaveHalfway },
  { name: "reply-only", description: "answers mails, never opens the page", traits: LIGHT, react: replyOnly },
  { name: "busy-executive", description: "does little and asks to meet", traits: BUSY },
  {
    name: "out-of-office",
    description: "is away for a week or two in the middle",
    traits: DILIGENT,
    react: goAway,
    facts: { ordinary: true },
  },
  {
    name: "hostile",
    description: "wants another product",
    traits: { ...DILIGENT, reads: 0.8, replies: 0.1 },
    react: objectFirst,
    facts: { start: hostileStart },
  },
  {
    name: "guesser",
    description: "answers everything by chance",
    traits: GUESSER,
    react: guessThrough,
    facts: { start: uninterested },
  },
  { name: "delegator", description: "hands the work to a colleague", traits: DILIGENT, react: handOver },
  {
    name: "forwarder",
    description: "sends the mails on; others follow the links",
    traits: { ...LIGHT, reads: 0.5, doesTask: 0.2, answersChecks: 0.1 },
  },
  { name: "wrong-person", description: "says so at once", traits: LIGHT, react: decline },
  {
    name: "time-zone-shifter",
    description: "travels; acts at night and on Sundays",
    traits: { ...DILIGENT, delayHours: 16 },
    facts: { ordinary: true },
  },
  {
    name: "duplicate-events",
    description: "every fact arrives twice",
    traits: DILIGENT,
    facts: { ordinary: true, wire: "duplicates" },
  },
  {
    name: "late-events",
    description: "facts arrive up to two days late",
    traits: DILIGENT,
    facts: { ordinary: true, wire: "late" },
  },
  {
    name: "won-over",
    description: "hostile until the honest answers arrive",
    traits: DILIGENT,
    react: winOver,
    facts: { start: hostileStart },
  },
];

/** All personas; `factor` shifts what they are like (1: as written; see `shifted`). */
export function personas(factor = 1): Persona[] {
  return DESCRIPTIONS.map(({ name, description, traits, react = readMail, facts }) => {
    const own = factor === 1 ? traits : shifted(traits, factor);
    return {
      ordinary: false,
      machineOnly: false,
      wire: "clean",
      mailSoftware: "by-chance",
      start: startMind,
      ...facts,
      name,
      description,
      react: (mail, mind, random) => react(mail, mind, own, random),
    };
  });
}

export function personaNamed(name: string): Persona {
  const found = personas().find((persona) => persona.name === name);
  if (found !== undefined) return found;
  const known = DESCRIPTIONS.map((persona) => persona.name).join(", ");
  throw new Error(`No persona is called "${name}"; there are ${known}.`);
}
