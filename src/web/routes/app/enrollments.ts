import type { FastifyInstance } from "fastify";
import { DateTime } from "luxon";
import { z } from "zod";
import { addEvidence } from "../../../operations/add-evidence.ts";
import { bookMeeting } from "../../../operations/book-meeting.ts";
import { changePace } from "../../../operations/change-pace.ts";
import { pauseEnrollment } from "../../../operations/pause-enrollment.ts";
import { resumeEnrollment } from "../../../operations/resume-enrollment.ts";
import { voidPageLinks } from "../../../operations/void-page-links.ts";
import { withdrawEnrollment } from "../../../operations/withdraw-enrollment.ts";
import { sessionOf } from "../../plugins/session-guard.ts";
import { refused, unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf, noSuchPage } from "./form.ts";

const OnlyBack = z.object({ back: Back });
const Pace = z.object({ pace: z.enum(["slow", "normal", "fast"]), back: Back });
const Reasoned = z.object({ reason: z.string().trim().min(1).max(1000), back: Back });
const Evidence = z.object({
  task: z.string().min(1).max(120),
  what: z.enum(["verify", "waive", "reopen"]),
  reason: z.string().trim().max(1000).default(""),
  back: Back,
});
/** A day and a time as two fields, or one instant of the wall clock that a button carries. */
const Booking = z.object({
  slot: z.string().max(40).default(""),
  date: z.string().max(10).default(""),
  time: z.string().max(8).default(""),
  back: Back,
});

/** What a CSM does to one enrollment, each a button of the case room. */
export function addEnrollmentActs(app: FastifyInstance, parts: WebParts): void {
  app.post("/enrollments/:id/pause", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    const reason = "paused by the CSM";
    unwrap(await pauseEnrollment(parts, { workspaceId, enrollmentId: idOf(request), reason, actor }));
    return goBack(reply, back, "paused");
  });

  app.post("/enrollments/:id/resume", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    unwrap(await resumeEnrollment(parts, { workspaceId, enrollmentId: idOf(request), actor }));
    return goBack(reply, back, "resumed");
  });

  app.post("/enrollments/:id/pace", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { pace, back } = formOf(request, Pace);
    unwrap(await changePace(parts, { workspaceId, enrollmentId: idOf(request), pace, actor }));
    return goBack(reply, back, "pace");
  });

  app.post("/enrollments/:id/withdraw", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { reason, back } = formOf(request, Reasoned);
    unwrap(await withdrawEnrollment(parts, { workspaceId, enrollmentId: idOf(request), reason, actor }));
    return goBack(reply, back, "withdrawn");
  });

  app.post(
    "/enrollments/:id/void-page-links",
    { config: { needs: "work-cases" } },
    async (request, reply) => {
      const { workspaceId, actor } = sessionOf(request);
      const { reason, back } = formOf(request, Reasoned);
      unwrap(await voidPageLinks(parts, { workspaceId, enrollmentId: idOf(request), reason, actor }));
      return goBack(reply, back, "voided");
    },
  );

  app.post("/enrollments/:id/tasks", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { task, what, reason, back } = formOf(request, Evidence);
    const input = { workspaceId, enrollmentId: idOf(request), task, what, actor };
    unwrap(await addEvidence(parts, reason === "" ? input : { ...input, reason }));
    return goBack(reply, back, "task");
  });

  app.post("/enrollments/:id/meetings", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { slot, date, time, back } = formOf(request, Booking);
    const enrollment = await parts.db.enrollment.findFirst({ where: { id: idOf(request), workspaceId } });
    if (enrollment === null) throw noSuchPage();
    const at = DateTime.fromISO(slot === "" ? `${date}T${time}` : slot, { zone: enrollment.zone });
    if (!at.isValid)
      throw refused(422, "invalid", "slot", "This is not a day and a time.", "Go back and choose both.");
    const input = { workspaceId, enrollmentId: enrollment.id, slotAt: at.toJSDate(), actor };
    unwrap(await bookMeeting(parts, input));
    return goBack(reply, back, "booked");
  });
}
