import { Prisma, type PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** What stands where a person's words stood. */
export const ERASED_WORDS = "(erased)";

/** Rows of these are never swept: frozen programs, the audit (it has its own way) and the names of others. */
const NOT_SWEPT = [
  "account",
  "audit_entry",
  "competitor_version",
  "contact",
  "link",
  "sequence_version",
  "suppression",
  "user",
  "workspace",
];

interface Column {
  table: string;
  column: string;
  type: string;
  columns: string[];
}

/** What a person's lone first or last name is looked for in. */
export interface NearRows {
  readonly enrollmentIds: readonly string[];
  readonly caseIds: readonly string[];
  readonly accountIds: readonly string[];
}

/**
 * Takes words out of every text, list and JSON column that names a workspace, whatever tables there are: a
 * table that is added later is swept too. `rows` narrows it to what hangs on these enrollments and cases, and
 * to what hangs on these accounts alone.
 *
 * Whole words only, so that a short name does not bite into others.
 */
export async function eraseWords(
  db: Db,
  workspaceId: string,
  words: readonly string[],
  rows?: NearRows,
): Promise<void> {
  const wanted = words.filter((word) => word.trim() !== "");
  if (wanted.length === 0) return;
  for (const column of await columnsOf(db)) {
    const place = rows === undefined ? Prisma.empty : placeOf(column, rows);
    if (place === null) continue;
    for (const word of wanted) await sweep(db, workspaceId, column, word, place, rows === undefined);
  }
}

function columnsOf(db: Db): Promise<Column[]> {
  return db.$queryRaw<Column[]>`
    select c.table_name as table, c.column_name as column, c.udt_name as type,
           array(select a.column_name::text from information_schema.columns a
                  where a.table_schema = c.table_schema and a.table_name = c.table_name) as columns
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
       and c.udt_name in ('text', 'varchar', '_text', '_varchar', 'json', 'jsonb')
       and c.table_name <> all(${NOT_SWEPT})
       and exists (select 1 from information_schema.columns w
                    where w.table_schema = c.table_schema and w.table_name = c.table_name
                      and w.column_name = 'workspaceId')
     order by 1, 2`;
}

/** Null: the table hangs on none of them. */
function placeOf({ table, columns }: Column, rows: NearRows): Prisma.Sql | null {
  const own = (column: string, ids: readonly string[]) =>
    columns.includes(column) ? [Prisma.sql`${Prisma.raw(`"${column}"`)} = any(${ids}::uuid[])`] : [];
  const either = [
    ...own("enrollmentId", rows.enrollmentIds),
    ...own("caseId", rows.caseIds),
    ...(table === "webhook_delivery"
      ? [
          Prisma.sql`payload->'data'->>'enrollmentId' = any(${rows.enrollmentIds})`,
          Prisma.sql`payload->'data'->>'caseId' = any(${rows.caseIds})`,
        ]
      : []),
  ];
  const places = either.length === 0 ? own("accountId", rows.accountIds) : either;
  return places.length === 0 ? null : Prisma.sql`and (${Prisma.join(places, " or ")})`;
}

/**
 * The word as PostgreSQL looks for it, with nothing of a word on either side. In JSON a line break before it is
 * written as a backslash and a letter, which is no part of the word.
 */
export function wholeWord(word: string, isJson: boolean): string {
  const escaped = written(word, isJson).replaceAll(/[^\p{L}\p{N}\s]/gu, "\\$&");
  const before = isJson
    ? String.raw`(?:(?<![[:alnum:]])|(?<=\\[bfnrt])|(?<=\\u[0-9a-f]{4}))`
    : "(?<![[:alnum:]])";
  return `${before}${escaped}(?![[:alnum:]])`;
}

function written(word: string, isJson: boolean): string {
  return isJson ? JSON.stringify(word).slice(1, -1) : word;
}

async function sweep(
  db: Db,
  workspaceId: string,
  { table, column, type }: Column,
  word: string,
  place: Prisma.Sql,
  anyCase: boolean,
): Promise<void> {
  const isJson = type.startsWith("json");
  const like = `%${written(word, isJson).replaceAll(/[\\%_]/g, "\\$&")}%`;
  const pattern = wholeWord(word, isJson);
  const flags = anyCase ? "gi" : "g";
  // Names of tables and columns come from the database itself, quoted.
  const name = Prisma.raw(`"${column.replaceAll('"', '""')}"`);
  const replaced = (text: Prisma.Sql) =>
    Prisma.sql`regexp_replace(${text}, ${pattern}, ${ERASED_WORDS}, ${flags})`;
  const value = type.startsWith("_")
    ? Prisma.sql`array(select ${replaced(Prisma.sql`one`)} from unnest(${name}) one)`
    : isJson
      ? Prisma.sql`${replaced(Prisma.sql`${name}::text`)}::${Prisma.raw(type)}`
      : replaced(Prisma.sql`${name}`);
  await db.$executeRaw`
    update ${Prisma.raw(`"${table.replaceAll('"', '""')}"`)} set ${name} = ${value}
     where "workspaceId" = ${workspaceId}::uuid and ${name}::text ilike ${like} ${place}`;
}
