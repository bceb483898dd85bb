import { getDomain } from "tldts";

/** The domain somebody registered: what relaxed alignment compares. A public suffix is its own. */
export function organisationalDomain(domain: string): string {
  const name = domain.toLowerCase();
  return getDomain(name, { validateHostname: false }) ?? name;
}

/** How a DMARC record wants identifiers compared: relaxed unless it says `s`. */
export interface AlignmentModes {
  readonly dkim: "relaxed" | "strict";
  readonly spf: "relaxed" | "strict";
}

export function modesOf(dmarc: string | undefined): AlignmentModes {
  const mode = (tag: string) =>
    new RegExp(`(?:^|;)\\s*${tag}\\s*=\\s*s\\s*(?:;|$)`, "i").test(dmarc ?? "") ? "strict" : "relaxed";
  return { dkim: mode("adkim"), spf: mode("aspf") };
}

/** Whether a receiver takes `other` (of the signature, of the return path) for the same sender as From. */
export function isAligned(from: string, other: string, mode: "relaxed" | "strict"): boolean {
  if (mode === "strict") return from.toLowerCase() === other.toLowerCase();
  return organisationalDomain(from) === organisationalDomain(other);
}
