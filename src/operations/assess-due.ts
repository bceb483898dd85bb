import type { Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";

/** The daily pass: every enrollment whose assessment is due, in batches. Called by the worker. */
export async function assessDue(
  parts: Parts,
  input: { limit?: number } = {},
): Promise<{ looked: number; signalled: number }> {
  const now = parts.clock.now();
  const due = await parts.db.enrollment.findMany({
    where: {
      assessDueAt: { lte: now },
      audience: "contact",
      status: { in: ["pending", "active", "paused", "blocked", "completed"] },
    },
    orderBy: { assessDueAt: "asc" },
    take: input.limit ?? 200,
    select: { id: true, workspaceId: true },
  });
  let signalled = 0;
  for (const { id, workspaceId } of due) {
    // Two workers on the same row: the second one finds the first one's assessment of this instant.
    const refreshed = await refreshReadiness(parts, {
      workspaceId,
      enrollmentId: id,
      cause: "daily",
      at: now,
    });
    if (refreshed.signalled) signalled += 1;
  }
  return { looked: due.length, signalled };
}
