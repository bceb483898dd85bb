import type {
  Account,
  Case,
  CompetitorVersion,
  Contact,
  Enrollment,
  Prisma,
  PrismaClient,
  Product,
  SequenceVersion,
  User,
  Workspace,
} from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** An enrollment with everything around it that a page, an act or an assessment looks at. */
export interface EnrollmentFrame {
  enrollment: Enrollment;
  workspace: Workspace;
  account: Account;
  contact: Contact;
  turnover: Case;
  version: SequenceVersion;
  competitor: CompetitorVersion | null;
  product: Product | null;
  csm: User | null;
  sponsor: Contact | null;
  departed: Contact | null;
  /** Who takes over: the contact of a contact's enrollment, the one beside it for a sponsor's. */
  successor: Contact | null;
}

export async function loadFrame(
  db: Db,
  workspaceId: string,
  enrollmentId: string,
): Promise<EnrollmentFrame | null> {
  const row = await db.enrollment.findFirst({
    where: { workspaceId, id: enrollmentId },
    include: { account: true, contact: true, case: true, version: true },
  });
  if (row === null) return null;
  const { account, contact, case: turnover, version, ...enrollment } = row;
  const inWorkspace = { workspaceId };
  const csmId = enrollment.senderId ?? account.csmId;
  const beside =
    enrollment.besideId === null
      ? null
      : await db.enrollment.findFirst({
          where: { ...inWorkspace, id: enrollment.besideId },
          include: { contact: true },
        });
  const person = (id: string | null) =>
    id === null ? Promise.resolve(null) : db.contact.findFirst({ where: { ...inWorkspace, id } });
  return {
    enrollment,
    workspace: await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } }),
    account,
    contact,
    turnover,
    version,
    competitor:
      enrollment.competitorVersionId === null
        ? null
        : await db.competitorVersion.findFirst({
            where: { ...inWorkspace, id: enrollment.competitorVersionId },
          }),
    product: await db.product.findFirst({ where: { ...inWorkspace, key: account.productKey } }),
    csm: csmId === null ? null : await db.user.findFirst({ where: { ...inWorkspace, id: csmId } }),
    sponsor: await person(account.sponsorContactId),
    departed: await person(turnover.departedContactId),
    successor:
      enrollment.audience === "contact"
        ? contact
        : (beside?.contact ?? (await person(turnover.replacementContactId))),
  };
}

/** The enrollment a page key opens. Keys are replaced to revoke a page, so an old one finds nothing. */
export function findEnrollmentByPageKey(db: Db, pageKey: string): Promise<Enrollment | null> {
  return db.enrollment.findUnique({ where: { pageKey } });
}

/** Holds one enrollment until the transaction ends, so that acts on it come one after the other. */
export async function lockEnrollment(
  db: Db,
  workspaceId: string,
  enrollmentId: string,
): Promise<Enrollment | null> {
  await db.$queryRaw`SELECT id FROM enrollment WHERE id = ${enrollmentId}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  return db.enrollment.findFirst({ where: { workspaceId, id: enrollmentId } });
}
