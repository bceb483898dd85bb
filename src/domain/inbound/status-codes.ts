/** "5.1.1" out of a text; null when there is none. Never a part of an IP address or a version. */
export function enhancedStatus(text: string): string | null {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\.?\d)/.exec(text)?.[1] ?? null;
}

/** The three-digit reply of a server ("550"); null when there is none. */
export function replyCode(text: string): string | null {
  return /(?<![\d.:/-])([245][0-5]\d)(?=[ -](?!\d{1,4}[-/])|:|$)/m.exec(text)?.[1] ?? null;
}

/** Why mail comes back, in the words of the Sisimai project, whose collection we measure ourselves on. */
export type BounceReason =
  | "authfailure"
  | "badreputation"
  | "blocked"
  | "contenterror"
  | "exceedlimit"
  | "expired"
  | "filtered"
  | "hasmoved"
  | "hostunknown"
  | "mailboxfull"
  | "mailererror"
  | "mesgtoobig"
  | "networkerror"
  | "norelaying"
  | "notaccept"
  | "notcompliantrfc"
  | "onhold"
  | "policyviolation"
  | "rejected"
  | "requireptr"
  | "securityerror"
  | "spamdetected"
  | "speeding"
  | "suspend"
  | "syntaxerror"
  | "systemerror"
  | "systemfull"
  | "toomanyconn"
  | "undefined"
  | "userunknown"
  | "virusdetected";

/**
 * Only these say that the address itself is dead. Everything else is about us, about one message, or passes
 * (trust.md 5): 5.7.x is our reputation, 5.2.2 a full mailbox, a suspended account may come back.
 */
const DEAD: ReadonlySet<BounceReason> = new Set(["userunknown", "hostunknown", "hasmoved", "notaccept"]);

export const saysAddressDead = (reason: BounceReason): boolean => DEAD.has(reason);

/** The last two numbers of an enhanced code (RFC 3463, RFC 5248, RFC 7505, RFC 7372, Microsoft's own) and what they say. */
const BY_DETAIL: Readonly<Record<string, BounceReason>> = {
  "1.1": "userunknown",
  "1.2": "hostunknown",
  "1.3": "userunknown",
  "1.4": "userunknown",
  "1.6": "hasmoved",
  "1.7": "rejected",
  "1.8": "rejected",
  "1.9": "expired",
  "1.10": "userunknown",
  // Microsoft: the receiving server has no such mailbox.
  "1.351": "userunknown",
  "2.0": "filtered",
  "2.1": "filtered",
  "2.2": "mailboxfull",
  "2.3": "mesgtoobig",
  "2.4": "filtered",
  "3.0": "systemerror",
  "3.1": "systemfull",
  "3.2": "notaccept",
  "3.3": "systemerror",
  "3.4": "mesgtoobig",
  "3.5": "systemerror",
  "4.0": "networkerror",
  "4.1": "expired",
  "4.2": "expired",
  "4.3": "systemerror",
  "4.4": "hostunknown",
  "4.5": "expired",
  "4.6": "networkerror",
  "4.7": "expired",
  "4.310": "hostunknown",
  "4.312": "networkerror",
  "4.316": "expired",
  "5.1": "syntaxerror",
  "5.2": "syntaxerror",
  "5.3": "syntaxerror",
  "5.4": "syntaxerror",
  "6.1": "contenterror",
  "7.1": "securityerror",
  "7.7": "policyviolation",
  "7.9": "policyviolation",
  "7.13": "suspend",
  "7.17": "hasmoved",
  "7.20": "authfailure",
  "7.21": "authfailure",
  "7.22": "authfailure",
  "7.23": "authfailure",
  "7.24": "authfailure",
  "7.25": "requireptr",
  "7.26": "authfailure",
  "7.27": "policyviolation",
  "7.509": "authfailure",
  "7.515": "authfailure",
  "7.606": "blocked",
  "7.650": "badreputation",
};

/** What the code says by itself; null for the undefined ones (5.0.0, 5.1.0, 5.5.0). */
export function reasonOfStatus(status: string | null): BounceReason | null {
  if (status === null || status.startsWith("2.")) return null;
  const detail = status.slice(2);
  const known = BY_DETAIL[detail];
  if (known !== undefined) return known;
  if (detail.startsWith("6.")) return "contenterror";
  return detail.startsWith("7.") ? "securityerror" : null;
}
