import { z } from "zod";
import type { Items } from "../../../operations/import-report.ts";
import { importTasks } from "../../../operations/import-tasks.ts";
import { importTimeline } from "../../../operations/import-timeline.ts";
import { listTasks } from "../../../operations/list-tasks.ts";
import { listTimeline } from "../../../operations/list-timeline.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, Id, Instant, KeyHeader, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";
import { Csv, ImportAnswer } from "./import-answer.ts";

const Task = z.object({
  id: Id,
  caseId: Id,
  externalRef: z.string().nullable(),
  account: z.string().describe("The account's external_ref, or its name."),
  case: z.string().describe("The case's external_ref, or its number."),
  key: z.string(),
  kind: z.string(),
  text: z.string(),
  detail: z.string(),
  ownerEmail: z.string().nullable(),
  dueAt: Instant,
  createdAt: Instant,
  doneAt: Instant.nullable(),
  outcome: z.string().nullable(),
});
const Entry = z.object({
  id: Id,
  accountId: Id,
  externalRef: z.string().nullable(),
  account: z.string().describe("The account's external_ref, or its name."),
  date: z.iso.date(),
  kind: z.string(),
  text: z.string(),
  why: z.string().nullable(),
  visibility: z.string(),
  source: z.string(),
  author: z.string(),
});

const cell = z.string().max(20_000).nullable().exactOptional();
const ignored = z.string().max(100).exactOptional().describe("Taken as listed, and not read.");
const TaskItem = z.strictObject({
  id: ignored,
  caseId: ignored,
  externalRef: cell,
  account: cell,
  case: cell,
  key: cell,
  kind: cell,
  text: cell,
  detail: cell,
  ownerEmail: cell,
  dueAt: cell,
  createdAt: cell,
  doneAt: cell,
  outcome: cell,
});
const EntryItem = z.strictObject({
  id: ignored,
  accountId: ignored,
  externalRef: cell,
  account: cell,
  date: cell,
  kind: cell,
  text: cell,
  why: cell,
  visibility: cell,
  source: cell,
  author: cell,
});
const MOST_ITEMS = 10_000;
const bodyOf = <T extends z.ZodType>(item: T) =>
  z.union([z.strictObject(Csv.shape), z.strictObject({ items: z.array(item).max(MOST_ITEMS) })]);

/** Lists that other programs keep too (S0-24): what is listed here can be imported there, and back. */
export function addListRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/csm-tasks",
    {
      config: { scope: "read" },
      schema: {
        tags: ["lists"],
        summary: "List what people of ours have to do and have done",
        querystring: PageQuery.extend({ caseId: Id.optional() }),
        response: answers(pageOf(Task)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { caseId } = request.query;
      const filter = caseId === undefined ? {} : { caseId };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        listTasks(db, workspaceId, { ...filter, ...before }, window),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.post(
    "/csm-tasks/import",
    {
      config: { scope: "write" },
      bodyLimit: 6_000_000,
      schema: {
        tags: ["lists"],
        summary: "Import tasks of ours from CSV or as listed; safe to repeat",
        headers: KeyHeader,
        body: bodyOf(TaskItem),
        response: answers(ImportAnswer),
      },
    },
    async (request) => importTasks(parts, { ...whoOf(request), ...listOf(request.body) }),
  );

  app.get(
    "/timeline",
    {
      config: { scope: "read" },
      schema: {
        tags: ["lists"],
        summary: "List the accounts' stories",
        querystring: PageQuery.extend({ accountId: Id.optional() }),
        response: answers(pageOf(Entry)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { accountId } = request.query;
      const filter = accountId === undefined ? {} : { accountId };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        listTimeline(db, workspaceId, { ...filter, ...before }, window),
      );
      const items = rows.map(({ date, ...row }) => ({ ...row, date: date.toISOString().slice(0, 10) }));
      return { items, nextCursor };
    },
  );

  app.post(
    "/timeline/import",
    {
      config: { scope: "write" },
      bodyLimit: 6_000_000,
      schema: {
        tags: ["lists"],
        summary: "Import entries of the accounts' stories from CSV or as listed; safe to repeat",
        headers: KeyHeader,
        body: bodyOf(EntryItem),
        response: answers(ImportAnswer),
      },
    },
    async (request) => importTimeline(parts, { ...whoOf(request), ...listOf(request.body) }),
  );
}

type Body = z.output<ReturnType<typeof bodyOf<typeof TaskItem | typeof EntryItem>>>;

/** Fields under the names of their columns: "externalRef" is external_ref. Null is an empty cell. */
function listOf(body: Body): { csv: string } | { items: Items } {
  if ("csv" in body) return body;
  return {
    items: body.items.map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([name, value]) => [
          name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          value ?? "",
        ]),
      ),
    ),
  };
}
