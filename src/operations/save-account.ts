import { readAccountRow } from "../domain/accounts/account-row.ts";
import { CellProblem, type Row } from "../domain/accounts/cells.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Account } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface SaveAccountInput {
  workspaceId: string;
  /** Null: a new account. */
  accountId: string | null;
  /** By the names of the import's columns; here an empty field clears what was there. */
  row: Row;
  /** Who owns it on our side; null: nobody. */
  csmId: string | null;
  actor: Actor;
}

/** Writes one account as a form holds it, by the same rules as an import (domain.md B1). */
export async function saveAccount(
  parts: Parts,
  input: SaveAccountInput,
): Promise<Result<{ account: Account }>> {
  const { workspaceId, accountId, csmId, actor } = input;
  const read = readRow(input.row);
  if (!read.ok) return read;
  const { fields } = read;
  const workspace = await getWorkspace(parts.db, workspaceId);
  return transact(parts, async (tx) => {
    const before =
      accountId === null ? null : await tx.account.findFirst({ where: { workspaceId, id: accountId } });
    if (accountId !== null && before === null)
      return refuse("unknown-account", "account", "There is no such account.", "Go back to the list.");
    if ((await findProduct(tx, workspaceId, fields.productKey)) === null)
      return refuse(
        "no-product",
        "product",
        `There is no product “${fields.productKey}”.`,
        "Use the key of a product of this workspace; an admin adds one under Settings, Products.",
      );
    if (csmId !== null && (await tx.user.count({ where: { workspaceId, id: csmId } })) === 0)
      return refuse("no-csm", "csm", "There is no such person here.", "Choose somebody from the list.");
    const taken =
      fields.externalRef === undefined
        ? null
        : await tx.account.findFirst({ where: { workspaceId, externalRef: fields.externalRef } });
    if (taken !== null && taken.id !== accountId)
      return refuse(
        "already-used",
        "external_ref",
        `“${taken.name}” has this reference already.`,
        "Use the reference of this account.",
      );
    const data = {
      name: fields.name,
      productKey: fields.productKey,
      externalRef: fields.externalRef ?? null,
      domains: fields.domains ?? [],
      industry: fields.industry ?? null,
      segment: fields.segment ?? "mid_market",
      tier: fields.tier ?? "mid",
      arrMinor: fields.arrMinor ?? 0n,
      currency: fields.currency ?? workspace.baseCurrency,
      renewalOn: fields.renewalOn ?? null,
      zone: fields.zone ?? workspace.reportZone,
      holidayCountry: fields.holidayCountry ?? null,
      workWeek: fields.workWeek ?? [],
      closedDays: fields.closedDays ?? [],
      csmId,
    };
    const account =
      before === null
        ? await tx.account.create({ data: { ...data, workspaceId } })
        : await tx.account.update({ where: { id: before.id }, data });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: before === null ? "account-added" : "account-changed",
      subjectType: "account",
      subjectId: account.id,
      ...(before === null ? {} : { before }),
      after: account,
    });
    return { ok: true, account };
  });
}

function readRow(row: Row): Result<{ fields: ReturnType<typeof readAccountRow> }> {
  try {
    return { ok: true, fields: readAccountRow(row) };
  } catch (problem) {
    if (!(problem instanceof CellProblem)) throw problem;
    return refuse("invalid-account", problem.column, problem.message, problem.remedy);
  }
}
