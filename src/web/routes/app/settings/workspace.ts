import type { FastifyInstance } from "fastify";
import { DateTime } from "luxon";
import { z } from "zod";
import { changeWorkspace } from "../../../../operations/change-workspace.ts";
import { mailHealth, mailsToday } from "../../../../operations/mail-health.ts";
import { openHolds } from "../../../../operations/mail-holds.ts";
import { senderDomains } from "../../../../operations/sender-domains.ts";
import { complaintWarnings } from "../../../../operations/watch-reputation.ts";
import { daysOffAhead } from "../../../../operations/workspace-days-off.ts";
import { calendarSettingsPage } from "../../../pages/app/settings/calendar-settings-page.tsx";
import { mailSettingsPage } from "../../../pages/app/settings/mail-settings-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, sentenceFor } from "../form.ts";

const HEALTH_DAYS = 30;
/** One check asks DNS a few times for each From domain; nobody needs more than this. */
const CHECKS_PER_MINUTE = 10;

const Sender = z.object({
  name: z.string(),
  postalAddress: z.string(),
  mailDomain: z.string(),
  // Emptied by accident it must not mean "no limit".
  dailyMailCap: z.string().trim().min(1, "is empty: write 0 for no limit").optional(),
  clickTracking: z.enum(["page_only", "redirect"]).optional(),
});
const CalendarForm = z.object({
  windowStart: z.string(),
  windowEnd: z.string(),
  workWeek: z.preprocess((days) => (days === undefined ? [] : [days].flat()), z.array(z.string())),
  holidayCountry: z.string().default(""),
  closedDays: z.string().max(5000).default(""),
  reportZone: z.string(),
  weekStart: z.string(),
});

export function addWorkspaceSettings(app: FastifyInstance, parts: WebParts): void {
  const mayCheck = app.createRateLimit({ max: CHECKS_PER_MINUTE, timeWindow: "1 minute" });

  app.get<{ Querystring: { check?: string } }>(
    "/settings/mail",
    { config: { needs: "see-settings" } },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const workspace = await parts.db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
      const since = DateTime.fromJSDate(parts.clock.now()).minus({ days: HEALTH_DAYS }).toJSDate();
      const asked = request.query.check === "dns" && allowed(await mayCheck(request));
      const now = parts.clock.now();
      const [health, today, holds, warnings, findings] = await Promise.all([
        mailHealth(parts, { workspaceId, since }),
        mailsToday(parts, workspace),
        openHolds(parts.db, workspaceId),
        complaintWarnings(parts.db, workspaceId, now),
        asked
          ? senderDomains(parts.db, workspaceId).then((senders) => parts.mailSetup.checkDns(senders))
          : null,
      ]);
      const viewer = viewerOf(parts, request, reply);
      const said = sentenceFor(request.query);
      return sendPage(
        reply,
        mailSettingsPage({
          ...{
            viewer,
            workspace,
            setup: parts.mailSetup,
            findings,
            health,
            today,
            holds,
            warnings,
            now,
            said,
          },
        }),
      );
    },
  );

  app.post("/settings/mail", { config: { needs: "manage-settings" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const change = formOf(request, Sender);
    unwrap(await changeWorkspace(parts, { workspaceId, change, actor }));
    return goBack(reply, "/settings/mail", "saved");
  });

  app.get("/settings/calendar", { config: { needs: "see-settings" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const workspace = await parts.db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const ahead = daysOffAhead(workspace, parts.clock.now());
    const viewer = viewerOf(parts, request, reply);
    return sendPage(
      reply,
      calendarSettingsPage({ viewer, workspace, ahead, said: sentenceFor(request.query) }),
    );
  });

  app.post("/settings/calendar", { config: { needs: "manage-settings" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { closedDays, ...rest } = formOf(request, CalendarForm);
    const dates = closedDays.split(/[\s,;]+/).filter((word) => word !== "");
    unwrap(await changeWorkspace(parts, { workspaceId, change: { ...rest, closedDays: dates }, actor }));
    return goBack(reply, "/settings/calendar", "saved");
  });
}

function allowed(check: { isAllowed: boolean; isExceeded?: boolean }): boolean {
  return check.isAllowed || check.isExceeded !== true;
}
