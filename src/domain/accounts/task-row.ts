import { compact } from "./account-row.ts";
import {
  CellProblem,
  type Moment,
  momentCell,
  neededCell,
  type Row,
  refCell,
  textCell,
  wordsCell,
} from "./cells.ts";

/** The columns of a list of tasks: what people of ours have to do in a case. */
export const TASK_COLUMNS = [
  "external_ref",
  "account",
  "case",
  "key",
  "kind",
  "text",
  "detail",
  "owner_email",
  "due_at",
  "created_at",
  "done_at",
  "outcome",
] as const;

export interface TaskRow {
  externalRef?: string;
  account: string;
  /** The case's external_ref or number; absent: the account's only open one. */
  case?: string;
  key?: string;
  kind?: string;
  text: string;
  detail?: string;
  /** Absent: the column is not there, so a new task goes to the account's owner. Null: nobody. */
  ownerEmail?: string | null;
  dueAt?: Moment;
  createdAt?: Moment;
  doneAt?: Moment;
  outcome?: string;
}

const LONGEST_TEXT = 2000;
const LONGEST_DETAIL = 20_000;
const LONGEST_OUTCOME = 2000;

/** Reads one row or throws a CellProblem that names the column. */
export function readTaskRow(row: Row): TaskRow {
  const { owner_email: owner } = row;
  const task = compact({
    externalRef: refCell(row, "external_ref"),
    account: neededCell(row, "account"),
    case: refCell(row, "case"),
    key: refCell(row, "key"),
    kind: kindCell(row),
    text: wordsCell(row, "text", LONGEST_TEXT),
    detail: wordsCell(row, "detail", LONGEST_DETAIL),
    ownerEmail: owner === undefined ? undefined : (textCell(row, "owner_email")?.toLowerCase() ?? null),
    dueAt: momentCell(row, "due_at"),
    createdAt: momentCell(row, "created_at"),
    doneAt: momentCell(row, "done_at"),
    outcome: wordsCell(row, "outcome", LONGEST_OUTCOME),
  });
  if (task.externalRef === undefined && task.key === undefined) {
    throw new CellProblem(
      "external_ref",
      "The task has neither external_ref nor key.",
      "Write what your program calls it: by that the task is found again, and never made twice.",
    );
  }
  const { text } = task;
  if (text === undefined) throw new CellProblem("text", "text is empty.", "Fill in text.");
  return { ...task, text };
}

function kindCell(row: Row): string | undefined {
  const value = textCell(row, "kind");
  if (value !== undefined && !/^[a-z][a-z0-9_.-]{0,59}$/.test(value)) {
    throw new CellProblem(
      "kind",
      `"${value}" is not a kind.`,
      "Write one word in small letters, such as call.",
    );
  }
  return value;
}
