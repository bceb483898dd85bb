import type { ActInput } from "../domain/engagement/acts.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface RecordActInput {
  workspaceId: string;
  enrollmentId: string;
  act: ActInput;
  source: "page" | "reply" | "csm" | "system";
  sendId?: string;
  /** Business time; default now. */
  at?: Date;
  /** The same key twice is the same act: a form posted again changes nothing. */
  dedupeKey: string;
}

export interface ActRecorded {
  /** True when this key had been recorded before: nothing was written. */
  repeated: boolean;
  eventIds: string[];
  /** A kind sentence to show after the form. */
  message: string;
  /** Knowledge checks only: immediate feedback per item, never a grade. */
  feedback: { item: string; question: string; right: boolean; text: string }[];
  /** Questions only: resources that may answer it. Shown beside, never instead (S0-28). */
  suggested: { key: string; title: string; url: string | null; minutes: number }[];
  questionId: string | null;
}

export declare function recordAct(parts: Parts, input: RecordActInput): Promise<Result<ActRecorded>>;
