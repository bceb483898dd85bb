import { z } from "zod";

/**
 * The shape of a sequence file (domain.md B3, C). Authors write YAML with kebab-case keys;
 * the reader turns keys into camelCase before this schema sees them, so the code reads plainly.
 * Unknown keys are refused everywhere.
 */

const key = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use lower-case words joined by hyphens, like story-so-far");

/** Text with merge fields such as {{contact.firstName}} or {{sponsor.firstName | "your sponsor"}}. */
const text = z.string().trim().min(1);
/** A calendar date, like 2026-11-22. */
const date = z.iso.date("write a date like 2026-11-22");
/** Markdown with merge fields. */
const markdown = z.string().trim().min(1);

/** "3 days", "3 business days", "1 week". Crossing a clock change keeps the wall time. */
export const Span = z
  .string()
  .regex(/^\d+ (business )?(day|days|week|weeks)$/, 'write a span like "3 business days" or "1 week"');

/** "daily", "weekly", "every 2 business days". */
export const Cadence = z
  .string()
  .regex(/^(daily|weekly|every \d+ (business )?days)$/, 'write "daily", "weekly" or "every 2 business days"');

export const RESOURCE_KINDS = [
  "guide",
  "video",
  "page",
  "sample",
  "checklist",
  "recorded-demo",
  "account-page",
] as const;

/** What an account page shows, built from the account's own records, customer-visible entries only. */
export const ACCOUNT_PAGES = [
  "story-so-far",
  "success-plan",
  "open-items",
  "value-so-far",
  "setup",
  "decisions",
  "questions",
  "people",
  "agenda",
  "overview",
] as const;

const ResourceBlock = z.strictObject({
  type: z.literal("resource"),
  key,
  title: text,
  kind: z.enum(RESOURCE_KINDS),
  minutes: z.number().int().min(1).max(60),
  /** An http(s) address; or `page` for a page built from the account; or `body`, Markdown shown on the contact's page. */
  url: z.string().optional().describe("A web address. Give exactly one of url, page and body."),
  page: z.enum(ACCOUNT_PAGES).optional().describe("A page built from the account's own records."),
  body: markdown.optional().describe("Markdown, read on the contact's page."),
  /** Counts as a knowledge item that the contact can confirm having read (D3 level 0.6). */
  knowledge: z
    .boolean()
    .default(false)
    .describe("Counts as knowledge in readiness, once confirmed or checked."),
});

/** none: a button without content, weak evidence. The others make strong evidence when filled. */
export const EVIDENCE_KINDS = ["none", "text", "link", "choice"] as const;

const TaskBlock = z.strictObject({
  type: z.literal("task"),
  key,
  text,
  why: text.optional(),
  minutes: z.number().int().min(1).max(60),
  must: z.boolean().default(false),
  /** Share in the readiness component T. 0: the answer counts elsewhere (priorities, questions, reciprocity). */
  weight: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe("Share in the tasks of readiness. 0 when the answer counts elsewhere."),
  evidence: z
    .enum(EVIDENCE_KINDS)
    .default("text")
    .describe("What shows that it was done. none is a button without content, and weak."),
  /** For evidence: choice. `area` marks a self-check area that later steps may skip on. */
  choices: z.array(z.strictObject({ key, text, area: key.optional() })).optional(),
  /** More than one choice may be taken. */
  multiple: z.boolean().default(false),
  hint: text.optional(),
  /** What a filled answer also means: "goals" keeps/changes goals, "priorities", "intent", "question", "value", "meeting", "profile", "introduction". The page shows that form. */
  form: z
    .enum([
      "goals",
      "priorities",
      "intent",
      "question",
      "value",
      "meeting",
      "profile",
      "introduction",
      "agreement",
    ])
    .optional(),
});

const ObjectiveBlock = z.strictObject({ type: z.literal("objective"), key, text });

const QuestionBlock = z.strictObject({ type: z.literal("question"), prompt: text });
const PrioritiesBlock = z.strictObject({
  type: z.literal("priorities"),
  prompt: text,
  options: z.array(text).default([]),
});
const ValueBlock = z.strictObject({ type: z.literal("value"), prompt: text });
const CheckBlock = z.strictObject({
  type: z.literal("check"),
  key,
  /** 1–3 short questions; feedback is kind and immediate; never a grade (B3 Knowledge check). */
  items: z
    .array(
      z.strictObject({
        key,
        question: text,
        choices: z
          .array(z.strictObject({ key, text, right: z.boolean().default(false), feedback: text }))
          .min(2)
          .max(5),
      }),
    )
    .min(1)
    .max(3),
});
const EndorseBlock = z.strictObject({ type: z.literal("endorse"), prompt: text });
const IntentBlock = z.strictObject({ type: z.literal("intent"), prompt: text });
const GoalsBlock = z.strictObject({ type: z.literal("goals"), prompt: text });
const AgreementBlock = z.strictObject({ type: z.literal("agreement"), prompt: text });
const MeetingBlock = z.strictObject({ type: z.literal("meeting"), prompt: text });

export const COMPETITOR_PARTS = [
  "term-map",
  "habit-map",
  "honest-gaps",
  "strengths",
  "proof",
  "migration-notes",
] as const;
const CompetitorBlock = z.strictObject({
  type: z.literal("competitor"),
  show: z.enum(COMPETITOR_PARTS),
  intro: text.optional(),
  /** Shown when the competitor is unknown. */
  otherwise: markdown,
});
const TextBlock = z.strictObject({ type: z.literal("text"), text: markdown });

export const Block = z.discriminatedUnion("type", [
  ResourceBlock,
  TaskBlock,
  ObjectiveBlock,
  QuestionBlock,
  PrioritiesBlock,
  ValueBlock,
  CheckBlock,
  EndorseBlock,
  IntentBlock,
  GoalsBlock,
  AgreementBlock,
  MeetingBlock,
  CompetitorBlock,
  TextBlock,
]);

export const INTENTS = ["keep", "expand", "undecided", "review_alternatives", "replace"] as const;

/** One fact about the enrollment, decided purely from its events. Exactly one key. */
export const Condition = z.union([
  z.strictObject({ taskDone: key }),
  z.strictObject({ taskEvidence: key }),
  z.strictObject({ stepAnswered: key }),
  z.strictObject({ areaKnown: key }),
  z.strictObject({ intentIn: z.array(z.enum(INTENTS)).min(1) }),
  z.strictObject({ verdictIn: z.array(z.string()).min(1) }),
  z.strictObject({ eventSeen: z.string() }),
  z.strictObject({ eventNotSeen: z.string() }),
  z.strictObject({ activeDayAtLeast: z.number().int().min(0) }),
  z.strictObject({ competitorKnown: z.boolean() }),
]);

const Gate = z.strictObject({
  all: z.array(Condition).optional(),
  any: z.array(Condition).optional(),
  /** How long to wait for the gate; default the sequence's hold. */
  hold: Span.optional(),
  onFail: z.enum(["variant-b", "skip", "escalate"]).default("variant-b"),
});

const Variant = z.strictObject({
  subject: text,
  preheader: text.optional(),
  opening: markdown,
  blocks: z.array(Block),
});

/** How much of a program a person gets, the least first (S0-44). */
export const POLICIES = ["light", "standard", "full"] as const;

export const MAIL_CLASSES = ["education", "service-notice", "sponsor-brief", "csm-task"] as const;

export const Step = z.strictObject({
  key,
  /** Active day after enrollment (domain.md C common rules). Absent: one cadence after the step before. */
  day: z
    .number()
    .int()
    .min(0)
    .max(400)
    .optional()
    .describe("Active day after enrollment. Without it: one cadence after the step before."),
  /** Absent: the sequence's audience. A csm step makes a task, not a mail. */
  audience: z
    .enum(["contact", "sponsor", "csm"])
    .optional()
    .describe("Whom the step is for, if not the sequence's reader. A csm step makes a task, not a mail."),
  class: z.enum(MAIL_CLASSES).default("education"),
  subject: text,
  preheader: text.optional(),
  opening: markdown,
  blocks: z.array(Block).default([]),
  /** Waits for these before sending. Absent: the step before's must-task, held for the sequence's hold. */
  gate: Gate.optional().describe(
    "What the mail waits for. Without it: the must-task of the mail before, for as long as hold says.",
  ),
  /** Send at once, whatever the step before says. */
  ungated: z.boolean().default(false).describe("Goes on its day, whatever the mail before says."),
  variantB: Variant.optional().describe(
    "The shorter mail, one task only, that goes when the gate was not met in time.",
  ),
  skipWhen: z.array(Condition).default([]).describe("Left out when any of these holds."),
  branch: z
    .array(z.strictObject({ when: Condition, goTo: key }))
    .default([])
    .describe("After this step: the first branch that holds leads forward to another step."),
  must: z.boolean().default(false).describe("Sent even when a meeting is booked."),
  policy: z
    .enum(POLICIES)
    .optional()
    .describe(
      "The least policy under which the step comes: light, in every program; standard, the default; full, only where people get all there is.",
    ),
});

export const EXIT_RULES = [
  "goal-reached",
  "replaced-contact-left",
  "unsubscribed",
  "hard-bounce",
  "complained",
  "case-closed",
  "wrong-person",
  "expired",
] as const;

export const Sequence = z.strictObject({
  key,
  name: text,
  audience: z.enum(["contact", "sponsor", "csm"]),
  description: text,
  language: z.string().default("en"),
  appliesTo: z
    .strictObject({
      replacement: z.array(z.enum(["internal", "external_new_function", "ex_competitor"])).default([]),
      roleOutcome: z.array(z.enum(["replacing", "merging", "leaving_space", "unknown"])).default([]),
      segments: z.array(z.string()).default([]),
      products: z.array(key).default([]),
    })
    .optional()
    .describe(
      "For which cases this is chosen. An empty list means any. Without it, it is never chosen by itself.",
    ),
  assumesExistingAccount: z
    .boolean()
    .default(true)
    .describe("The reader takes over an account with a history: phrases for new customers are refused."),
  goal: text,
  /** Planned length in active days. */
  lengthDays: z.number().int().min(1).max(400).describe("Planned length in active days."),
  targetDaysToReady: z.number().int().min(1).max(400).optional(),
  stallAfterDays: z.number().int().min(1).max(90).optional(),
  /** Used by steps without a day, and by a product that overrides it. */
  cadence: Cadence.default("every 2 business days"),
  /** Wall time in the reader's zone; moved into the window if outside. */
  sendAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default("09:00"),
  hold: Span.default("3 business days"),
  /** Weights of the readiness components; sum 1; each within 0.10 of the track's default (domain.md D3). */
  readiness: z
    .strictObject({
      track: z.enum(["internal", "external_new_function", "ex_competitor"]),
      weights: z
        .strictObject({
          knowledge: z.number().min(0).max(1),
          tasks: z.number().min(0).max(1),
          priorities: z.number().min(0).max(1),
          questions: z.number().min(0).max(1),
          reciprocity: z.number().min(0).max(1),
        })
        .optional(),
    })
    .optional(),
  /** The sponsor's sequence that runs beside this one (S0-14); or why there is none. */
  sponsorSequence: key.optional().describe("The sponsor's sequence that runs beside this one."),
  noSponsorReason: text.optional().describe("Why this track says nothing to the sponsor."),
  exit: z.array(z.enum(EXIT_RULES)).default([...EXIT_RULES]),
  completion: text.optional(),
  steps: z.array(Step).min(1),
});

export type Sequence = z.infer<typeof Sequence>;
export type Step = z.infer<typeof Step>;
export type Block = z.infer<typeof Block>;
export type Condition = z.infer<typeof Condition>;
export type BlockOf<T extends Block["type"]> = Extract<Block, { type: T }>;
export type Intent = (typeof INTENTS)[number];

/** A competitor file (domain.md C3): facts with source and date, never abuse. */
export const Competitor = z.strictObject({
  key,
  name: text,
  reviewedOn: date,
  swot: z.strictObject({
    strengths: z.array(text).min(1),
    weaknesses: z.array(text).min(1),
    opportunities: z.array(text).min(1),
    threats: z.array(text).min(1),
  }),
  termMap: z.array(z.strictObject({ theirs: text, ours: text.nullable(), note: text.optional() })).min(3),
  habitMap: z.array(z.strictObject({ job: text, there: text, here: text })).min(3),
  honestGaps: z.array(z.strictObject({ gap: text, workaround: text, source: text, on: date })).min(1),
  proof: z.array(z.strictObject({ claim: text, source: text, on: date })).min(1),
  migrationNotes: z.array(text).default([]),
});
export type Competitor = z.infer<typeof Competitor>;
