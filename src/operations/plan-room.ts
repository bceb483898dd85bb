import { type Goal, PARTIES, type Party } from "../domain/accounts/success-plan.ts";
import type { Account, Contact, ValueStatement } from "../drivers/store/generated/client.ts";
import { listPlanVersions, type PlanWithAgreements } from "../drivers/store/success-plans.ts";
import type { Db, Parts } from "./parts.ts";
import { goalsOf } from "./success-plans.ts";

export interface PlanVersion {
  version: number;
  state: string;
  direction: string;
  goals: Goal[];
  createdAt: Date;
  /** Who wrote it, by name. */
  writtenBy: string;
  /** All three parties, whether they said yes or not. `who` is who did, else who is asked; null: nobody known. */
  agreements: { party: Party; who: string | null; at: Date | null }[];
}

/** The success plan of an account with its history, and what the product has brought. */
export interface PlanRoom {
  account: Account;
  contacts: Pick<Contact, "id" | "name">[];
  /** The version that stands; null while nothing is written down. */
  current: PlanVersion | null;
  /** Newest first, the one that stands among them. */
  versions: PlanVersion[];
  values: (ValueStatement & { confirmedByName: string | null })[];
}

/** Null: no such account. */
export async function planRoom(
  parts: Parts,
  input: { workspaceId: string; accountId: string },
): Promise<PlanRoom | null> {
  const { db } = parts;
  const { workspaceId, accountId } = input;
  const where = { workspaceId, accountId };
  const [found, contacts, plans, values, open] = await Promise.all([
    db.account.findFirst({
      where: { workspaceId, id: accountId },
      include: { csm: { select: { name: true } } },
    }),
    db.contact.findMany({
      where,
      select: { id: true, name: true, roles: true, erasedAt: true },
      orderBy: { id: "asc" },
    }),
    listPlanVersions(db, workspaceId, accountId),
    db.valueStatement.findMany({ where, orderBy: [{ capturedOn: "desc" }, { id: "desc" }] }),
    db.case.findFirst({
      where: { ...where, status: { not: "closed" }, replacementContactId: { not: null } },
      orderBy: { detectedAt: "desc" },
    }),
  ]);
  if (found === null) return null;
  const { csm, ...account } = found;
  const actors = [
    ...plans.flatMap(({ createdBy, agreements }) => [
      createdBy,
      ...agreements.map(({ acceptedBy }) => acceptedBy),
    ]),
    ...values.map(({ confirmedBy }) => confirmedBy ?? ""),
  ];
  const nameOf = await actorNames(db, workspaceId, contacts, actors);
  const person = (id: string | null | undefined) =>
    contacts.find((contact) => contact.id === id)?.name ?? null;
  const asked: Record<Party, string | null> = {
    contact:
      person(open?.replacementContactId) ?? contacts.find(({ roles }) => roles.includes("poc"))?.name ?? null,
    sponsor: person(account.sponsorContactId),
    csm: csm?.name ?? null,
  };
  const versions = plans.map((plan) => versionOf(plan, asked, nameOf));
  return {
    account,
    contacts: contacts.filter(({ roles, erasedAt }) => erasedAt === null && !roles.includes("departed")),
    current: versions[0] ?? null,
    versions,
    values: values.map((value) => ({
      ...value,
      confirmedByName: value.confirmedBy === null ? null : nameOf(value.confirmedBy),
    })),
  };
}

function versionOf(
  plan: PlanWithAgreements,
  asked: Record<Party, string | null>,
  nameOf: (actor: string) => string,
): PlanVersion {
  const { version, state, direction, createdAt, createdBy, agreements } = plan;
  return {
    version,
    state,
    direction,
    goals: goalsOf(plan),
    createdAt,
    writtenBy: nameOf(createdBy),
    agreements: PARTIES.map((party) => {
      const yes = agreements.find((agreement) => agreement.party === party);
      if (yes === undefined) return { party, who: asked[party], at: null };
      return { party, who: nameOf(yes.acceptedBy), at: yes.acceptedAt };
    }),
  };
}

async function actorNames(
  db: Db,
  workspaceId: string,
  contacts: readonly { id: string; name: string }[],
  actors: readonly string[],
): Promise<(actor: string) => string> {
  const ids = actors.filter((actor) => actor.startsWith("user:")).map((actor) => actor.slice("user:".length));
  const users = await db.user.findMany({
    where: { workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map([
    ...users.map(({ id, name }): [string, string] => [`user:${id}`, name]),
    ...contacts.map(({ id, name }): [string, string] => [`contact:${id}`, name]),
  ]);
  return (actor) => names.get(actor) ?? (actor.startsWith("token:") ? "another program" : "Baton");
}
