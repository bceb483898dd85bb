import { recordAudit } from "../drivers/store/audit.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";

/** That a list left the product as a file, how long it was and who took it (trust.md 6, audit). */
export async function recordExport(
  parts: Parts,
  input: { workspaceId: string; what: string; rows: number; actor: Actor },
): Promise<void> {
  const { workspaceId, what, rows, actor } = input;
  await recordAudit(parts.db, {
    workspaceId,
    at: parts.clock.now(),
    actor,
    action: "list-exported",
    subjectType: "export",
    subjectId: what,
    after: { rows },
  });
}
