import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { likelyLeaver } from "../../../domain/turnover/enroll-steps.ts";
import { findAccount } from "../../../drivers/store/accounts.ts";
import { listCases } from "../../../drivers/store/cases.ts";
import type { Account } from "../../../drivers/store/generated/client.ts";
import { newRowId } from "../../../drivers/store/row-id.ts";
import { getWorkspace } from "../../../drivers/store/workspaces.ts";
import { addAccount } from "../../../operations/add-account.ts";
import { enrollDesk, peopleOf } from "../../../operations/enroll-desk.ts";
import { enrollStart } from "../../../operations/enroll-start.ts";
import { recordDeparture } from "../../../operations/record-departure.ts";
import { enrollAccountPage } from "../../pages/app/enroll-account-page.tsx";
import type { Typed } from "../../pages/app/enroll-frame.tsx";
import { enrollLeftPage } from "../../pages/app/enroll-left-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { addEnrollCaseSteps } from "./enroll-case.ts";
import { addressAfter, addressOf, readDeparture, refusedTyped, typedIn, untouched } from "./enroll-forms.ts";
import { addEnrollProgramSteps } from "./enroll-program.ts";
import { noSuchPage, sentenceFor } from "./form.ts";

const Asked = z.object({
  search: z.string().max(200).catch(""),
  case: z.uuid().optional().catch(undefined),
  account: z.uuid().optional().catch(undefined),
});

/**
 * Enrolling a contact, one question at a time. The case is what is saved: from the moment it is known who left,
 * leaving and coming back goes on at the first open question.
 */
export function addEnrollPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/enroll", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const asked = Asked.parse(request.query);
    if (asked.account !== undefined) return seeOther(reply, `/enroll/left?account=${asked.account}`);
    if (asked.case === undefined)
      return startPage(parts, request, reply, asked.search.trim().slice(0, 100), null);
    const desk = await enrollDesk(parts, { workspaceId, caseId: asked.case });
    if (desk === null) throw noSuchPage();
    if (desk.isEnrolled || desk.turnover.status === "closed") return seeOther(reply, `/cases/${asked.case}`);
    return seeOther(reply, addressOf(desk.next, asked.case));
  });

  app.post("/enroll/accounts", { config: { needs: "manage-accounts" } }, async (request, reply) => {
    const { workspaceId, user, actor } = sessionOf(request);
    const values = typedIn(request);
    const once = z.uuid().safeParse(values["once"]);
    const result = await addAccount(parts, {
      workspaceId,
      id: once.success ? once.data : newRowId(),
      name: values["name"] ?? "",
      productKey: values["product"] ?? "",
      zone: values["zone"] ?? "",
      csmId: user.roles.includes("csm") ? user.id : null,
      actor,
    });
    if (result.ok) return seeOther(reply, `/enroll/left?account=${result.account.id}`);
    const search = result.problem.code === "name-taken" ? (values["name"] ?? "").trim().slice(0, 100) : "";
    return startPage(
      parts,
      request,
      reply.code(422),
      search,
      refusedTyped(values, result.problem, "/enroll"),
    );
  });

  app.get("/enroll/left", { config: { needs: "work-cases" } }, async (request, reply) => {
    const account = await accountOf(parts, request, Asked.parse(request.query).account);
    return leftPage(parts, request, reply, account, null);
  });

  app.post("/enroll/left", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const values = typedIn(request);
    const account = await accountOf(parts, request, values["account"]);
    if (values["go"] === "back" && (values["who"] ?? "") === "") return seeOther(reply, "/enroll");
    const read = readDeparture(values);
    const result = read.ok
      ? await recordDeparture(parts, { workspaceId, accountId: account.id, actor, ...read.departure })
      : read;
    if (!result.ok)
      return leftPage(
        parts,
        request,
        reply.code(422),
        account,
        refusedTyped(values, result.problem, "/enroll"),
      );
    if (values["go"] === "back") return seeOther(reply, "/enroll");
    const desk = await enrollDesk(parts, { workspaceId, caseId: result.case.id });
    return seeOther(reply, desk === null ? `/enroll?case=${result.case.id}` : addressAfter("left", desk));
  });

  addEnrollCaseSteps(app, parts);
  addEnrollProgramSteps(app, parts);
}

async function startPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  search: string,
  adding: Typed | null,
): Promise<FastifyReply> {
  const { workspaceId, user } = sessionOf(request);
  const [start, products, workspace] = await Promise.all([
    enrollStart(parts, { workspaceId, userId: user.id, search }),
    parts.db.product.findMany({ where: { workspaceId }, orderBy: { name: "asc" }, take: 200 }),
    getWorkspace(parts.db, workspaceId),
  ]);
  return sendPage(
    reply,
    enrollAccountPage({
      viewer: viewerOf(parts, request, reply),
      search,
      ...start,
      products,
      standingZone: workspace.reportZone,
      once: newRowId(),
      adding,
      said: sentenceFor(request.query),
    }),
  );
}

async function accountOf(parts: WebParts, request: FastifyRequest, id: string | undefined): Promise<Account> {
  const read = z.uuid().safeParse(id);
  const account = read.success
    ? await findAccount(parts.db, sessionOf(request).workspaceId, read.data)
    : null;
  if (account === null) throw noSuchPage();
  return account;
}

async function leftPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Account,
  typed: Typed | null,
): Promise<FastifyReply> {
  const { workspaceId } = sessionOf(request);
  const [{ people, inAll }, cases] = await Promise.all([
    peopleOf(parts, workspaceId, account.id),
    listCases(parts.db, workspaceId, { open: true, accountId: account.id }),
  ]);
  const shown = people.filter(({ roles }) => !roles.includes("departed"));
  const gone = new Set(cases.map(({ departedContactId }) => departedContactId));
  // Who is known to have left is not guessed a second time.
  const likely = likelyLeaver(
    shown.filter(({ id }) => !gone.has(id)),
    account.sponsorContactId,
  );
  return sendPage(
    reply,
    enrollLeftPage({
      viewer: viewerOf(parts, request, reply),
      account,
      people: shown,
      inAll,
      caseId: null,
      open: [],
      others: cases.slice(0, 3).map((one) => ({
        id: one.id,
        leaverName: people.find(({ id }) => id === one.departedContactId)?.name ?? null,
      })),
      typed: typed ?? untouched(likely === null ? {} : { who: likely }),
    }),
  );
}
