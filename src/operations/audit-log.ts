import type { Db } from "./parts.ts";

export interface AuditLine {
  id: string;
  at: Date;
  /** The name behind the actor, where there is one. */
  who: string;
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The record of who did what, newest first. `search` is an action, as it reads, or the id of a subject. */
export async function listAudit(
  db: Db,
  input: { workspaceId: string; search: string; before: bigint | null; limit: number },
): Promise<AuditLine[]> {
  const { workspaceId, search, before, limit } = input;
  const rows = await db.auditEntry.findMany({
    where: {
      workspaceId,
      ...(before === null ? {} : { id: { lt: before } }),
      ...(search === "" ? {} : matching(search)),
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  const names = await namesOf(
    db,
    workspaceId,
    rows.map((row) => row.actor),
  );
  return rows.map((row) => ({ ...row, id: row.id.toString(), who: names.get(row.actor) ?? row.actor }));
}

function matching(search: string) {
  if (UUID.test(search)) return { OR: [{ subjectId: search }, { actor: { endsWith: search } }] };
  return { action: { contains: search.toLowerCase().replaceAll(/\s+/g, "-") } };
}

/** Contacts are named by what they are: their names are theirs to have erased. */
async function namesOf(db: Db, workspaceId: string, actors: readonly string[]): Promise<Map<string, string>> {
  const idsOf = (kind: string) => [
    ...new Set(actors.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1))),
  ];
  const [users, tokens] = await Promise.all([
    db.user.findMany({
      where: { workspaceId, id: { in: idsOf("user") } },
      select: { id: true, name: true },
    }),
    db.apiToken.findMany({
      where: { workspaceId, id: { in: idsOf("token") } },
      select: { id: true, name: true },
    }),
  ]);
  return new Map([
    ["system", "Baton"],
    ["cli", "the command line"],
    ...users.map(({ id, name }): [string, string] => [`user:${id}`, name]),
    ...tokens.map(({ id, name }): [string, string] => [`token:${id}`, `the token “${name}”`]),
    ...actors
      .filter((one) => one.startsWith("contact:"))
      .map((one): [string, string] => [one, `a contact (${one.slice(-8)})`]),
  ]);
}
