import type { Prisma } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";

export interface AccountLine {
  id: string;
  name: string;
  segment: string;
  tier: string;
  zone: string;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
  csm: { name: string } | null;
  sponsorContactId: string | null;
  people: number;
  openCaseId: string | null;
}
export interface ContactLine {
  id: string;
  name: string;
  email: string | null;
  title: string | null;
  roles: string[];
  mailStatus: string;
  account: { id: string; name: string };
}
interface Page {
  workspaceId: string;
  search: string;
  page: number;
  perPage: number;
}

/** One page of the accounts by name. `csmId`: only this person's; "nobody": those without an owner. */
export async function listAccounts(
  db: Db,
  input: Page & { csmId?: string | "nobody" },
): Promise<{ total: number; rows: AccountLine[] }> {
  const { workspaceId, search, page, perPage, csmId } = input;
  const where: Prisma.AccountWhereInput = {
    workspaceId,
    ...(search === "" ? {} : matching(search)),
    ...(csmId === undefined ? {} : { csmId: csmId === "nobody" ? null : csmId }),
  };
  const [total, rows] = await Promise.all([
    db.account.count({ where }),
    db.account.findMany({
      where,
      select: {
        id: true,
        name: true,
        segment: true,
        tier: true,
        zone: true,
        arrMinor: true,
        currency: true,
        renewalOn: true,
        sponsorContactId: true,
        csm: { select: { name: true } },
        cases: { where: { status: { not: "closed" } }, select: { id: true }, take: 1 },
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      skip: (page - 1) * perPage,
      take: perPage,
    }),
  ]);
  // Counted for these few only: a count beside each row would group every contact of the workspace.
  const people = await db.contact.groupBy({
    by: ["accountId"],
    where: { workspaceId, accountId: { in: rows.map((row) => row.id) } },
    _count: true,
  });
  const peopleOf = new Map(people.map((row) => [row.accountId, row._count]));
  return {
    total,
    rows: rows.map(({ cases, ...row }) => ({
      ...row,
      people: peopleOf.get(row.id) ?? 0,
      openCaseId: cases[0]?.id ?? null,
    })),
  };
}

/** A name, a domain or a reference: what people type to find an account. */
function matching(search: string): Prisma.AccountWhereInput {
  return {
    OR: [
      { name: { contains: search, mode: "insensitive" } },
      { domains: { has: search.toLowerCase() } },
      { externalRef: search },
    ],
  };
}

/** One page of the contacts of every account, by name. */
export async function listAllContacts(db: Db, input: Page): Promise<{ total: number; rows: ContactLine[] }> {
  const { workspaceId, search, page, perPage } = input;
  const where: Prisma.ContactWhereInput = {
    workspaceId,
    ...(search === ""
      ? {}
      : {
          OR: [
            { name: { contains: search, mode: "insensitive" } },
            { email: { contains: search, mode: "insensitive" } },
            { externalRef: search },
          ],
        }),
  };
  const orderBy: Prisma.ContactOrderByWithRelationInput[] = [{ name: "asc" }, { id: "asc" }];
  // Far on in the list most of the work is passing over rows: only their ids are read for that.
  const [total, onPage] = await Promise.all([
    db.contact.count({ where }),
    db.contact.findMany({
      where,
      select: { id: true },
      orderBy,
      skip: (page - 1) * perPage,
      take: perPage,
    }),
  ]);
  const rows = await db.contact.findMany({
    where: { workspaceId, id: { in: onPage.map(({ id }) => id) } },
    select: {
      id: true,
      name: true,
      email: true,
      title: true,
      roles: true,
      mailStatus: true,
      account: { select: { id: true, name: true } },
    },
    orderBy,
  });
  return { total, rows };
}
