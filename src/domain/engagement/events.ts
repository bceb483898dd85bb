import { z } from "zod";

/**
 * The event log that readiness reads (domain.md B3, D2). One line of a JSONL file, one row of
 * `engagement_event`. Adding a kind here is the only way to make a new kind of fact count.
 *
 * `evidence` may be left out of a log file: `classify.ts` fills it from the kind and payload.
 */
export const EVIDENCE_CLASSES = ["strong", "weak", "human_probable", "machine", "system"] as const;
export type EvidenceClass = (typeof EVIDENCE_CLASSES)[number];

const at = z.iso.datetime({ offset: true });
const base = {
  id: z.string().min(1).optional(),
  at,
  evidence: z.enum(EVIDENCE_CLASSES).optional(),
};
const kind = <K extends string>(name: K) => ({ ...base, kind: z.literal(name) });
const intent = z.enum(["keep", "expand", "undecided", "review_alternatives", "replace"]);

export const LogEvent = z.discriminatedUnion("kind", [
  // The frame: first line of every log.
  z.strictObject({
    ...kind("enrolled"),
    zone: z.string(),
    /** ISO weekdays on which the account works; Monday to Friday when left out. Business days are counted on it. */
    workWeek: z.array(z.number().int().min(1).max(7)).min(1).optional(),
    /** Facts of the account that verdict rules need; each may be restated later. */
    renewalOn: z.string().optional(),
    tier: z.enum(["high", "mid", "low"]).optional(),
    roleOutcome: z.string().optional(),
    sponsorEngaged: z.boolean().optional(),
    hasOtherRelationship: z.boolean().optional(),
  }),
  z.strictObject({
    ...kind("account-changed"),
    renewalOn: z.string().optional(),
    sponsorEngaged: z.boolean().optional(),
    hasOtherRelationship: z.boolean().optional(),
    usageChangePercent: z.number().optional(),
  }),
  // Time that does not count.
  z.strictObject({ ...kind("paused"), reason: z.string() }),
  z.strictObject({ ...kind("resumed") }),
  // Our mail.
  z.strictObject({ ...kind("mail-submitted"), stepKey: z.string(), variant: z.enum(["a", "b"]).optional() }),
  z.strictObject({ ...kind("bounce"), hard: z.boolean(), status: z.string().optional() }),
  /** A hard bounce stands until the address is corrected. */
  z.strictObject({ ...kind("address-corrected") }),
  z.strictObject({ ...kind("complaint") }),
  z.strictObject({ ...kind("unsubscribe") }),
  z.strictObject({ ...kind("auto-reply"), returnsOn: z.string().optional(), standIn: z.string().optional() }),
  z.strictObject({ ...kind("contact-departed") }),
  z.strictObject({ ...kind("wrong-person"), whoInstead: z.string().optional() }),
  // Machine-made or unproved.
  z.strictObject({ ...kind("open"), rules: z.array(z.string()).optional() }),
  z.strictObject({
    ...kind("click"),
    position: z.number().int().optional(),
    rules: z.array(z.string()).optional(),
  }),
  z.strictObject({
    ...kind("page-visit"),
    /** Knowledge item looked at, if the page shows one. */
    item: z.string().optional(),
    seconds: z.number().optional(),
  }),
  // Deliberate acts.
  z.strictObject({ ...kind("resource-confirmed"), item: z.string() }),
  z.strictObject({ ...kind("check-answered"), item: z.string(), right: z.boolean() }),
  z.strictObject({ ...kind("task-done"), task: z.string(), evidenceText: z.string().optional() }),
  z.strictObject({ ...kind("task-verified"), task: z.string() }),
  z.strictObject({ ...kind("task-waived"), task: z.string(), reason: z.string() }),
  z.strictObject({ ...kind("task-reopened"), task: z.string(), reason: z.string() }),
  z.strictObject({ ...kind("areas-known"), areas: z.array(z.string()) }),
  z.strictObject({ ...kind("profile-told"), text: z.string() }),
  z.strictObject({ ...kind("objective-confirmed"), objective: z.string(), met: z.boolean() }),
  z.strictObject({
    ...kind("priorities-set"),
    /** Ranked, first is first. */
    items: z.array(z.string()).min(1),
  }),
  z.strictObject({
    ...kind("goal-confirmed"),
    goal: z.string(),
    edited: z.boolean(),
    dropped: z.boolean().optional(),
  }),
  z.strictObject({ ...kind("value-confirmed"), value: z.string(), corrected: z.boolean().optional() }),
  z.strictObject({
    ...kind("question-asked"),
    question: z.string(),
    text: z.string(),
    severity: z.enum(["normal", "high"]).optional(),
    questionKind: z.string().optional(),
    /** Set when it repeats an earlier question: duplicates do not count. */
    duplicateOf: z.string().optional(),
  }),
  z.strictObject({ ...kind("no-question"), because: z.string() }),
  z.strictObject({ ...kind("question-answered"), question: z.string(), byResource: z.boolean().optional() }),
  z.strictObject({ ...kind("intent-stated"), intent, why: z.string().optional() }),
  z.strictObject({ ...kind("reply"), text: z.string().optional() }),
  z.strictObject({ ...kind("meeting-requested"), note: z.string().optional() }),
  z.strictObject({ ...kind("slot-chosen"), slotAt: at }),
  z.strictObject({ ...kind("meeting-booked"), slotAt: at.optional() }),
  z.strictObject({
    ...kind("meeting-held"),
    demo: z.enum(["no", "partly", "yes"]).optional(),
    /** What was agreed, as the CSM wrote it down for both. */
    agreed: z.string().optional(),
  }),
  z.strictObject({ ...kind("colleague-introduced"), who: z.string() }),
  z.strictObject({ ...kind("endorsed"), text: z.string().optional() }),
  z.strictObject({ ...kind("agreement-accepted"), party: z.enum(["contact", "sponsor", "csm"]) }),
  z.strictObject({ ...kind("pace-changed"), pace: z.enum(["slow", "normal", "fast"]) }),
]);

export type LogEvent = z.infer<typeof LogEvent>;
export type EventKind = LogEvent["kind"];

/** An event as the domain reads it: classified, with an id that is unique in its log. */
export type EngagementEvent = LogEvent & { id: string; evidence: EvidenceClass };
export type EventOf<K extends EventKind> = Extract<EngagementEvent, { kind: K }>;
