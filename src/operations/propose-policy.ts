import { choosePolicy, type ProposedPolicy, readPolicyRules } from "../domain/sequences/choose-policy.ts";
import type { Contact, Workspace } from "../drivers/store/generated/client.ts";

/** How much of a program this person gets by the workspace's rules, and why (S0-44). Same person, same answer. */
export function proposePolicy(
  workspace: Pick<Workspace, "policyRules">,
  account: { readonly segment: string },
  contact: Pick<Contact, "roles">,
): ProposedPolicy {
  return choosePolicy(readPolicyRules(workspace.policyRules), {
    segment: account.segment,
    roles: contact.roles,
  });
}
