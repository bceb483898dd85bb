import { ACCOUNT_COLUMNS } from "../domain/accounts/account-row.ts";
import { CONTACT_COLUMNS } from "../domain/accounts/contact-row.ts";
import { minorDigits } from "../domain/accounts/money.ts";
import { type Cell, writeCsv } from "../domain/accounts/write-csv.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { recordExport } from "./record-export.ts";

/** Read in slices, so that a hundred thousand people never stand in memory as rows at once. */
const SLICE = 2000;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

interface Input {
  workspaceId: string;
  actor: Actor;
}

/** Every account, in the columns of the import: what goes out comes in again unchanged (S0-24). */
export async function exportAccounts(parts: Parts, input: Input): Promise<string> {
  const { workspaceId } = input;
  const [users, rows] = await Promise.all([
    parts.db.user.findMany({ where: { workspaceId }, select: { id: true, email: true } }),
    inSlices((after) =>
      parts.db.account.findMany({
        where: { workspaceId, ...(after === null ? {} : { id: { gt: after } }) },
        orderBy: { id: "asc" },
        take: SLICE,
      }),
    ),
  ]);
  const emailOf = (id: string | null) => users.find((user) => user.id === id)?.email;
  const lines = rows.map((row): Cell[] => [
    row.externalRef,
    row.name,
    row.domains,
    row.industry,
    row.segment,
    row.tier,
    row.productKey,
    money(row.arrMinor, row.currency),
    row.currency,
    row.renewalOn === null ? null : dayOf(row.renewalOn),
    row.zone,
    row.holidayCountry,
    row.workWeek.map((day) => DAYS[day - 1] ?? ""),
    row.closedDays.map(dayOf),
    emailOf(row.csmId),
    emailOf(row.salesOwnerId),
  ]);
  await recordExport(parts, { ...input, what: "accounts", rows: lines.length });
  return writeCsv(ACCOUNT_COLUMNS, lines);
}

/** Every contact, in the columns of the import. */
export async function exportContacts(parts: Parts, input: Input): Promise<string> {
  const { workspaceId } = input;
  const rows = await inSlices((after) =>
    parts.db.contact.findMany({
      where: { workspaceId, ...(after === null ? {} : { id: { gt: after } }) },
      include: { account: { select: { externalRef: true, name: true, sponsorContactId: true } } },
      orderBy: { id: "asc" },
      take: SLICE,
    }),
  );
  const lines = rows.map((row): Cell[] => [
    row.externalRef,
    row.account.externalRef ?? row.account.name,
    row.name,
    row.firstName,
    row.email,
    row.title,
    row.zone,
    row.language,
    row.roles,
    row.account.sponsorContactId === row.id ? "yes" : null,
    row.stance,
    row.influence,
    row.startOn === null ? null : dayOf(row.startOn),
    row.endOn === null ? null : dayOf(row.endOn),
  ]);
  await recordExport(parts, { ...input, what: "contacts", rows: lines.length });
  return writeCsv(CONTACT_COLUMNS, lines);
}

async function inSlices<T extends { id: string }>(
  read: (after: string | null) => Promise<T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | null = null; ; ) {
    const slice: T[] = await read(after);
    all.push(...slice);
    after = slice.at(-1)?.id ?? null;
    if (slice.length < SLICE) return all;
  }
}

/** Minor units as the plain number an import reads: 2800000 USD cents → "28000". */
export function money(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return minor.toString();
  const text = minor.toString().padStart(digits + 1, "0");
  const cents = text.slice(-digits);
  return /^0+$/.test(cents) ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${cents}`;
}
