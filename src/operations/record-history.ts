import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface TimelineInput {
  kind:
    | "milestone"
    | "decision"
    | "issue"
    | "value"
    | "meeting"
    | "mail"
    | "change"
    | "note"
    | "setup"
    | "quirk"
    | "person"
    | "open_item";
  /** YYYY-MM-DD. */
  date: string;
  text: string;
  why?: string;
  visibility: "customer" | "internal";
  source: string;
  externalRef?: string;
}
export interface ValueInput {
  metric: string;
  unit: string;
  baseline: string;
  current: string;
  period: string;
  moneyMinor?: bigint;
  source: string;
  /** YYYY-MM-DD. */
  capturedOn: string;
  visibility?: "customer" | "internal";
}
export interface RecordHistoryInput {
  workspaceId: string;
  accountId: string;
  timeline?: TimelineInput[];
  values?: ValueInput[];
  actor: Actor;
}
/** Adds to the account's story (S0-22, S1-24). Entries with a known `externalRef`, and equal values, are not added twice. */
export declare function recordHistory(
  parts: Parts,
  input: RecordHistoryInput,
): Promise<Result<{ entries: number; values: number }>>;
