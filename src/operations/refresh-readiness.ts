import type { Readiness, Verdict } from "../domain/readiness/readiness.ts";
import type { Parts } from "./parts.ts";

export interface RefreshInput {
  workspaceId: string;
  enrollmentId: string;
  cause: "daily" | "act" | "recompute";
  at?: Date;
}
export interface Refreshed {
  /** Null: this enrollment has no readiness (a sponsor's, or ended). */
  readiness: Readiness | null;
  assessmentId: string | null;
  changedFrom: Verdict | null;
  signalled: boolean;
}
/** Assesses from the log alone, stores when daily or changed, signals once when the verdict changes. */
export declare function refreshReadiness(parts: Parts, input: RefreshInput): Promise<Refreshed>;
