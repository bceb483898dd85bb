import type { Parts } from "./parts.ts";

export interface UnsubscribeInput {
  /** From the signed link of a mail … */
  sendId?: string;
  /** … or the stop button of the contact's page. */
  enrollmentId?: string;
  source: "one-click" | "page" | "reply" | "csm";
  at?: Date;
}
/** Immediate and repeatable: address suppressed, enrollment exited, planned sends suppressed. False: nothing by that id. */
export declare function unsubscribe(
  parts: Parts,
  input: UnsubscribeInput,
): Promise<{ done: boolean; email: string | null; repeated: boolean }>;
