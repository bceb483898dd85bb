import { z } from "zod";
import { groupHits } from "./hit-groups.ts";
import { HIT_RULES } from "./hit-rules.ts";
import { RawHit } from "./raw-hit.ts";

/** Changes whenever the same hits could get other labels. Stored with every label. */
export const RULE_SET_VERSION = "hits-1";

export type HitLabel = "human" | "machine" | "uncertain";

export interface ClassifiedHit {
  readonly id: string | null;
  readonly sendId: string;
  readonly at: string;
  readonly label: HitLabel;
  /** Rules that held, most telling first; empty for a hit nothing speaks against. */
  readonly rules: readonly string[];
  readonly ruleSetVersion: string;
}

/**
 * Labels raw hits (trust.md 2), in the order given. A burst labels backwards, so give all hits of a
 * send at once; the same hits give the same bytes whenever they are labelled again. No label ever
 * changes readiness by itself: only a form, a reply or typed content is an act.
 */
export function classifyHits(input: readonly RawHit[]): ClassifiedHit[] {
  const hits = groupHits(input);
  const found = input.map((): { rules: string[]; machine: boolean } => ({ rules: [], machine: false }));
  for (const rule of HIT_RULES)
    for (const index of new Set(rule.find(hits))) {
      const entry = found[index];
      // A form behind a visible button or a page's own script is proof; no rule outweighs it.
      if (entry === undefined || isProof(input[index])) continue;
      entry.rules.push(rule.id);
      entry.machine ||= rule.weight === "strong";
    }
  return input.map((hit, index) => {
    const { rules, machine } = found[index] ?? { rules: [], machine: false };
    return {
      id: hit.id ?? null,
      sendId: hit.sendId,
      at: hit.at,
      label: machine ? "machine" : rules.length > 0 ? "uncertain" : "human",
      rules,
      ruleSetVersion: RULE_SET_VERSION,
    };
  });
}

function isProof(hit: RawHit | undefined): boolean {
  return (
    hit !== undefined && hit.method === "POST" && hit.target !== "honeypot" && hit.target !== "unsubscribe"
  );
}

/** Reads a JSONL file of hits, each as raw-hit.ts describes. Lines that cannot be read are named and left out. */
export function readHits(text: string): { hits: RawHit[]; problems: { line: number; problem: string }[] } {
  const hits: RawHit[] = [];
  const problems: { line: number; problem: string }[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/^\uFEFF/, "").trim();
    if (line === "") continue;
    const refuse = (problem: string) => problems.push({ line: index + 1, problem });
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      refuse("is not JSON: write one hit object per line");
      continue;
    }
    const parsed = RawHit.safeParse(value);
    if (parsed.success) hits.push(parsed.data);
    else refuse(z.prettifyError(parsed.error).replaceAll("\n", "; "));
  }
  return { hits, problems };
}
