import { compact } from "./account-row.ts";
import { CellProblem, choiceCell, dateCell, neededCell, type Row, refCell, wordsCell } from "./cells.ts";

/** What an account's story is made of (S0-22, S0-26). */
export const TIMELINE_KINDS = [
  "milestone",
  "decision",
  "issue",
  "value",
  "meeting",
  "mail",
  "change",
  "note",
  "setup",
  "quirk",
  "person",
  "open_item",
  /** A term, nickname or unwritten rule that both sides know (S0-26). */
  "shorthand",
] as const;

/** The columns of a list of story entries. */
export const TIMELINE_COLUMNS = [
  "external_ref",
  "account",
  "date",
  "kind",
  "text",
  "why",
  "visibility",
  "source",
  "author",
] as const;

export interface TimelineRow {
  externalRef?: string;
  account: string;
  date: Date;
  kind?: (typeof TIMELINE_KINDS)[number];
  text: string;
  why?: string;
  visibility?: "customer" | "internal";
  source?: string;
  author?: string;
}

const LONGEST_TEXT = 4000;
const LONGEST_WORDS = 300;

/** Reads one row or throws a CellProblem that names the column. */
export function readTimelineRow(row: Row): TimelineRow {
  const entry = compact({
    externalRef: refCell(row, "external_ref"),
    account: neededCell(row, "account"),
    date: dateCell(row, "date"),
    kind: choiceCell(row, "kind", TIMELINE_KINDS),
    text: wordsCell(row, "text", LONGEST_TEXT),
    why: wordsCell(row, "why", LONGEST_TEXT),
    visibility: choiceCell(row, "visibility", ["customer", "internal"]),
    source: wordsCell(row, "source", LONGEST_WORDS),
    author: wordsCell(row, "author", LONGEST_WORDS),
  });
  const { date, text } = entry;
  if (date === undefined) throw new CellProblem("date", "date is empty.", "Write the day it happened.");
  if (text === undefined) throw new CellProblem("text", "text is empty.", "Fill in text.");
  return { ...entry, date, text };
}
