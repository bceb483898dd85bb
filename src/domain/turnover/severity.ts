/** The four roles an account needs filled, without the person who leaves (domain.md B1, Coverage). */
export const NEEDED_ROLES = ["decision_maker", "champion", "day_to_day", "technical"] as const;
export type NeededRole = (typeof NEEDED_ROLES)[number];

const FILLED_BY: Readonly<Record<NeededRole, readonly string[]>> = {
  decision_maker: ["decision_maker", "economic_buyer"],
  champion: ["champion"],
  day_to_day: ["poc", "end_user", "interim_cover"],
  technical: ["admin", "super_user"],
};

export interface Relation {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Percentage of the needed roles held by somebody who is still there. `remaining`: everybody but the leaver. */
export function coveragePercent(remaining: readonly Relation[]): number {
  const there = remaining.filter((relation) => !relation.roles.includes("departed"));
  const filled = NEEDED_ROLES.filter((role) =>
    there.some((relation) => relation.roles.some((held) => FILLED_BY[role].includes(held))),
  );
  return (filled.length / NEEDED_ROLES.length) * 100;
}

export interface SeverityFacts {
  readonly destination: string;
  /** The sponsor leaves too, or is the one who leaves. */
  readonly sponsorLeaves: boolean;
  readonly coveragePercent: number;
  /** Null: no renewal date known. */
  readonly daysToRenewal: number | null;
  /** Null: health is not measured. */
  readonly health: number | null;
}

/** 1–5 (domain.md B2): 2, up for what makes it worse, down when the person only moved inside the company. */
export function severity(facts: SeverityFacts): number {
  const worse = [
    facts.destination === "external",
    facts.sponsorLeaves,
    facts.coveragePercent === 0,
    facts.daysToRenewal !== null && facts.daysToRenewal <= 90,
    facts.health !== null && facts.health < 50,
  ].filter(Boolean).length;
  return Math.min(5, Math.max(1, 2 + worse - (facts.destination === "internal" ? 1 : 0)));
}
