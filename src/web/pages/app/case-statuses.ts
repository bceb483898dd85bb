/** The stages an open case goes through (domain.md B2), for the filter of a list. */
export const CASE_STATUSES = [
  "detected",
  "triaged",
  "covering",
  "replacement_identified",
  "re_onboarding",
  "aligned",
  "confirmed",
] as const;
