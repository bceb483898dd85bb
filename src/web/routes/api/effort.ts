import { z } from "zod";
import { findCase } from "../../../drivers/store/cases.ts";
import { addEffort } from "../../../operations/add-effort.ts";
import { caseEffort } from "../../../operations/case-effort.ts";
import { takeBackEffort } from "../../../operations/take-back-effort.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, created, Id, Instant, KeyHeader, notFound, whoOf } from "./api.ts";

const Sum = z.object({
  minutes: z.number().int(),
  lines: z.array(
    z.object({
      act: z.string(),
      count: z.number().int(),
      each: z.number().int().nullable().describe("Minutes of one; null where each entry says its own."),
      minutes: z.number().int(),
    }),
  ),
});
const Effort = z.object({
  spent: Sum.describe("By people: acts on record at default minutes, and what was written down. Estimate."),
  avoided: Sum.describe("By automation: mails that left, at what each would have taken by hand. Estimate."),
  budgetMinutes: z.number().int(),
  overBudget: z.boolean(),
  entries: z.array(
    z.object({ id: Id, minutes: z.number().int(), what: z.string(), spentOn: z.iso.date(), by: z.string() }),
  ),
});
const Entry = z.object({
  id: Id,
  caseId: Id,
  minutes: z.number().int(),
  what: z.string(),
  spentOn: Instant,
  createdAt: Instant,
  createdBy: z.string(),
  takenBackAt: Instant.nullable(),
});
const EntryBody = z.strictObject({
  minutes: z.number().int().min(1).max(1440),
  what: z.string().trim().min(1).max(200),
  spentOn: z.iso.date(),
});

export function addEffortRoutes(app: ApiApp, parts: WebParts): void {
  const tags = ["cases"];

  app.get(
    "/cases/:id/effort",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "Estimated minutes that a case took of people, and that automation spared them",
        params: ById,
        response: answers(Effort),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const turnover = await findCase(parts.db, workspaceId, request.params.id);
      if (turnover === null) throw notFound("case");
      const { spent, avoided, ...rest } = await caseEffort(parts.db, turnover);
      const sum = (of: typeof spent) => ({ minutes: of.minutes, lines: [...of.lines] });
      return { ...rest, spent: sum(spent), avoided: sum(avoided) };
    },
  );

  app.post(
    "/cases/:id/effort",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Write minutes down that no act on record stands for",
        params: ById,
        headers: KeyHeader,
        body: EntryBody,
        response: created(Entry),
      },
    },
    async (request, reply) => {
      const input = { ...request.body, caseId: request.params.id, ...whoOf(request) };
      return reply.code(201).send(toWire(unwrap(await addEffort(parts, input)).entry));
    },
  );

  app.post(
    "/effort/:id/take-back",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Take a wrong entry out of the sum",
        params: ById,
        headers: KeyHeader,
        response: answers(Entry),
      },
    },
    async (request) =>
      toWire(unwrap(await takeBackEffort(parts, { entryId: request.params.id, ...whoOf(request) })).entry),
  );
}
