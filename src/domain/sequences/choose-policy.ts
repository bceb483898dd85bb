import { z } from "zod";
import type { Policy } from "./policy.ts";
import { POLICIES } from "./sequence.ts";

export const SEGMENTS = ["enterprise", "mid_market", "smb", "long_tail"] as const;
/** Looked at in this order: whoever holds several roles gets what the first one with a rule says. */
export const POLICY_ROLES = [
  "decision_maker",
  "economic_buyer",
  "interim_cover",
  "champion",
  "admin",
  "super_user",
  "poc",
  "end_user",
] as const;

const Some = z.enum(POLICIES);

/** How much of a program people get, by what their account or they themselves are. What is not named: standard. */
export const PolicyRules = z.strictObject({
  segments: z.partialRecord(z.enum(SEGMENTS), Some).default({}),
  roles: z.partialRecord(z.enum(POLICY_ROLES), Some).default({}),
});
export type PolicyRules = z.output<typeof PolicyRules>;

export interface ProposedPolicy {
  readonly policy: Policy;
  /** In words: "Mid-market accounts get Standard." */
  readonly reason: string;
}

/** A role says more about a person than their company's size does, so it comes first (S0-44). */
export function choosePolicy(
  rules: PolicyRules,
  whom: { readonly segment: string; readonly roles: readonly string[] },
): ProposedPolicy {
  const role = POLICY_ROLES.find((one) => whom.roles.includes(one) && rules.roles[one] !== undefined);
  const byRole = role === undefined ? undefined : rules.roles[role];
  if (role !== undefined && byRole !== undefined)
    return { policy: byRole, reason: `${ROLE_WORDS[role]} get ${POLICY_WORDS[byRole]}.` };
  const segment = SEGMENTS.find((one) => one === whom.segment);
  const bySegment = segment === undefined ? undefined : rules.segments[segment];
  if (segment !== undefined && bySegment !== undefined)
    return {
      policy: bySegment,
      reason: `${SEGMENT_WORDS[segment]} accounts get ${POLICY_WORDS[bySegment]}.`,
    };
  return { policy: "standard", reason: "Everybody gets Standard unless the settings say otherwise." };
}

export const POLICY_WORDS: Readonly<Record<Policy, string>> = {
  light: "Light",
  standard: "Standard",
  full: "Full",
};
export const SEGMENT_WORDS: Readonly<Record<(typeof SEGMENTS)[number], string>> = {
  enterprise: "Enterprise",
  mid_market: "Mid-market",
  smb: "Small-business",
  long_tail: "Long-tail",
};
export const ROLE_WORDS: Readonly<Record<(typeof POLICY_ROLES)[number], string>> = {
  decision_maker: "Decision makers",
  economic_buyer: "Economic buyers",
  interim_cover: "People who cover for a while",
  champion: "Champions",
  admin: "Admins",
  super_user: "Super users",
  poc: "Main contacts",
  end_user: "End users",
};

/** What a workspace row holds; what cannot be read there counts as nothing said. */
export function readPolicyRules(stored: unknown): PolicyRules {
  const read = PolicyRules.safeParse(stored ?? {});
  return read.success ? read.data : { segments: {}, roles: {} };
}
