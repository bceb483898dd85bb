import { frozenDefinitions } from "./frozen-definitions.ts";
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
  version: Omit<SequenceVersion, "source">;
  competitor: CompetitorVersion | null;
  product: Product | null;
  /** Without the photo's bytes: it has an address of its own. */
  csm: Omit<User, "photo"> | null;
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
  const [frame] = await loadFrames(db, workspaceId, [enrollmentId]);
  return frame ?? null;
}

/** The frames of these enrollments that there are, in any order: as many statements for one as for fifty. */
export async function loadFrames(
  db: Db,
  workspaceId: string,
  enrollmentIds: readonly string[],
): Promise<EnrollmentFrame[]> {
  const rows = await db.enrollment.findMany({
    where: { workspaceId, id: { in: [...enrollmentIds] } },
    include: {
      account: true,
      contact: true,
      case: true,
      version: { omit: { source: true, definition: true } },
    },
  });
  if (rows.length === 0) return [];
  const around = await loadAround(db, workspaceId, rows);
  return rows.map((row) => {
    const { account, contact, case: turnover, version, ...enrollment } = row;
    const person = (id: string | null) => (id === null ? null : (around.people.get(id) ?? null));
    const { besideId, competitorVersionId } = enrollment;
    const besideContactId = besideId === null ? undefined : around.besides.get(besideId);
    const csmId = enrollment.senderId ?? account.csmId;
    return {
      enrollment,
      workspace: around.workspace,
      account,
      contact,
      turnover,
      version: { ...version, definition: around.definitions.get(version.id) ?? null },
      competitor: competitorVersionId === null ? null : (around.competitors.get(competitorVersionId) ?? null),
      product: around.products.get(account.productKey) ?? null,
      csm: csmId === null ? null : (around.users.get(csmId) ?? null),
      sponsor: person(account.sponsorContactId),
      departed: person(turnover.departedContactId),
      successor:
        enrollment.audience === "contact"
          ? contact
          : (person(besideContactId ?? null) ?? person(turnover.replacementContactId)),
    };
  });
}

type FrameRow = Enrollment & { account: Account; case: Case };

/** What the rows only name: each kind of it in one statement, one after the other, for a transaction has one connection. */
async function loadAround(db: Db, workspaceId: string, rows: readonly FrameRow[]) {
  const named = (idOf: (row: FrameRow) => string | null) => [
    ...new Set(rows.flatMap((row) => idOf(row) ?? [])),
  ];
  const among = (ids: readonly string[]) => ({ workspaceId, id: { in: [...ids] } });
  const beside = named((row) => row.besideId);
  const besides =
    beside.length === 0
      ? []
      : await db.enrollment.findMany({ where: among(beside), select: { id: true, contactId: true } });
  const people = new Set([
    ...besides.map(({ contactId }) => contactId),
    ...named((row) => row.account.sponsorContactId),
    ...named((row) => row.case.departedContactId),
    ...named((row) => (row.audience === "contact" ? null : row.case.replacementContactId)),
  ]);
  const users = named((row) => row.senderId ?? row.account.csmId);
  const competitors = named((row) => row.competitorVersionId);
  return {
    workspace: await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } }),
    besides: new Map(besides.map(({ id, contactId }) => [id, contactId])),
    people: byId(people.size === 0 ? [] : await db.contact.findMany({ where: among([...people]) })),
    users: byId(
      users.length === 0 ? [] : await db.user.findMany({ where: among(users), omit: { photo: true } }),
    ),
    competitors: byId(
      competitors.length === 0 ? [] : await db.competitorVersion.findMany({ where: among(competitors) }),
    ),
    products: new Map(
      (
        await db.product.findMany({
          where: { workspaceId, key: { in: [...new Set(rows.map(({ account }) => account.productKey))] } },
        })
      ).map((product) => [product.key, product]),
    ),
    definitions: await frozenDefinitions(
      db,
      workspaceId,
      rows.map(({ versionId }) => versionId),
    ),
  };
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
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
