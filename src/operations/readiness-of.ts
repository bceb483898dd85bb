import type { Agenda, Readiness } from "../domain/readiness/readiness.ts";
import type { Parts } from "./parts.ts";

export interface ReadinessView {
  enrollmentId: string;
  contactName: string;
  accountName: string;
  sequenceName: string;
  readiness: Readiness | null;
  agenda: Agenda | null;
  history: { at: Date; verdict: string; score: number }[];
}
/** The readiness as it stands at this moment, computed and not stored. Null: no such enrollment. */
export declare function readinessOf(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; at?: Date },
): Promise<ReadinessView | null>;
