import { randomUUID } from "node:crypto";
import type {
  Account,
  Case,
  Contact,
  Enrollment,
  Prisma,
  PrismaClient,
  SequenceVersion,
  Workspace,
} from "../../src/drivers/store/generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** A Monday morning; what a builder does not say otherwise happens then. */
export const START = new Date("2026-03-02T09:00:00Z");
let made = 0;
const next = (): number => ++made;

export function aWorkspace(
  db: Db,
  more: Partial<Prisma.WorkspaceUncheckedCreateInput> = {},
): Promise<Workspace> {
  const n = next();
  return db.workspace.create({
    data: { key: `workspace-${n}-${randomUUID()}`, name: `Workspace ${n}`, createdAt: START, ...more },
  });
}

export function anAccount(
  db: Db,
  workspaceId: string,
  more: Partial<Prisma.AccountUncheckedCreateInput> = {},
): Promise<Account> {
  const data = { workspaceId, name: `Account ${next()}`, productKey: "product", zone: "Europe/Berlin" };
  return db.account.create({ data: { ...data, createdAt: START, ...more } });
}

export function aContact(
  db: Db,
  account: Pick<Account, "id" | "workspaceId">,
  more: Partial<Prisma.ContactUncheckedCreateInput> = {},
): Promise<Contact> {
  const n = next();
  const data = {
    workspaceId: account.workspaceId,
    accountId: account.id,
    name: `Robin Vega ${n}`,
    firstName: "Robin",
    email: `robin-${n}@customer.test`,
    roles: ["poc"],
  };
  return db.contact.create({ data: { ...data, createdAt: START, ...more } });
}

export function aCase(
  db: Db,
  account: Pick<Account, "id" | "workspaceId">,
  more: Partial<Prisma.CaseUncheckedCreateInput> = {},
): Promise<Case> {
  const data = {
    workspaceId: account.workspaceId,
    accountId: account.id,
    detectionSource: "csm",
    openedBy: "system",
  };
  return db.case.create({ data: { ...data, detectedAt: START, createdAt: START, ...more } });
}

/** A published version whose definition is empty: enough for rows that only need one to point at. */
export function aVersion(
  db: Db,
  workspaceId: string,
  more: Partial<Prisma.SequenceVersionUncheckedCreateInput> = {},
): Promise<SequenceVersion> {
  const data = {
    workspaceId,
    key: "internal",
    version: next(),
    name: "Internal successor",
    audience: "contact",
    sourceHash: randomUUID(),
    source: "",
    definition: {},
    publishedBy: "system",
  };
  return db.sequenceVersion.create({ data: { ...data, publishedAt: START, ...more } });
}

/** An active enrollment; workspace, account, contact, case and version are made unless given. */
export async function anEnrollment(
  db: Db,
  more: Partial<Prisma.EnrollmentUncheckedCreateInput> = {},
): Promise<Enrollment> {
  const workspaceId = more.workspaceId ?? (await aWorkspace(db)).id;
  const accountId = more.accountId ?? (await anAccount(db, workspaceId)).id;
  const account = { id: accountId, workspaceId };
  const data = {
    workspaceId,
    accountId,
    contactId: more.contactId ?? (await aContact(db, account)).id,
    caseId: more.caseId ?? (await aCase(db, account)).id,
    versionId: more.versionId ?? (await aVersion(db, workspaceId)).id,
    audience: "contact",
    zone: "Europe/Berlin",
    pageKey: randomUUID(),
  };
  return db.enrollment.create({ data: { ...data, startedAt: START, createdAt: START, ...more } });
}
