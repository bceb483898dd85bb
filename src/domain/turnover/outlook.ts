import type { Verdict } from "../readiness/readiness.ts";

/** What is known about an open case when its outlook is judged (domain.md E.7). Days are calendar days. */
export interface OutlookFacts {
  readonly roleOutcome: string;
  readonly verdict: Verdict | null;
  readonly intent: string | null;
  readonly coveragePercent: number;
  readonly sponsorReached: boolean;
  readonly replacementKnown: boolean;
  readonly daysAtRisk: number;
  /** Null: no renewal date known. */
  readonly daysToRenewal: number | null;
  readonly planPercent: number;
  readonly replacementType: string | null;
  /** Business days in a row with the verdict `stalled`. */
  readonly stalledDays: number;
  readonly hasEvidence: boolean;
  readonly severity: number;
}

export interface Outlook {
  readonly value: "expect_save" | "high_risk";
  /** Why, in words; for an expected save, what speaks for it. */
  readonly reasons: readonly string[];
}

/** Days until a plan should be through: 21 to find somebody, the track's target, and 14 to meet and agree. */
const ALLOWANCE_DAYS: Readonly<Record<string, number>> = {
  internal: 44,
  ex_competitor: 52,
  external_new_function: 55,
};
const LONGEST_ALLOWANCE_DAYS = 55;
const TOO_NEW_DAYS = 7;

/** Any of the rules makes it high risk; without one it is expected to be saved. No third bucket. */
export function outlookOf(facts: OutlookFacts): Outlook {
  const allowance = ALLOWANCE_DAYS[facts.replacementType ?? ""] ?? LONGEST_ALLOWANCE_DAYS;
  const expected = 100 * Math.min(1, facts.daysAtRisk / allowance);
  const { daysToRenewal: renewal, verdict } = facts;
  const isYoung = facts.daysAtRisk < TOO_NEW_DAYS;
  const rules: readonly (readonly [boolean, string])[] = [
    [facts.roleOutcome === "leaving_space", "the company leaves this kind of work"],
    [verdict === "at_risk", "the readiness verdict is at risk"],
    [verdict === "unreachable", "the contact cannot be reached by mail"],
    [facts.intent === "replace", "the contact means to replace the product"],
    [
      facts.coveragePercent === 0 && !facts.sponsorReached,
      "nobody we know is left, and the sponsor is not reached",
    ],
    [!facts.replacementKnown && facts.daysAtRisk > 42, "no replacement after six weeks"],
    [
      renewal !== null && renewal >= 0 && renewal <= 60 && facts.planPercent < 60,
      `renewal in ${renewal ?? 0} days with the plan at ${facts.planPercent} %`,
    ],
    [
      facts.planPercent <= expected - 30,
      `the plan is at ${facts.planPercent} %, ${Math.round(expected)} % would be on time`,
    ],
    [facts.stalledDays > 10, `silent for ${facts.stalledDays} business days`],
    [!facts.hasEvidence && facts.daysAtRisk >= 14, "nothing done on purpose two weeks after we found out"],
    [isYoung && facts.severity > 2, `too new to judge, with severity ${facts.severity}`],
  ];
  const reasons = rules.filter(([holds]) => holds).map(([, text]) => text);
  if (reasons.length > 0) return { value: "high_risk", reasons };
  const good = isYoung
    ? "new, with low severity"
    : `the plan is at ${facts.planPercent} %, and no rule speaks against it`;
  return { value: "expect_save", reasons: [good] };
}
