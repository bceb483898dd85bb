import type { Policy } from "../../../domain/sequences/policy.ts";

/** What each policy means for who gets it, in a few words. */
export const policyMeans: Readonly<Record<Policy, string>> = {
  light: "the essential mails",
  standard: "what most people get",
  full: "also what others get only if they ask",
};
