import { z } from "zod";
import { INTENTS } from "../sequences/sequence.ts";

/**
 * What a person can do deliberately: one form of the contact's or the sponsor's page, one call of
 * the API (domain.md F, S0-41, S0-42). An act becomes one or more lines of the event log and the
 * rows that show its present state. Nothing else on the page changes anything.
 */
const words = z.string().trim().min(1).max(4000);
const short = z.string().trim().min(1).max(300);
const key = z.string().trim().min(1).max(120);
const day = z.iso.date();

export const GOAL_DECISIONS = ["keep", "change", "drop"] as const;

export const Act = z.discriminatedUnion("kind", [
  /** "Done", with what shows it. Without text, link or choice it is a button without content: weak evidence. */
  z.strictObject({
    kind: z.literal("task-done"),
    task: key,
    text: words.optional(),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** Keys of the task's choices. */
    choices: z.array(key).max(50).optional(),
  }),
  z.strictObject({
    kind: z.literal("check-answered"),
    check: key,
    answers: z
      .array(z.strictObject({ item: key, choice: key }))
      .min(1)
      .max(3),
  }),
  z.strictObject({ kind: z.literal("resource-confirmed"), resource: key }),
  z.strictObject({ kind: z.literal("question-asked"), text: words, step: key.optional() }),
  z.strictObject({ kind: z.literal("no-question"), because: words }),
  /** Ranked: the first is first. */
  z.strictObject({
    kind: z.literal("priorities-set"),
    items: z
      .array(z.strictObject({ text: short, why: words.optional() }))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    kind: z.literal("goals-reviewed"),
    decisions: z
      .array(
        z.strictObject({
          goal: key,
          decision: z.enum(GOAL_DECISIONS),
          /** The new words, with `change`. */
          statement: words.optional(),
          byDate: day.optional(),
          why: words.optional(),
        }),
      )
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal("value-reviewed"),
    value: key,
    decision: z.enum(["confirm", "correct"]),
    correction: words.optional(),
  }),
  z.strictObject({ kind: z.literal("intent-stated"), intent: z.enum(INTENTS), why: words.optional() }),
  z.strictObject({ kind: z.literal("objection-raised"), text: words, step: key.optional() }),
  z.strictObject({ kind: z.literal("meeting-requested"), note: words.optional() }),
  z.strictObject({
    kind: z.literal("slot-chosen"),
    slotAt: z.iso.datetime({ offset: true }),
    note: words.optional(),
  }),
  z.strictObject({ kind: z.literal("agenda-edited"), note: words }),
  /** The person's own points for the meeting, in their order; none takes them all away. */
  z.strictObject({ kind: z.literal("agenda-set"), points: z.array(short).max(10) }),
  /** The proposed items as the person wants them: their order, and what is left out (readiness/arrange-agenda.ts). */
  z.strictObject({
    kind: z.literal("agenda-arranged"),
    order: z.array(z.string().min(1).max(4200)).max(60),
    leftOut: z.array(z.string().min(1).max(4200)).max(60),
  }),
  z.strictObject({ kind: z.literal("objective-confirmed"), objective: key, met: z.boolean() }),
  z.strictObject({ kind: z.literal("profile-told"), text: words }),
  z.strictObject({ kind: z.literal("pace-changed"), pace: z.enum(["slow", "normal", "fast"]) }),
  /** Nothing is sent before this local date. */
  z.strictObject({ kind: z.literal("pause-asked"), until: day, reason: words.optional() }),
  z.strictObject({ kind: z.literal("resume-asked") }),
  z.strictObject({ kind: z.literal("wrong-person"), whoInstead: short.optional() }),
  /** `delegate`: the colleague takes the day-to-day work over. */
  z.strictObject({
    kind: z.literal("colleague-introduced"),
    who: short,
    email: short.optional(),
    delegate: z.boolean().default(false),
  }),
  // The sponsor's acts. Priorities, questions and replies of a sponsor use the same kinds as above.
  z.strictObject({ kind: z.literal("endorsed"), text: words.optional() }),
  /** Accepts the success plan as it stands; `version` is the one the person saw (S0-15). */
  z.strictObject({ kind: z.literal("agreement-accepted"), version: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal("measure-restated"), text: words }),
]);
export type Act = z.infer<typeof Act>;
export type ActInput = z.input<typeof Act>;
