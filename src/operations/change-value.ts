import { recordAudit } from "../drivers/store/audit.ts";
import type { ValueStatement } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { notOfAccount } from "./add-value.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface ChangeValueInput {
  workspaceId: string;
  valueId: string;
  visibility?: "customer" | "internal";
  /** Null takes a confirmation back. */
  confirmedByContactId?: string | null;
  actor: Actor;
}

/**
 * Who may read a number, and who at the account stands for it. The number itself never changes: a newer one
 * is added beside it, so that the history stays readable (S1-24).
 */
export function changeValue(
  parts: Parts,
  input: ChangeValueInput,
): Promise<Result<{ value: ValueStatement }>> {
  const { workspaceId, valueId, visibility, confirmedByContactId, actor } = input;
  return transact(parts, async (tx) => {
    const before = await tx.valueStatement.findFirst({ where: { workspaceId, id: valueId } });
    if (before === null)
      return refuse("unknown-value", "valueId", "There is no such number.", "Reload the account's page.");
    const stranger = await notOfAccount(tx, workspaceId, before.accountId, confirmedByContactId ?? null);
    if (stranger !== null) return { ok: false, problem: stranger };
    const value = await tx.valueStatement.update({
      where: { id: valueId },
      data: {
        ...(visibility === undefined ? {} : { visibility }),
        ...(confirmedByContactId === undefined
          ? {}
          : { confirmedBy: confirmedByContactId === null ? null : `contact:${confirmedByContactId}` }),
      },
    });
    if (value.visibility === before.visibility && value.confirmedBy === before.confirmedBy)
      return { ok: true, value };
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: "value-changed",
      subjectType: "value-statement",
      subjectId: valueId,
      before: { visibility: before.visibility, confirmedBy: before.confirmedBy },
      after: { visibility: value.visibility, confirmedBy: value.confirmedBy },
    });
    return { ok: true, value };
  });
}
