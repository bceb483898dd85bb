/** Business days within which somebody acts, by tier (domain.md B2, plan selection table). Null: no duty. */
export interface ServiceLevels {
  readonly triageDays: number;
  readonly sponsorContactDays: number | null;
}

export function serviceLevels(tier: string, segment: string): ServiceLevels {
  if (segment === "long_tail") return { triageDays: 5, sponsorContactDays: null };
  switch (tier) {
    case "high":
      return { triageDays: 1, sponsorContactDays: 2 };
    case "low":
      return { triageDays: 3, sponsorContactDays: 5 };
    default:
      return { triageDays: 2, sponsorContactDays: 3 };
  }
}

/** Minutes of a CSM that one case may take, by tier (domain.md B2): effort follows what is at stake. */
export function effortBudgetMinutes(tier: string, segment: string): number {
  if (segment === "long_tail") return 30;
  switch (tier) {
    case "high":
      return 720;
    case "low":
      return 120;
    default:
      return 300;
  }
}

/** A meeting that somebody asked for is answered within a business day (domain.md C, common rules). */
export const MEETING_REQUEST_DAYS = 1;
/** First human answer to an objection and to any other question (domain.md B3, Question). */
export const OBJECTION_ANSWER_DAYS = 1;
export const QUESTION_ANSWER_DAYS = 2;
