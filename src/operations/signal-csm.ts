import type { Db, Parts } from "./parts.ts";

export interface SignalInput {
  workspaceId: string;
  enrollmentId: string;
  kind: "verdict_changed" | "meeting_requested";
  fromVerdict: string | null;
  toVerdict: string;
  assessmentId: string | null;
  /** "verdict.<assessmentId>", "meeting.<meetingId>". */
  dedupeKey: string;
  at: Date;
}
/**
 * One signal, one mail to the CSM (a Send of kind `signal`, stepKey `signal.<signalId>`) and one delivery
 * per webhook endpoint, all in the caller's transaction. Null: already signalled.
 */
export declare function signalCsm(
  db: Db,
  parts: Parts,
  input: SignalInput,
): Promise<{ signalId: string; sendId: string | null; deliveryIds: string[] } | null>;
