import { isZone } from "../domain/calendar/zones.ts";
import { readName } from "../domain/sending/addresses.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Account } from "../drivers/store/generated/client.ts";
import { lockWorkspace } from "../drivers/store/versions.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface AddAccountInput {
  workspaceId: string;
  /** Of the new row, made with the form: a form that comes twice makes one account. */
  id: string;
  name: string;
  productKey: string;
  /** IANA. */
  zone: string;
  csmId: string | null;
  actor: Actor;
}

const LONGEST = 200;

/** Adds an account with the least that a program needs; the rest can be imported or edited later. */
export function addAccount(
  parts: Parts,
  input: AddAccountInput,
): Promise<Result<{ account: Account; repeated: boolean }>> {
  const { workspaceId, id } = input;
  const name = readName(input.name);
  const zone = input.zone.trim();
  return transact(parts, async (tx) => {
    if (name === "") return refuse("name-needed", "name", "There is no name.", "Write the account's name.");
    if (name.length > LONGEST)
      return refuse("too-long", "name", `The name is longer than ${LONGEST} characters.`, "Shorten it.");
    if (!isZone(zone))
      return refuse("zone-unknown", "zone", `"${zone}" is not a time zone.`, "Use a name like Europe/Oslo.");
    if ((await findProduct(tx, workspaceId, input.productKey)) === null)
      return refuse("product-unknown", "product", "There is no such product.", "Choose one of the list.");
    // One writer at a time, so that two posts of one form, or of one name, see each other.
    await lockWorkspace(tx, workspaceId);
    const same = await tx.account.findFirst({ where: { workspaceId, id } });
    if (same !== null) return { ok: true, account: same, repeated: true };
    const named = await tx.account.findFirst({
      where: { workspaceId, name: { equals: name, mode: "insensitive" } },
    });
    if (named !== null)
      return refuse(
        "name-taken",
        "name",
        `There is an account "${named.name}" already.`,
        "Choose it from the list.",
      );
    const now = parts.clock.now();
    const account = await tx.account.create({
      data: { id, workspaceId, name, zone, productKey: input.productKey, csmId: input.csmId, createdAt: now },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor: input.actor,
      action: "account-added",
      subjectType: "account",
      subjectId: id,
      after: { name, zone, productKey: input.productKey },
    });
    return { ok: true, account, repeated: false };
  });
}
