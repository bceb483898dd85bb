import { readDay } from "../domain/accounts/cells.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { Prisma, ValueStatement } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface AddValueInput {
  workspaceId: string;
  accountId: string;
  metric: string;
  unit: string;
  baseline: string;
  current: string;
  period: string;
  /** In minor units of the account's currency; null: nobody has put a price on it. */
  moneyMinor: bigint | null;
  source: string;
  /** YYYY-MM-DD. */
  capturedOn: string;
  /** Who at the account confirmed it; null: nobody yet. Only what is confirmed stands on the page for the boss (S0-46). */
  confirmedByContactId: string | null;
  visibility: "customer" | "internal";
  actor: Actor;
}

const LONGEST = 200;
const NEEDED = {
  metric: "Write what is measured.",
  baseline: "Write how it was before: without it nobody sees what changed.",
  current: "Write how it is today.",
  period: "Write over which time: a month, since March.",
  source: "Write where the number comes from, so that whoever reads it can check.",
} as const;

/** Keeps what the product has brought (S1-24). The same number of the same day is kept once. */
export function addValue(
  parts: Parts,
  input: AddValueInput,
): Promise<Result<{ value: ValueStatement; repeated: boolean }>> {
  const { workspaceId, accountId, actor, confirmedByContactId } = input;
  const { metric, unit, baseline, current, period, source } = input;
  const texts = trimmed({ metric, unit, baseline, current, period, source });
  const problem = badTexts(texts) ?? badDay(input.capturedOn);
  if (problem !== null) return Promise.resolve({ ok: false, problem });
  return transact(parts, async (tx) => {
    if ((await lockAccount(tx, workspaceId, accountId)) === null)
      return refuse("unknown-account", "accountId", "There is no such account.", "Add the account first.");
    const stranger = await notOfAccount(tx, workspaceId, accountId, confirmedByContactId);
    if (stranger !== null) return { ok: false, problem: stranger };
    const { value, repeated } = await keepValue(tx, {
      ...texts,
      workspaceId,
      accountId,
      moneyMinor: input.moneyMinor,
      capturedOn: dateColumn(input.capturedOn),
      confirmedBy: confirmedByContactId === null ? null : `contact:${confirmedByContactId}`,
      visibility: input.visibility,
    });
    if (repeated) return { ok: true, value, repeated };
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: "value-added",
      subjectType: "value-statement",
      subjectId: value.id,
      after: { accountId, metric: value.metric, current: value.current, visibility: value.visibility },
    });
    return { ok: true, value, repeated };
  });
}

/** Within a transaction that holds the account: two of the same at once must not both find it missing. */
export async function keepValue(
  tx: Db,
  data: Prisma.ValueStatementUncheckedCreateInput,
): Promise<{ value: ValueStatement; repeated: boolean }> {
  const { workspaceId, accountId, metric, period, current, capturedOn } = data;
  const known = await tx.valueStatement.findFirst({
    where: { workspaceId, accountId, metric, period, current, capturedOn },
  });
  if (known !== null) return { value: known, repeated: true };
  return { value: await tx.valueStatement.create({ data }), repeated: false };
}

/** Only somebody of the account can confirm a number of theirs. */
export async function notOfAccount(
  db: Db,
  workspaceId: string,
  accountId: string,
  contactId: string | null,
): Promise<Refusal | null> {
  if (contactId === null) return null;
  const count = await db.contact.count({
    where: { workspaceId, accountId, id: contactId, erasedAt: null },
  });
  if (count === 1) return null;
  return {
    code: "no-such-person",
    place: "confirmedByContactId",
    message: "This person is not on record at the account.",
    remedy: "Choose somebody of the account, or nobody.",
  };
}

function trimmed<T extends Record<string, string>>(texts: T): T {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()])) as T;
}

function badTexts(texts: Record<string, string>): Refusal | null {
  for (const [place, remedy] of Object.entries(NEEDED))
    if (texts[place] === "") return { code: "value-needed", place, message: "This is empty.", remedy };
  const long = Object.entries(texts).find(([, text]) => text.length > LONGEST);
  if (long === undefined) return null;
  const message = `This is longer than ${LONGEST} characters.`;
  return { code: "too-long", place: long[0], message, remedy: "Shorten it." };
}

function badDay(day: string): Refusal | null {
  if (readDay(day) !== null) return null;
  const remedy = "Write dates as YYYY-MM-DD, like 2026-11-30.";
  return { code: "bad-date", place: "capturedOn", message: `"${day}" is not a date.`, remedy };
}
