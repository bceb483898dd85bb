import { compact } from "../domain/accounts/account-row.ts";
import { CellProblem, instantOfMoment } from "../domain/accounts/cells.ts";
import { type ReadCsv, readCsv, readItems } from "../domain/accounts/read-csv.ts";
import { readTaskRow, TASK_COLUMNS, type TaskRow } from "../domain/accounts/task-row.ts";
import { findAccountByWord } from "../drivers/store/accounts.ts";
import type { Account, Case, CsmTask, Workspace } from "../drivers/store/generated/client.ts";
import { findUserByEmail } from "../drivers/store/users.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import { afterFinish } from "./finish-csm-task.ts";
import { changedFields, type ImportReport, type Items, importRows, type Kept } from "./import-report.ts";
import type { Db, Parts } from "./parts.ts";
import { dueInBusinessDays, personCalendar } from "./person-calendar.ts";

export type ImportTasksInput = { workspaceId: string; actor: Actor } & ({ csv: string } | { items: Items });

/** A task that came without a day is due as a first look at a departure is. */
const DUE_BUSINESS_DAYS = 1;

/**
 * Creates and updates tasks of ours (S0-24), found by `external_ref`, else by their key in the case. What a
 * contact was asked to do is no part of it: that is done on their page or seen by a person, never by a file.
 */
export async function importTasks(parts: Parts, input: ImportTasksInput): Promise<ImportReport> {
  const file: ReadCsv<TaskRow> =
    "csv" in input ? readCsv(input.csv, TASK_COLUMNS, readTaskRow) : readItems(input.items, readTaskRow);
  const workspace = await getWorkspace(parts.db, input.workspaceId);
  const report = await importRows(
    parts,
    input,
    {
      action: "tasks-imported",
      names: namesOf,
      open: async (tx) => ({ keep: (row) => keepTask(tx, parts, workspace, row) }),
    },
    file,
  );
  if (report.created + report.updated > 0) await parts.waker.webhooksPlanned();
  return report;
}

function namesOf(row: TaskRow): [string, ...string[]] {
  const key = `key ${row.account} ${row.case ?? ""} ${keyOf(row)}`;
  return row.externalRef === undefined ? [key] : [`ref ${row.externalRef}`, key];
}

const keyOf = ({ key, externalRef }: TaskRow): string => key ?? `import.${externalRef}`;

async function keepTask(tx: Db, parts: Parts, workspace: Workspace, row: TaskRow): Promise<Kept> {
  const { id: workspaceId } = workspace;
  const account = await accountOf(tx, workspaceId, row.account);
  const turnover = await caseOf(tx, account, row.case);
  const before = await findBefore(tx, turnover, row);
  const now = parts.clock.now();
  const data = await fieldsOf(tx, account, row);
  if (before !== null) {
    // An empty cell keeps who has it.
    const { userId, ...rest } = data;
    const changes = typeof userId === "string" ? data : rest;
    const fields = changedFields(before, changes);
    if (fields.length === 0) return "unchanged";
    const after = await tx.csmTask.update({ where: { id: before.id }, data: changes });
    if (before.doneAt === null && after.doneAt !== null) await afterFinish(tx, after, now);
    return { updated: before.id, fields };
  }
  const calendar = personCalendar(workspace, account, account.zone, now);
  const { id } = await tx.csmTask.create({
    data: {
      kind: "task",
      userId: account.csmId,
      createdAt: now,
      dueAt: dueInBusinessDays(now, DUE_BUSINESS_DAYS, calendar),
      ...data,
      text: row.text,
      key: keyOf(row),
      workspaceId,
      caseId: turnover.id,
    },
    select: { id: true },
  });
  return { created: id };
}

export async function accountOf(db: Db, workspaceId: string, word: string): Promise<Account> {
  const account = await findAccountByWord(db, workspaceId, word);
  if (account !== null) return account;
  throw new CellProblem(
    "account",
    `There is no account "${word}".`,
    "Import the account first, or write its external_ref or exact name.",
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function caseOf(db: Db, account: Account, word: string | undefined): Promise<Case> {
  const { workspaceId, id: accountId } = account;
  const which =
    word === undefined
      ? { status: { not: "closed" } }
      : { OR: [{ externalRef: word }, ...(UUID.test(word) ? [{ id: word.toLowerCase() }] : [])] };
  const [found, ...more] = await db.case.findMany({ where: { workspaceId, accountId, ...which }, take: 2 });
  if (found !== undefined && more.length === 0) return found;
  if (word !== undefined)
    throw new CellProblem(
      "case",
      `There is no case "${word}" at ${account.name}.`,
      "Open it first, with this external_ref; or leave the cell empty to mean the account's open case.",
    );
  throw found === undefined
    ? new CellProblem(
        "case",
        `There is no open case at ${account.name}.`,
        "A task belongs to a case: record there that somebody leaves, then import again.",
      )
    : new CellProblem(
        "case",
        `There is more than one open case at ${account.name}.`,
        "Write which: its external_ref, or the number at the end of its address.",
      );
}

async function findBefore(db: Db, turnover: Case, row: TaskRow): Promise<CsmTask | null> {
  const { workspaceId, id: caseId } = turnover;
  if (row.externalRef !== undefined) {
    const found = await db.csmTask.findFirst({ where: { workspaceId, externalRef: row.externalRef } });
    if (found !== null && found.caseId !== caseId)
      throw new CellProblem(
        "case",
        "This task is kept in another case.",
        "Leave it there, or use another external_ref.",
      );
    if (found !== null) return found;
  }
  const key = keyOf(row);
  const found = await db.csmTask.findFirst({ where: { workspaceId, caseId, key } });
  // A row with its own reference never takes over a task that has another one.
  if (found !== null && row.externalRef !== undefined && found.externalRef !== null)
    throw new CellProblem(
      "key",
      `The case has a task "${key}" already, which is ${found.externalRef} elsewhere.`,
      "Use another key, or that external_ref.",
    );
  return found;
}

async function fieldsOf(db: Db, account: Account, row: TaskRow): Promise<Partial<TaskFields>> {
  const { zone } = account;
  const { externalRef, kind, text, detail, outcome, dueAt, createdAt, doneAt } = row;
  return compact({
    externalRef,
    kind,
    text,
    detail,
    outcome,
    userId: await ownerId(db, account.workspaceId, row.ownerEmail),
    dueAt: dueAt && instantOfMoment(dueAt, zone, "end"),
    createdAt: createdAt && instantOfMoment(createdAt, zone, "start"),
    doneAt: doneAt && instantOfMoment(doneAt, zone, "start"),
  });
}

type TaskFields = Pick<
  CsmTask,
  "externalRef" | "kind" | "text" | "detail" | "outcome" | "userId" | "dueAt" | "createdAt" | "doneAt"
>;

/** Null: an empty cell, which means nobody for a new task. */
async function ownerId(
  db: Db,
  workspaceId: string,
  email: string | null | undefined,
): Promise<string | null | undefined> {
  if (email === undefined || email === null) return email;
  const user = await findUserByEmail(db, workspaceId, email);
  if (user !== null) return user.id;
  throw new CellProblem(
    "owner_email",
    `Nobody here has the address ${email}.`,
    "Add the person first, or leave the cell empty.",
  );
}
