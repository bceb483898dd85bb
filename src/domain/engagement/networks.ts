/**
 * Published networks by the name that a hit carries, and what a click from there is worth
 * (trust.md 2, rule 4). Whoever receives a request looks its address up (network-book.ts) and keeps
 * the name alone. Microsoft's networks also carry Cloud-PC users, so they make a hit uncertain and
 * never drop it; a privacy relay carries people.
 */
export const NETWORKS_AS_OF = "2026-11-01";

export type NetworkClass = "scanner" | "shared" | "mail-proxy" | "relay";

export const NETWORKS: Readonly<Record<string, { class: NetworkClass; asns: readonly number[] }>> = {
  microsoft: { class: "shared", asns: [8074, 8075, 12076] },
  aws: { class: "shared", asns: [14618, 16509] },
  "google-cloud": { class: "shared", asns: [396982] },
  scanner: { class: "scanner", asns: [] },
  proofpoint: { class: "scanner", asns: [22843, 26211, 52129] },
  mimecast: { class: "scanner", asns: [30031, 42427] },
  barracuda: { class: "scanner", asns: [15324] },
  "apple-mail-proxy": { class: "mail-proxy", asns: [714, 6185] },
  apple: { class: "mail-proxy", asns: [714, 6185] },
  "google-image-proxy": { class: "mail-proxy", asns: [15169] },
  "icloud-relay": { class: "relay", asns: [] },
};

/** Null for the open internet and for names we do not list. */
export function networkClass(name: string | null | undefined): NetworkClass | null {
  return name == null ? null : (NETWORKS[name.toLowerCase()]?.class ?? null);
}
