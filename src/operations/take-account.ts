import { recordAudit } from "../drivers/store/audit.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { Account } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/**
 * Makes somebody the CSM of an account that nobody owns, and of the duties in it that nobody has. Asked for
 * twice it is done once; an account that somebody else has taken meanwhile stays theirs.
 */
export function takeAccount(
  parts: Parts,
  input: { workspaceId: string; accountId: string; userId: string; actor: Actor },
): Promise<Result<{ account: Account }>> {
  const { workspaceId, accountId, userId, actor } = input;
  return transact(parts, async (tx) => {
    const before = await lockAccount(tx, workspaceId, accountId);
    if (before === null)
      return refuse("unknown-account", "accountId", "There is no such account.", "Reload the page.");
    if (before.csmId === userId) return { ok: true, account: before };
    if (before.csmId !== null)
      return refuse(
        "already-owned",
        "accountId",
        "Somebody else has taken this account meanwhile.",
        "Reload the page to see who, and talk to them.",
      );
    const user = await tx.user.findFirst({ where: { workspaceId, id: userId, status: "active" } });
    if (user === null)
      return refuse("unknown-user", "userId", "There is no such active person.", "Choose somebody else.");
    const account = await tx.account.update({ where: { id: accountId }, data: { csmId: userId } });
    const { count } = await tx.csmTask.updateMany({
      where: { workspaceId, userId: null, doneAt: null, case: { accountId } },
      data: { userId },
    });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: "account-taken",
      subjectType: "account",
      subjectId: accountId,
      before: { csmId: null },
      after: { csmId: userId, duties: count },
    });
    return { ok: true, account };
  });
}
