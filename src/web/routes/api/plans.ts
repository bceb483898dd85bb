import { z } from "zod";
import { Goal } from "../../../domain/accounts/success-plan.ts";
import { acceptPlan, proposePlan } from "../../../operations/accept-plan.ts";
import { addValue } from "../../../operations/add-value.ts";
import { changeValue } from "../../../operations/change-value.ts";
import { planRoom } from "../../../operations/plan-room.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, created, Id, Instant, KeyHeader, notFound, whoOf } from "./api.ts";

const Plan = z.object({
  version: z.number().int(),
  state: z.string(),
  direction: z.string(),
  goals: z.array(Goal),
  createdAt: Instant,
  writtenBy: z.string(),
  agreements: z.array(z.object({ party: z.string(), who: z.string().nullable(), at: Instant.nullable() })),
});
const Value = z.object({
  id: Id,
  accountId: Id,
  metric: z.string(),
  unit: z.string(),
  baseline: z.string(),
  current: z.string(),
  period: z.string(),
  moneyMinor: z.number().int().nullable().describe("In minor units of the account's currency."),
  source: z.string(),
  capturedOn: Instant,
  confirmedBy: z.string().nullable(),
  visibility: z.string(),
});
const text = z.string().max(1000);
const seen = { confirmedByContactId: Id.nullable(), visibility: z.enum(["customer", "internal"]) };
const PlanBody = z.strictObject({
  goals: z.array(Goal).max(100),
  direction: text.exactOptional(),
  basedOn: z
    .number()
    .int()
    .min(0)
    .exactOptional()
    .describe("The version that was changed, 0 for none: refused when a newer one stands."),
});
const ValueBody = z.strictObject({
  metric: text,
  unit: text.default(""),
  baseline: text,
  current: text,
  period: text,
  moneyMinor: z.number().int().min(0).nullable().default(null),
  source: text,
  capturedOn: z.iso.date(),
  confirmedByContactId: seen.confirmedByContactId.default(null),
  visibility: seen.visibility,
});

/** The success plan of an account, and what the product has brought. */
export function addPlanRoutes(app: ApiApp, parts: WebParts): void {
  app.get(
    "/accounts/:id/plans",
    {
      config: { scope: "read" },
      schema: {
        tags: ["success plans"],
        summary: "Every version of the success plan, newest first, with who accepted it",
        params: ById,
        response: answers(z.object({ items: z.array(Plan) })),
      },
    },
    async (request) => ({
      items: toWire((await roomOf(whoOf(request).workspaceId, request.params.id)).versions),
    }),
  );

  app.post(
    "/accounts/:id/plans",
    {
      config: { scope: "write" },
      schema: {
        tags: ["success plans"],
        summary: "Write the goals; changed ones make a new version that all three accept anew",
        params: ById,
        headers: KeyHeader,
        body: PlanBody,
        response: answers(z.object({ version: z.number().int(), state: z.string(), change: z.string() })),
      },
    },
    async (request) => {
      const input = { ...request.body, accountId: request.params.id, ...whoOf(request) };
      const { plan, change } = unwrap(await proposePlan(parts, input));
      return { version: plan.version, state: plan.state, change };
    },
  );

  app.post(
    "/accounts/:id/plans/accept",
    {
      config: { scope: "write" },
      schema: {
        tags: ["success plans"],
        summary: "Accept the version that stands, as the CSM; the customer's two do it on their pages",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ version: z.number().int().min(1) }),
        response: answers(z.object({ version: z.number().int(), state: z.string() })),
      },
    },
    async (request) => {
      const { version } = request.body;
      const { workspaceId } = whoOf(request);
      const accountId = request.params.id;
      await roomOf(workspaceId, accountId);
      const { plan } = unwrap(
        await acceptPlan(parts, { accountId, party: "csm", version, ...whoOf(request) }),
      );
      return { version: plan.version, state: plan.state };
    },
  );

  app.get(
    "/accounts/:id/values",
    {
      config: { scope: "read" },
      schema: {
        tags: ["success plans"],
        summary: "What the product has brought, newest first",
        params: ById,
        response: answers(z.object({ items: z.array(Value) })),
      },
    },
    async (request) => ({
      items: toWire((await roomOf(whoOf(request).workspaceId, request.params.id)).values),
    }),
  );

  app.post(
    "/accounts/:id/values",
    {
      config: { scope: "write" },
      schema: {
        tags: ["success plans"],
        summary: "Add a number that the product has brought",
        params: ById,
        headers: KeyHeader,
        body: ValueBody,
        response: created(Value),
      },
    },
    async (request, reply) => {
      const { moneyMinor, ...fields } = request.body;
      const { value } = unwrap(
        await addValue(parts, {
          ...fields,
          moneyMinor: moneyMinor === null ? null : BigInt(moneyMinor),
          accountId: request.params.id,
          ...whoOf(request),
        }),
      );
      return reply.code(201).send(toWire(value));
    },
  );

  app.patch(
    "/values/:id",
    {
      config: { scope: "write" },
      schema: {
        tags: ["success plans"],
        summary: "Change who may read a number, and who confirmed it",
        params: ById,
        body: z.strictObject({
          visibility: seen.visibility.exactOptional(),
          confirmedByContactId: seen.confirmedByContactId.exactOptional(),
        }),
        response: answers(Value),
      },
    },
    async (request) => {
      const change = { ...request.body, valueId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await changeValue(parts, change)).value);
    },
  );

  async function roomOf(workspaceId: string, accountId: string) {
    const room = await planRoom(parts, { workspaceId, accountId });
    if (room === null) throw notFound("account");
    return room;
  }
}
