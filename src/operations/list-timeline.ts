import type { Prisma, TimelineEntry } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";

/** An entry of an account's story as lists name it: with words that mean the same in another workspace. */
export interface TimelineLine
  extends Pick<
    TimelineEntry,
    "id" | "accountId" | "externalRef" | "kind" | "text" | "why" | "visibility" | "source"
  > {
  /** The account's external_ref, or its name. */
  account: string;
  date: Date;
  /** Who wrote it, by name. */
  author: string;
}

interface Window {
  take: number;
  orderBy: { id: "asc" | "desc" };
}

/** What is marked so was written by somebody a file named; nobody of this workspace stands behind the words. */
const IMPORTED = "import:";

/** The author of a row that came in a file. It can never pass for a contact, a user or a token of ours. */
export function importedAuthor(words: string): string {
  return `${IMPORTED}${words}`;
}

/** The stories of a workspace, or what `where` narrows them to. */
export async function listTimeline(
  db: Db,
  workspaceId: string,
  where: Prisma.TimelineEntryWhereInput,
  window: Window,
): Promise<TimelineLine[]> {
  const rows = await db.timelineEntry.findMany({ ...window, where: { ...where, workspaceId } });
  const [accounts, names] = await Promise.all([
    db.account.findMany({
      where: { workspaceId, id: { in: [...new Set(rows.map(({ accountId }) => accountId))] } },
      select: { id: true, externalRef: true, name: true },
    }),
    authorNames(db, workspaceId, [...new Set(rows.map(({ author }) => author))]),
  ]);
  const words = new Map(accounts.map(({ id, externalRef, name }) => [id, externalRef ?? name]));
  return rows.map((row) => ({
    ...row,
    account: words.get(row.accountId) ?? row.accountId,
    author: names.get(row.author) ?? row.author,
  }));
}

/** "user:<id>" means nothing elsewhere; the person's name does. */
async function authorNames(
  db: Db,
  workspaceId: string,
  authors: readonly string[],
): Promise<Map<string, string>> {
  const idsOf = (kind: string) =>
    authors.filter((author) => author.startsWith(kind)).map((author) => author.slice(kind.length));
  const among = (kind: string) => ({
    where: { workspaceId, id: { in: idsOf(kind) } },
    select: { id: true, name: true },
  });
  const [users, contacts, tokens] = await Promise.all([
    db.user.findMany(among("user:")),
    db.contact.findMany(among("contact:")),
    db.apiToken.findMany(among("token:")),
  ]);
  return new Map([
    ...users.map(({ id, name }) => [`user:${id}`, name] as const),
    ...contacts.map(({ id, name }) => [`contact:${id}`, name] as const),
    ...tokens.map(({ id, name }) => [`token:${id}`, name] as const),
    ...idsOf(IMPORTED).map((name) => [importedAuthor(name), name] as const),
  ]);
}
