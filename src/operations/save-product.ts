import { parseCadence } from "../domain/calendar/span.ts";
import { readName } from "../domain/sending/addresses.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Product } from "../drivers/store/generated/client.ts";
import { lockWorkspace } from "../drivers/store/versions.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface SaveProductInput {
  workspaceId: string;
  /** Null: a new one. */
  productId: string | null;
  /** What imports and accounts call it; of a known product it stays, since accounts hold it. */
  key: string;
  /** As mails and pages call it. */
  name: string;
  /** "daily", "weekly", "every 2 business days"; empty: each program's own. */
  cadence: string;
  actor: Actor;
}

const LONGEST_NAME = 120;

/** Adds a product, or changes what one is called and how often its programs write. A program that runs keeps its pace. */
export function saveProduct(parts: Parts, input: SaveProductInput): Promise<Result<{ product: Product }>> {
  const { workspaceId, productId, actor } = input;
  const key = input.key.trim().toLowerCase();
  const name = readName(input.name);
  const cadence = input.cadence.trim().toLowerCase() || null;
  const problem = badKey(productId === null ? key : "known") ?? badName(name) ?? badCadence(cadence);
  if (problem !== null) return Promise.resolve({ ok: false, problem });
  return transact(parts, async (tx) => {
    // One writer at a time, so that two of one name see each other.
    await lockWorkspace(tx, workspaceId);
    const all = await tx.product.findMany({ where: { workspaceId } });
    const before = all.find(({ id }) => id === productId) ?? null;
    if (productId !== null && before === null)
      return refuse("unknown-product", "product", "There is no such product.", "Go back to the list.");
    const others = all.filter(({ id }) => id !== productId);
    const sameKey = before === null ? others.find((one) => one.key === key) : undefined;
    if (sameKey !== undefined)
      return refuse(
        "already-a-product",
        "key",
        `“${sameKey.name}” has this key already.`,
        "Choose another key, or change that product.",
      );
    const sameName = others.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (sameName !== undefined)
      return refuse(
        "already-a-product",
        "name",
        `There is a product of this name already, with the key “${sameName.key}”.`,
        "Choose another name: mails could not tell the two apart.",
      );
    const product =
      before === null
        ? await tx.product.create({ data: { workspaceId, key, name, cadence } })
        : await tx.product.update({ where: { id: before.id }, data: { name, cadence } });
    if (before !== null && before.name === name && before.cadence === cadence) return { ok: true, product };
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: before === null ? "product-added" : "product-changed",
      subjectType: "product",
      subjectId: product.id,
      ...(before === null ? {} : { before: { name: before.name, cadence: before.cadence } }),
      after: { key: product.key, name, cadence },
    });
    return { ok: true, product };
  });
}

function badKey(key: string): Refusal | null {
  if (/^[a-z0-9][a-z0-9_-]{0,59}$/.test(key)) return null;
  return {
    code: "bad-key",
    place: "key",
    message: key === "" ? "There is no key." : `“${key}” is not a key.`,
    remedy: "Use small letters, digits and hyphens, such as campaigns.",
  };
}

function badName(name: string): Refusal | null {
  if (name === "")
    return {
      code: "name-needed",
      place: "name",
      message: "There is no name.",
      remedy: "Write what mails call it.",
    };
  if (name.length <= LONGEST_NAME) return null;
  const message = `The name is longer than ${LONGEST_NAME} characters.`;
  return { code: "too-long", place: "name", message, remedy: "Shorten it." };
}

function badCadence(cadence: string | null): Refusal | null {
  if (cadence === null) return null;
  try {
    parseCadence(cadence);
    return null;
  } catch {
    // Only the words are wrong; what to write instead is the same for all of them.
    return {
      code: "bad-cadence",
      place: "cadence",
      message: `“${cadence}” is not a cadence.`,
      remedy: "Write daily, weekly or every 2 business days, or leave it empty.",
    };
  }
}
