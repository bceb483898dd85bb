import type { Parts } from "./parts.ts";

/** The daily pass: every enrollment whose assessment is due, in batches. Called by the worker. */
export declare function assessDue(
  parts: Parts,
  input?: { limit?: number },
): Promise<{ looked: number; signalled: number }>;
