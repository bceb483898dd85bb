import { CellProblem } from "../domain/accounts/cells.ts";
import type { ReadCsv } from "../domain/accounts/read-csv.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { isDatabaseTrouble } from "../drivers/store/database-trouble.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { transact } from "./transact.ts";

/** What an import did. Good rows are kept even when others are refused; repeating it is safe. */
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  rejected: { line: number; column: string; message: string; remedy: string }[];
}

/** Rows by column, as the API takes them instead of a CSV text. */
export type Items = readonly Readonly<Record<string, string | undefined>>[];

/** What became of one row. `fields`: the ones that differ now. */
export type Kept = "unchanged" | { created: string } | { updated: string; fields: readonly string[] };

/** How one kind of list is kept. */
export interface ImportKind<T> {
  /** Past tense, for the audit: "contacts-imported". */
  readonly action: string;
  /** What the row is about, the surest name first: two rows that share the first are about the same thing. */
  names(row: T): readonly [string, ...string[]];
  /** By which names of rows before it a row may be found; unsaid: by any that it has itself. */
  seeks?(row: T): readonly string[];
  /** Reads what these rows are about, in few statements; gives what keeps one of them, and what writes the rest. */
  open(tx: Db, rows: readonly T[]): Promise<ImportBatch<T>>;
}

export interface ImportBatch<T> {
  /** Throws a CellProblem before it has written anything. */
  keep(row: T): Promise<Kept>;
  flush?(): Promise<void>;
}

interface Line<T> {
  readonly line: number;
  readonly value: T;
  readonly words: string;
  /** Further lines that say the same. */
  readonly repeats: number[];
}

/** Rows of one transaction: many, since twenty thousand one by one take minutes; few enough to hold locks briefly. */
const ROWS_AT_ONCE = 500;
/** Of the rows that an import changed, as many are named in the audit. */
const NAMED_IN_AUDIT = 2000;

/**
 * Saves in batches. One bad row takes nothing with it: a batch that the database refuses is saved again row by
 * row. Of two rows about the same thing in one file the second is left out when it says the same, and refused
 * when it says something else, since nobody can tell which was meant.
 */
export async function importRows<T>(
  parts: Parts,
  input: { workspaceId: string; actor: Actor },
  kind: ImportKind<T>,
  file: ReadCsv<T>,
): Promise<ImportReport> {
  const run = new Run(parts, kind, file.rejected);
  for (const row of file.rows) await run.add(row);
  const { report, changes } = await run.end();
  if (report.created + report.updated > 0) {
    const { rejected, ...counts } = report;
    await transact(parts, (tx) =>
      recordAudit(tx, {
        workspaceId: input.workspaceId,
        at: parts.clock.now(),
        actor: input.actor,
        action: kind.action,
        subjectType: "workspace",
        subjectId: input.workspaceId,
        after: { ...counts, rejected: rejected.length, ...named(changes) },
      }),
    );
  }
  return report;
}

class Run<T> {
  readonly report: ImportReport;
  readonly changes: Exclude<Kept, "unchanged">[] = [];
  readonly #parts: Parts;
  readonly #kind: ImportKind<T>;
  /** What lines before said about a thing; those that were refused said nothing. */
  readonly #said = new Map<string, Line<T>>();
  #waiting = new Map<string, Line<T>>();
  #names = new Set<string>();

  constructor(parts: Parts, kind: ImportKind<T>, rejected: ImportReport["rejected"]) {
    this.#parts = parts;
    this.#kind = kind;
    this.report = { created: 0, updated: 0, unchanged: 0, rejected: [...rejected] };
  }

  async add({ line, value }: { line: number; value: T }): Promise<void> {
    const names = this.#kind.names(value);
    const [name] = names;
    const words = plain(value);
    const same = this.#waiting.get(name);
    if (same?.words === words) {
      same.repeats.push(line);
      return;
    }
    const seeks = this.#kind.seeks?.(value) ?? names;
    // A row that may be about the same as one of this batch must find it written.
    if (this.#waiting.size >= ROWS_AT_ONCE || seeks.some((one) => this.#names.has(one))) await this.#save();
    const before = this.#said.get(name);
    if (before === undefined) {
      this.#waiting.set(name, { line, value, words, repeats: [] });
      for (const one of names) this.#names.add(one);
    } else if (before.words === words) this.report.unchanged += 1;
    else this.#reject(line, contradicts(before.line));
  }

  async end(): Promise<Pick<Run<T>, "report" | "changes">> {
    await this.#save();
    this.report.rejected.sort((a, b) => a.line - b.line);
    return this;
  }

  async #save(): Promise<void> {
    const rows = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#names = new Set();
    if (rows.length === 0) return;
    try {
      this.#count(await this.#write(rows));
    } catch (trouble) {
      if (isDatabaseTrouble(trouble)) throw trouble;
      this.#parts.log.warn({ err: trouble, rows: rows.length }, "a batch of an import is saved row by row");
      for (const row of rows)
        this.#count(await this.#write([row]).catch((cause) => this.#unsaved(row, cause)));
    }
  }

  /** A fault of ours with one row must not keep the others of the file out. */
  #unsaved(row: Line<T>, cause: unknown): [Line<T>, CellProblem][] {
    if (isDatabaseTrouble(cause)) throw cause;
    this.#parts.log.error({ err: cause, line: row.line }, "a row of an import could not be saved");
    const problem = new CellProblem(
      "",
      "This row could not be saved.",
      "Import it again; if it stays so, ask whoever runs Baton for you: the log says why.",
    );
    return [[row, problem]];
  }

  #write(rows: readonly Line<T>[]): Promise<[Line<T>, Kept | CellProblem][]> {
    return transact(this.#parts, async (tx) => {
      const values = rows.map(({ value }) => value);
      const batch = await this.#kind.open(tx, values);
      const kept: [Line<T>, Kept | CellProblem][] = [];
      for (const row of rows) kept.push([row, await batch.keep(row.value).catch(asProblem)]);
      await batch.flush?.();
      return kept;
    });
  }

  #count(all: readonly (readonly [Line<T>, Kept | CellProblem])[]): void {
    for (const [row, kept] of all) {
      if (kept instanceof CellProblem) {
        for (const line of [row.line, ...row.repeats]) this.#reject(line, kept);
        continue;
      }
      this.#said.set(this.#kind.names(row.value)[0], row);
      this.report.unchanged += row.repeats.length;
      if (kept === "unchanged") this.report.unchanged += 1;
      else {
        this.changes.push(kept);
        this.report["created" in kept ? "created" : "updated"] += 1;
      }
    }
  }

  #reject(line: number, { column, message, remedy }: CellProblem): void {
    this.report.rejected.push({ line, column, message, remedy });
  }
}

function contradicts(line: number): CellProblem {
  return new CellProblem(
    "",
    `Line ${line} is about the same and says something else.`,
    "Keep one of the two lines.",
  );
}

function asProblem(thrown: unknown): CellProblem {
  if (thrown instanceof CellProblem) return thrown;
  throw thrown;
}

/** Which rows changed, and in what; never what they hold, so that an erasure need not empty the entry. */
function named(changes: readonly Exclude<Kept, "unchanged">[]) {
  const shown = changes.slice(0, NAMED_IN_AUDIT);
  const more = changes.length - shown.length;
  return {
    createdIds: shown.flatMap((one) => ("created" in one ? [one.created] : [])),
    updatedFields: Object.fromEntries(
      shown.flatMap((one) => ("updated" in one ? [[one.updated, one.fields]] : [])),
    ),
    ...(more === 0 ? {} : { notNamed: more }),
  };
}

/** The fields of the row that differ from what is kept. */
export function changedFields(before: object, data: object): string[] {
  const kept = before as Record<string, unknown>;
  return Object.entries(data).flatMap(([name, value]) => (plain(kept[name]) !== plain(value) ? [name] : []));
}

function plain(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part)) ?? ""
  );
}
