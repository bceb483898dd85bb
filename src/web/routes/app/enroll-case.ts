import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { likelyDestination, likelySuccessor } from "../../../domain/turnover/enroll-steps.ts";
import { listCsmTasks } from "../../../drivers/store/csm-tasks.ts";
import { listCurrentCompetitors } from "../../../drivers/store/versions.ts";
import type { EnrollDesk } from "../../../operations/enroll-desk.ts";
import { nameSuccessor, waitForSuccessor } from "../../../operations/name-successor.ts";
import { dayOf } from "../../../operations/person-calendar.ts";
import { recordDeparture } from "../../../operations/record-departure.ts";
import { updateCase } from "../../../operations/update-case.ts";
import type { Typed, Values } from "../../pages/app/enroll-frame.tsx";
import { enrollLeftPage } from "../../pages/app/enroll-left-page.tsx";
import { enrollSuccessorPage } from "../../pages/app/enroll-successor-page.tsx";
import { enrollWaitingPage } from "../../pages/app/enroll-waiting-page.tsx";
import { enrollWherePage } from "../../pages/app/enroll-where-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import {
  addressAfter,
  deskOf,
  elsewhere,
  openSteps,
  readDeparture,
  readSuccessor,
  readWhere,
  refusedTyped,
  typedIn,
  untouched,
} from "./enroll-forms.ts";

const NEEDS = { config: { needs: "work-cases" } } as const;

/** The questions about a case that exists: who left, where to, who takes over. */
export function addEnrollCaseSteps(app: FastifyInstance, parts: WebParts): void {
  app.get("/enroll/:case/left", NEEDS, async (request, reply) => {
    const desk = await deskOf(parts, request);
    return (
      elsewhere(reply, desk, "left") ?? leftPage(parts, request, reply, desk, untouched(knownLeft(desk)))
    );
  });

  app.post("/enroll/:case/left", NEEDS, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const desk = await deskOf(parts, request);
    const away = elsewhere(reply, desk, "left");
    if (away !== null) return away;
    const values = typedIn(request);
    const back = values["go"] === "back";
    if (back && (values["who"] ?? "") === "") return seeOther(reply, "/enroll");
    const read = readDeparture(values);
    const { id: caseId, accountId } = desk.turnover;
    const result = read.ok
      ? await recordDeparture(parts, { workspaceId, accountId, caseId, actor, ...read.departure })
      : read;
    if (!result.ok) {
      const typed = refusedTyped(values, result.problem, "/enroll");
      return leftPage(parts, request, reply.code(422), desk, typed);
    }
    return seeOther(reply, back ? "/enroll" : addressAfter("left", await deskOf(parts, request)));
  });

  app.get("/enroll/:case/where", NEEDS, async (request, reply) => {
    const desk = await deskOf(parts, request);
    return (
      elsewhere(reply, desk, "where") ?? wherePage(parts, request, reply, desk, untouched(knownWhere(desk)))
    );
  });

  app.post("/enroll/:case/where", NEEDS, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const desk = await deskOf(parts, request);
    const away = elsewhere(reply, desk, "where");
    if (away !== null) return away;
    const values = typedIn(request);
    const { id: caseId, status } = desk.turnover;
    const before = `/enroll/${caseId}/left` as const;
    const back = values["go"] === "back";
    if (back && (values["destination"] ?? "") === "") return seeOther(reply, before);
    const read = readWhere(values);
    const triaged = status === "detected" ? { status: "triaged" as const } : {};
    const result = read.ok
      ? await updateCase(parts, { workspaceId, caseId, actor, ...read.where, ...triaged })
      : read;
    if (!result.ok)
      return wherePage(parts, request, reply.code(422), desk, refusedTyped(values, result.problem, before));
    return seeOther(reply, back ? before : addressAfter("where", await deskOf(parts, request)));
  });

  app.get("/enroll/:case/successor", NEEDS, async (request, reply) => {
    const desk = await deskOf(parts, request);
    return (
      elsewhere(reply, desk, "successor") ??
      successorPage(parts, request, reply, desk, untouched(knownSuccessor(desk)))
    );
  });

  app.post("/enroll/:case/successor", NEEDS, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const desk = await deskOf(parts, request);
    const away = elsewhere(reply, desk, "successor");
    if (away !== null) return away;
    const values = typedIn(request);
    const { id: caseId } = desk.turnover;
    const before = `/enroll/${caseId}/where` as const;
    const back = values["go"] === "back";
    const empty = (values["who"] ?? "") === "" || (values["type"] ?? "") === "";
    const nothingTyped = (values["who"] ?? "") !== "new" || (values["name"] ?? "") === "";
    if (back && (values["who"] === "nobody" || (empty && nothingTyped))) return seeOther(reply, before);
    if (values["who"] === "nobody") {
      await forgetSuccessor(parts, request, desk);
      unwrap(await waitForSuccessor(parts, { workspaceId, caseId, actor }));
      return seeOther(reply, `/enroll/${caseId}/waiting`);
    }
    const read = readSuccessor(values);
    const result = read.ok
      ? await nameSuccessor(parts, { workspaceId, caseId, actor, ...read.successor })
      : read;
    if (!result.ok) {
      const typed = refusedTyped(
        await withTheirPerson(parts, desk, values, result.problem.code),
        result.problem,
        before,
      );
      return successorPage(parts, request, reply.code(422), desk, typed);
    }
    return seeOther(reply, back ? before : addressAfter("successor", await deskOf(parts, request)));
  });

  app.get("/enroll/:case/waiting", NEEDS, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const desk = await deskOf(parts, request);
    const { id: caseId, account, roleOutcome, status } = desk.turnover;
    if (desk.isEnrolled || status === "closed") return seeOther(reply, `/cases/${caseId}`);
    const tasks = (await listCsmTasks(parts.db, workspaceId, caseId)).filter(({ doneAt }) => doneAt === null);
    return sendPage(
      reply,
      enrollWaitingPage({
        viewer: viewerOf(parts, request, reply),
        caseId,
        open: openSteps(desk),
        accountName: account.name,
        leaving: roleOutcome === "leaving_space",
        askAgainAt: tasks.find(({ kind }) => kind === "who-takes-over")?.dueAt ?? null,
        tasks: tasks.slice(0, 5),
      }),
    );
  });
}

function leftPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: EnrollDesk,
  typed: Typed,
) {
  const { account, id, departedContactId } = desk.turnover;
  return sendPage(
    reply,
    enrollLeftPage({
      viewer: viewerOf(parts, request, reply),
      account,
      people: desk.people.filter((one) => one.id === departedContactId || !one.roles.includes("departed")),
      inAll: desk.peopleInAll,
      caseId: id,
      open: openSteps(desk),
      others: [],
      typed,
    }),
  );
}

function wherePage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: EnrollDesk,
  typed: Typed,
) {
  return sendPage(
    reply,
    enrollWherePage({
      viewer: viewerOf(parts, request, reply),
      caseId: desk.turnover.id,
      open: openSteps(desk),
      accountName: desk.turnover.account.name,
      leaverName: desk.leaver?.name ?? null,
      typed,
    }),
  );
}

async function successorPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: EnrollDesk,
  typed: Typed,
) {
  const { turnover, leaver } = desk;
  const competitors = await listCurrentCompetitors(parts.db, turnover.workspaceId);
  return sendPage(
    reply,
    enrollSuccessorPage({
      viewer: viewerOf(parts, request, reply),
      caseId: turnover.id,
      open: openSteps(desk),
      accountName: turnover.account.name,
      accountZone: turnover.account.zone,
      leaverName: leaver?.name ?? null,
      sponsorId: turnover.account.sponsorContactId,
      people: desk.people.filter(({ id, roles }) => id !== leaver?.id && !roles.includes("departed")),
      inAll: desk.peopleInAll,
      competitors: competitors.map(({ key, name }) => ({ key, name })),
      typed,
    }),
  );
}

function knownLeft({ turnover, people }: EnrollDesk): Values {
  const { departureEffectiveOn } = turnover;
  return {
    who: people.some(({ id }) => id === turnover.departedContactId) ? (turnover.departedContactId ?? "") : "",
    source: turnover.detectionSource,
    reason: turnover.departureReason ?? "unknown",
    lastDay: departureEffectiveOn === null ? "" : dayOf(departureEffectiveOn),
    learned: turnover.learnedWhen,
  };
}

/** What is known, else what is likely: most roles are taken over, and a promotion stays in the house (S0-1). */
function knownWhere({ turnover }: EnrollDesk): Values {
  const asked = turnover.status !== "detected";
  const destination =
    asked || turnover.destination !== "unknown"
      ? turnover.destination
      : likelyDestination(turnover.departureReason);
  return {
    destination: !asked && destination === "unknown" ? "" : destination,
    newCompany: turnover.newCompany ?? "",
    roleOutcome: asked || turnover.roleOutcome !== "unknown" ? turnover.roleOutcome : "replacing",
  };
}

function knownSuccessor({ turnover, people }: EnrollDesk): Values {
  const { account, departedContactId, replacementContactId } = turnover;
  return {
    who: replacementContactId ?? likelySuccessor(people, departedContactId, account.sponsorContactId) ?? "",
    // A role merged into another goes to a colleague.
    type: turnover.replacementType ?? (turnover.roleOutcome === "merging" ? "internal" : ""),
    competitor: turnover.competitorKey ?? "",
    months: turnover.competitorMonths === null ? "" : String(turnover.competitorMonths),
    role: turnover.competitorRole ?? "",
  };
}

/** Somebody has the typed address already: they are chosen, and what was typed stays beside. */
async function withTheirPerson(
  parts: WebParts,
  desk: EnrollDesk,
  values: Values,
  code: string,
): Promise<Values> {
  if (code !== "address-taken") return values;
  const { workspaceId, accountId } = desk.turnover;
  const email = { equals: (values["email"] ?? "").trim(), mode: "insensitive" as const };
  const theirs = await parts.db.contact.findFirst({
    where: { workspaceId, accountId, email, erasedAt: null },
  });
  if (theirs === null) return values;
  if (!desk.people.some(({ id }) => id === theirs.id)) desk.people.unshift(theirs);
  return { ...values, who: theirs.id };
}

/** Whoever was named before is not taking over after all. */
async function forgetSuccessor(parts: WebParts, request: FastifyRequest, { turnover }: EnrollDesk) {
  if (turnover.replacementContactId === null) return;
  const { workspaceId, actor } = sessionOf(request);
  unwrap(
    await updateCase(parts, {
      workspaceId,
      caseId: turnover.id,
      actor,
      replacementContactId: null,
      ...(turnover.status === "replacement_identified" ? { status: "triaged" as const } : {}),
    }),
  );
}
