import type { Verdict } from "../readiness/readiness.ts";

/** When the sponsor should be asked in (domain.md D9), and what they are then told: facts and one ask. */
export const ESCALATION_CAUSES = [
  "at_risk",
  "stalled",
  "not_started",
  "mismatch",
  "intent",
  "no_replacement",
  "agreement",
  "asked_by_csm",
] as const;
export type EscalationCause = (typeof ESCALATION_CAUSES)[number];

/** Business days between two briefs to the same sponsor about the same case. */
export const ESCALATION_COOLDOWN_DAYS = 10;
/** A sponsor's mail is a summary (S0-16). */
export const ESCALATION_WORDS = 150;

export interface EscalationFacts {
  readonly verdict: Verdict | null;
  /** Business days in a row with the verdict `stalled`. */
  readonly stalledDays: number;
  readonly activeDay: number;
  readonly tier: string;
  /** Business days since the contact's first priority differed from the sponsor's; null: they agree. */
  readonly mismatchDays: number | null;
  readonly intent: string | null;
  readonly replacementKnown: boolean;
  readonly daysOpen: number;
  readonly daysToRenewal: number | null;
  /** Days for which a proposed plan has waited for an acceptance; null: none waits. */
  readonly agreementDays: number | null;
}

/** Every condition that holds, with its reason for the CSM. Order: what is most urgent comes first. */
export function escalationCauses(facts: EscalationFacts): { cause: EscalationCause; why: string }[] {
  const { verdict, intent, daysToRenewal: renewal } = facts;
  const silentLimit = facts.tier === "high" ? 8 : 12;
  const found: readonly (readonly [EscalationCause, boolean, string])[] = [
    [
      "intent",
      intent === "replace" || intent === "review_alternatives",
      `Their intent is to ${intent === "replace" ? "replace the product" : "review alternatives"}. Speak with the contact first, then with the sponsor the same day.`,
    ],
    ["at_risk", verdict === "at_risk", "The verdict is at risk."],
    [
      "stalled",
      verdict === "stalled" && facts.stalledDays >= 5,
      `Nothing has come for ${facts.stalledDays} business days since it stalled.`,
    ],
    [
      "not_started",
      verdict === "not_started" && facts.activeDay >= silentLimit,
      `Nothing has been done on purpose by day ${facts.activeDay}.`,
    ],
    [
      "mismatch",
      facts.mismatchDays !== null && facts.mismatchDays >= 5,
      "The contact and the sponsor put different things first, for five business days now.",
    ],
    [
      "no_replacement",
      !facts.replacementKnown && facts.daysOpen >= 28 && renewal !== null && renewal >= 0 && renewal <= 120,
      `Nobody has taken over in four weeks, and the contract renews in ${renewal ?? 0} days.`,
    ],
    [
      "agreement",
      facts.agreementDays !== null && facts.agreementDays >= 10,
      `The success plan has waited ${facts.agreementDays ?? 0} days for an acceptance.`,
    ],
  ];
  return found.filter(([, holds]) => holds).map(([cause, , why]) => ({ cause, why }));
}

/** Counts and names that a sponsor may read. Nothing of the contact's checks, score or private questions. */
export interface BriefFacts {
  readonly sponsorFirstName: string;
  readonly accountName: string;
  readonly productName: string;
  readonly leaverName: string | null;
  readonly contactName: string | null;
  readonly csmName: string;
  /** "4 December 2026"; null: not known. */
  readonly renewalOn: string | null;
  readonly mailsSent: number;
  readonly tasksDone: number;
  readonly tasksTotal: number;
  readonly prioritiesGiven: boolean;
  readonly meetingHeld: boolean;
  /** The sponsor's own first priority: theirs to read. */
  readonly sponsorPriority: string | null;
  readonly agreementDays: number | null;
}

/** A draft for the CSM to read and change: at most 150 words, facts first, exactly one ask. */
export function escalationDraft(
  cause: EscalationCause,
  facts: BriefFacts,
): { subject: string; body: string } {
  const who = facts.contactName ?? "whoever takes over";
  const lines = [
    `${facts.sponsorFirstName}, a short word about ${facts.productName} at ${facts.accountName}, and one ask.`,
    `Where things stand:\n${factLines(facts)
      .map((line) => `- ${line}`)
      .join("\n")}`,
    askOf(cause, who, facts),
    `You can simply reply to this mail.\n\n${facts.csmName}`,
  ];
  return { subject: SUBJECTS[cause](facts), body: lines.join("\n\n") };
}

function factLines(facts: BriefFacts): string[] {
  const started = facts.contactName === null ? null : `${facts.contactName} has taken over the work`;
  return [
    facts.leaverName === null
      ? started
      : [`${facts.leaverName} has handed over`, started].filter(Boolean).join("; "),
    facts.contactName === null
      ? "We do not know yet who takes over"
      : facts.tasksTotal === 0
        ? null
        : `${facts.tasksDone} of ${facts.tasksTotal} first tasks are done`,
    facts.contactName !== null && facts.mailsSent > 0 && !facts.prioritiesGiven
      ? "Priorities for the next months are not set yet"
      : null,
    facts.meetingHeld ? "We have met once since" : null,
    facts.agreementDays === null
      ? null
      : `The success plan has waited ${facts.agreementDays} days for an acceptance`,
    facts.renewalOn === null ? null : `The contract renews on ${facts.renewalOn}`,
  ].filter((line) => line !== null);
}

const SUBJECTS: Readonly<Record<EscalationCause, (facts: BriefFacts) => string>> = {
  at_risk: ({ accountName }) => `One ask about the start at ${accountName}`,
  stalled: ({ accountName }) => `One ask about the start at ${accountName}`,
  not_started: ({ accountName }) => `One ask about the start at ${accountName}`,
  mismatch: ({ accountName }) => `Which comes first at ${accountName}`,
  intent: ({ productName, accountName }) => `${productName} at ${accountName}: twenty minutes together`,
  no_replacement: ({ accountName }) => `Who takes over at ${accountName}`,
  agreement: ({ accountName }) => `The plan for ${accountName} waits for your word`,
  asked_by_csm: ({ productName, accountName }) => `${productName} at ${accountName}: one ask`,
};

function askOf(cause: EscalationCause, who: string, facts: BriefFacts): string {
  switch (cause) {
    case "at_risk":
    case "asked_by_csm":
      return `My ask: could you and I speak for fifteen minutes this week about what ${who} needs from us both?`;
    case "stalled":
    case "not_started":
      return `My ask: would you tell ${who} in a line or two that this work matters to you, and that there is time for it?`;
    case "mismatch":
      return facts.sponsorPriority === null
        ? `My ask: would you tell ${who} and me which goal comes first for you?`
        : `You told us that “${facts.sponsorPriority}” comes first. My ask: would you agree the order with ${who}, and tell me what you decided?`;
    case "intent":
      return `My ask: could the three of us take twenty minutes this week, before anything is decided?`;
    case "no_replacement":
      return "My ask: who looks after this from now on, even for the time being?";
    case "agreement":
      return "My ask: would you look at the goals on your page and accept them, or tell me what to change?";
    default:
      return cause satisfies never;
  }
}

export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
