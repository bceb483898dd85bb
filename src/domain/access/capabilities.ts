/** What a person of the vendor may be (domain.md B5, trust.md 6). Several at once are usual. */
export const roles = [
  "csm",
  "cs_leader",
  "manager",
  "author",
  "approver",
  "sales",
  "support",
  "admin",
  "viewer",
] as const;
export type Role = (typeof roles)[number];

/**
 * What a page asks for before it answers. Who has none of the roles that grant it is refused:
 * default deny (trust.md 6).
 */
export type Capability =
  /** Read cases, accounts, contacts, programs, the manager board. */
  | "see"
  /** The captured mailbox of local mode: it holds the links of other people's pages. */
  | "see-mailbox"
  /** Open and edit cases, enroll, pause, answer, add evidence, book, escalate to the sponsor. */
  | "work-cases"
  /** Decide what a CSM proposes against the rules, and say how much each of them can carry. */
  | "lead-csms"
  /** Import and edit accounts and contacts. */
  | "manage-accounts"
  /** Take lists out of the product as files. */
  | "export"
  /** Write and submit sequences and templates (customer marketing, S0-36). */
  | "write-sequences"
  /** Publish what was submitted, and move people from one version to another. */
  | "publish-sequences"
  /** Look at the settings, without any secret. */
  | "see-settings"
  /** Change the sender, windows, holidays; tokens, webhooks; users and their roles. */
  | "manage-settings"
  | "see-audit"
  /** Erase a person's data for good. */
  | "erase";

const granted: Readonly<Record<Role, readonly Capability[]>> = {
  csm: ["see", "see-mailbox", "work-cases", "manage-accounts", "export", "see-settings"],
  cs_leader: [
    "see",
    "see-mailbox",
    "work-cases",
    "lead-csms",
    "manage-accounts",
    "export",
    "publish-sequences",
    "see-settings",
    "see-audit",
  ],
  manager: ["see", "lead-csms", "export", "see-settings"],
  author: ["see", "write-sequences"],
  approver: ["see", "write-sequences", "publish-sequences"],
  sales: ["see"],
  support: ["see"],
  admin: [
    "see",
    "see-mailbox",
    "work-cases",
    "lead-csms",
    "manage-accounts",
    "export",
    "write-sequences",
    "publish-sequences",
    "see-settings",
    "manage-settings",
    "see-audit",
    "erase",
  ],
  viewer: ["see"],
};

/** Unknown roles grant nothing. */
export function may(heldRoles: readonly string[], capability: Capability): boolean {
  return roles.some((role) => heldRoles.includes(role) && granted[role].includes(capability));
}

/** Which roles grant it: for the sentence that tells somebody whom to ask. */
export function rolesThatMay(capability: Capability): Role[] {
  return roles.filter((role) => granted[role].includes(capability));
}
