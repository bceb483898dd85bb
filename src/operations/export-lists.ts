import { ACCOUNT_COLUMNS } from "../domain/accounts/account-row.ts";
import { CONTACT_COLUMNS } from "../domain/accounts/contact-row.ts";
import { minorDigits } from "../domain/accounts/money.ts";
import { TASK_COLUMNS } from "../domain/accounts/task-row.ts";
import { TIMELINE_COLUMNS } from "../domain/accounts/timeline-row.ts";
import { type Cell, writeCsv } from "../domain/accounts/write-csv.ts";
import type { Actor } from "./actor.ts";
import { listTasks } from "./list-tasks.ts";
import { listTimeline } from "./list-timeline.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { recordExport } from "./record-export.ts";

/** Read in slices, so that a hundred thousand people never stand in memory as rows at once. */
export const SLICE = 2000;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

interface Input {
  workspaceId: string;
  actor: Actor;
}

/** Every account, in the columns of the import: what goes out comes in again unchanged (S0-24). */
export async function exportAccounts(parts: Parts, input: Input): Promise<string> {
  const { workspaceId } = input;
  const [users, rows] = await Promise.all([
    parts.db.user.findMany({ where: { workspaceId }, select: { id: true, email: true } }),
    inSlices((after) =>
      parts.db.account.findMany({
        where: { workspaceId, ...(after === null ? {} : { id: { gt: after } }) },
        orderBy: { id: "asc" },
        take: SLICE,
      }),
    ),
  ]);
  const emailOf = (id: string | null) => users.find((user) => user.id === id)?.email;
  const lines = rows.map((row): Cell[] => [
    row.externalRef,
    row.name,
    row.domains,
    row.industry,
    row.segment,
    row.tier,
    row.productKey,
    money(row.arrMinor, row.currency),
    row.currency,
    row.renewalOn === null ? null : dayOf(row.renewalOn),
    row.zone,
    row.holidayCountry,
    row.workWeek.map((day) => DAYS[day - 1] ?? ""),
    row.closedDays.map(dayOf),
    emailOf(row.csmId),
    emailOf(row.salesOwnerId),
  ]);
  await recordExport(parts, { ...input, what: "accounts", rows: lines.length });
  return writeCsv(ACCOUNT_COLUMNS, lines);
}

/** Every contact, in the columns of the import. */
export async function exportContacts(parts: Parts, input: Input): Promise<string> {
  const { workspaceId } = input;
  const rows = await inSlices((after) =>
    parts.db.contact.findMany({
      where: { workspaceId, ...(after === null ? {} : { id: { gt: after } }) },
      include: { account: { select: { externalRef: true, name: true, sponsorContactId: true } } },
      orderBy: { id: "asc" },
      take: SLICE,
    }),
  );
  const lines = rows.map((row): Cell[] => [
    row.externalRef,
    row.account.externalRef ?? row.account.name,
    row.name,
    row.firstName,
    row.email,
    row.title,
    row.zone,
    row.language,
    row.roles,
    row.account.sponsorContactId === row.id ? "yes" : null,
    row.stance,
    row.influence,
    row.startOn === null ? null : dayOf(row.startOn),
    row.endOn === null ? null : dayOf(row.endOn),
  ]);
  await recordExport(parts, { ...input, what: "contacts", rows: lines.length });
  return writeCsv(CONTACT_COLUMNS, lines);
}

/** The tasks of a case or of all of them, in the columns of the import. */
export async function exportTasks(parts: Parts, input: Input & { caseId?: string }): Promise<string> {
  const { workspaceId, caseId } = input;
  const rows = await inSlices((after) =>
    listTasks(
      parts.db,
      workspaceId,
      { ...(caseId === undefined ? {} : { caseId }), ...(after === null ? {} : { id: { gt: after } }) },
      { take: SLICE, orderBy: { id: "asc" } },
    ),
  );
  const lines = rows.map((row): Cell[] => [
    row.externalRef,
    row.account,
    row.case,
    row.key,
    row.kind,
    row.text,
    row.detail,
    row.ownerEmail,
    row.dueAt,
    row.createdAt,
    row.doneAt,
    row.outcome,
  ]);
  await recordExport(parts, { ...input, what: "tasks", rows: lines.length });
  return writeCsv(TASK_COLUMNS, lines);
}

/** The story of an account or of all of them, in the columns of the import. */
export async function exportTimeline(parts: Parts, input: Input & { accountId?: string }): Promise<string> {
  const { workspaceId, accountId } = input;
  const rows = await inSlices((after) =>
    listTimeline(
      parts.db,
      workspaceId,
      { ...(accountId === undefined ? {} : { accountId }), ...(after === null ? {} : { id: { gt: after } }) },
      { take: SLICE, orderBy: { id: "asc" } },
    ),
  );
  const lines = rows.map((row): Cell[] => [
    row.externalRef,
    row.account,
    dayOf(row.date),
    row.kind,
    row.text,
    row.why,
    row.visibility,
    row.source,
    row.author,
  ]);
  await recordExport(parts, { ...input, what: "timeline", rows: lines.length });
  return writeCsv(TIMELINE_COLUMNS, lines);
}

/** What contacts were asked to do and how far they are. It only leaves: what they did comes from them. */
export async function exportProgramTasks(parts: Parts, input: Input & { caseId?: string }): Promise<string> {
  const { workspaceId, caseId } = input;
  const programs = await parts.db.enrollment.findMany({
    where: { workspaceId, ...(caseId === undefined ? {} : { caseId }) },
    select: {
      id: true,
      account: { select: { externalRef: true, name: true } },
      case: { select: { id: true, externalRef: true } },
      contact: { select: { name: true, email: true } },
      version: { select: { name: true } },
    },
  });
  const programOf = new Map(programs.map((program) => [program.id, program]));
  const rows = await inSlices((after) =>
    parts.db.task.findMany({
      where: {
        workspaceId,
        ...(caseId === undefined ? {} : { enrollmentId: { in: [...programOf.keys()] } }),
        ...(after === null ? {} : { id: { gt: after } }),
      },
      orderBy: { id: "asc" },
      take: SLICE,
    }),
  );
  const lines = rows.map((row): Cell[] => {
    const program = programOf.get(row.enrollmentId);
    return [
      program?.account.externalRef ?? program?.account.name,
      program?.case.externalRef ?? program?.case.id,
      program?.contact.name,
      program?.contact.email,
      program?.version.name,
      row.stepKey,
      row.key,
      row.text,
      row.must ? "yes" : "no",
      row.state,
      row.evidence,
      row.reason,
      row.changedAt,
    ];
  });
  await recordExport(parts, { ...input, what: "program-tasks", rows: lines.length });
  return writeCsv(PROGRAM_TASK_COLUMNS, lines);
}

const PROGRAM_TASK_COLUMNS = [
  "account",
  "case",
  "person",
  "email",
  "program",
  "step",
  "key",
  "text",
  "must",
  "state",
  "evidence",
  "reason",
  "changed_at",
] as const;

/** All rows, read in slices: `read` gives the next ones after this id, SLICE or fewer at the end. */
export async function inSlices<T extends { id: string }>(
  read: (after: string | null) => Promise<T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | null = null; ; ) {
    const slice: T[] = await read(after);
    all.push(...slice);
    after = slice.at(-1)?.id ?? null;
    if (slice.length < SLICE) return all;
  }
}

/** Minor units as the plain number an import reads: 2800000 USD cents → "28000". */
export function money(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return minor.toString();
  const text = minor.toString().padStart(digits + 1, "0");
  const cents = text.slice(-digits);
  return /^0+$/.test(cents) ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${cents}`;
}
