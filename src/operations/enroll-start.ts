import type { Account, Contact, Prisma } from "../drivers/store/generated/client.ts";
import { LIVE_STATUSES } from "./may-enroll.ts";
import type { Parts } from "./parts.ts";

export interface UnfinishedCase {
  caseId: string;
  account: Pick<Account, "id" | "name">;
  leaverName: string | null;
  successorName: string | null;
  detectedAt: Date;
}

export interface AccountChoice {
  id: string;
  name: string;
  productName: string;
  mainContact: string | null;
  arrMinor: bigint;
  currency: string;
  /** An open case that nobody of is enrolled yet: choosing the account goes on there. */
  unfinished: UnfinishedCase | null;
}

const UNFINISHED_SHOWN = 3;
const ACCOUNTS_SHOWN = 7;
/** How far back "recently used" looks in the record of who did what. */
const AUDIT_LOOKED_AT = 300;

/** What the wizard opens with: cases to go on with, then accounts by search or by recent use. Reads only. */
export async function enrollStart(
  parts: Parts,
  input: { workspaceId: string; userId: string; search: string },
): Promise<{ unfinished: UnfinishedCase[]; accounts: AccountChoice[]; more: boolean }> {
  const { workspaceId, userId, search } = input;
  const unfinished = search === "" ? await unfinishedCases(parts, workspaceId, { userId }) : [];
  const taken = unfinished.map(({ account }) => account.id);
  const found =
    search === ""
      ? await familiar(parts, workspaceId, userId, taken)
      : await parts.db.account.findMany({
          where: {
            workspaceId,
            OR: [
              { name: { contains: search, mode: "insensitive" } },
              { domains: { has: search.toLowerCase() } },
              { externalRef: search },
            ],
          },
          orderBy: { name: "asc" },
          take: ACCOUNTS_SHOWN + 1,
        });
  const shown = found.slice(0, search === "" ? ACCOUNTS_SHOWN - unfinished.length : ACCOUNTS_SHOWN);
  const accounts = await describe(parts, workspaceId, shown);
  return { unfinished, accounts, more: found.length > shown.length };
}

/** Open cases in which nobody is or was enrolled: one's own first, newest first. */
async function unfinishedCases(
  parts: Parts,
  workspaceId: string,
  of: { userId: string } | { accountIds: readonly string[] },
): Promise<UnfinishedCase[]> {
  const where: Prisma.CaseWhereInput = {
    workspaceId,
    status: { in: ["detected", "triaged", "covering", "replacement_identified"] },
    roleOutcome: { not: "leaving_space" },
    enrollments: { none: { audience: "contact", status: { in: [...LIVE_STATUSES, "completed"] } } },
  };
  const cases = await parts.db.case.findMany({
    where:
      "userId" in of
        ? { ...where, OR: [{ account: { csmId: of.userId } }, { openedBy: `user:${of.userId}` }] }
        : { ...where, accountId: { in: [...of.accountIds] } },
    include: { account: { select: { id: true, name: true } } },
    orderBy: { createdAt: "desc" },
    ...("userId" in of ? { take: UNFINISHED_SHOWN } : {}),
  });
  const ids = cases
    .flatMap((one) => [one.departedContactId, one.replacementContactId])
    .flatMap((id) => id ?? []);
  const people = await parts.db.contact.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null;
  return cases.map((one) => ({
    caseId: one.id,
    account: one.account,
    leaverName: nameOf(one.departedContactId),
    successorName: nameOf(one.replacementContactId),
    detectedAt: one.detectedAt,
  }));
}

/** What this person worked on last, then their own accounts, then any. */
async function familiar(
  parts: Parts,
  workspaceId: string,
  userId: string,
  without: readonly string[],
): Promise<Account[]> {
  const recent = await recentAccountIds(parts, workspaceId, userId);
  const ids = recent.filter((id) => !without.includes(id)).slice(0, ACCOUNTS_SHOWN);
  const used = await parts.db.account.findMany({ where: { workspaceId, id: { in: ids } } });
  used.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  const rest = { workspaceId, id: { notIn: [...without, ...used.map(({ id }) => id)] } };
  const take = ACCOUNTS_SHOWN + 1 - used.length;
  const orderBy = { name: "asc" as const };
  const own = await parts.db.account.findMany({ where: { ...rest, csmId: userId }, orderBy, take });
  if (used.length + own.length > ACCOUNTS_SHOWN) return [...used, ...own];
  const others = await parts.db.account.findMany({
    where: { ...rest, OR: [{ csmId: null }, { csmId: { not: userId } }] },
    orderBy,
    take: take - own.length,
  });
  return [...used, ...own, ...others];
}

async function recentAccountIds(parts: Parts, workspaceId: string, userId: string): Promise<string[]> {
  const entries = await parts.db.auditEntry.findMany({
    where: { workspaceId },
    orderBy: { id: "desc" },
    take: AUDIT_LOOKED_AT,
    select: { actor: true, subjectType: true, subjectId: true },
  });
  const mine = entries.filter(({ actor }) => actor === `user:${userId}`);
  const caseIds = mine.filter(({ subjectType }) => subjectType === "case").map(({ subjectId }) => subjectId);
  const cases = await parts.db.case.findMany({
    where: { workspaceId, id: { in: caseIds } },
    select: { id: true, accountId: true },
  });
  const accountOf = new Map(cases.map(({ id, accountId }) => [id, accountId]));
  const ids = mine.flatMap(({ subjectType, subjectId }) =>
    subjectType === "account" ? [subjectId] : [accountOf.get(subjectId) ?? []].flat(),
  );
  return [...new Set(ids)];
}

async function describe(
  parts: Parts,
  workspaceId: string,
  accounts: readonly Account[],
): Promise<AccountChoice[]> {
  const ids = accounts.map(({ id }) => id);
  const [products, contacts, cases] = await Promise.all([
    parts.db.product.findMany({ where: { workspaceId } }),
    parts.db.contact.findMany({
      where: {
        workspaceId,
        accountId: { in: ids },
        roles: { has: "poc" },
        NOT: { roles: { has: "departed" } },
      },
      select: { accountId: true, name: true },
      orderBy: { createdAt: "asc" },
    }) satisfies Promise<Pick<Contact, "accountId" | "name">[]>,
    unfinishedCases(parts, workspaceId, { accountIds: ids }),
  ]);
  return accounts.map((account) => ({
    id: account.id,
    name: account.name,
    productName: products.find(({ key }) => key === account.productKey)?.name ?? account.productKey,
    mainContact: contacts.find(({ accountId }) => accountId === account.id)?.name ?? null,
    arrMinor: account.arrMinor,
    currency: account.currency,
    unfinished: cases.find((one) => one.account.id === account.id) ?? null,
  }));
}
