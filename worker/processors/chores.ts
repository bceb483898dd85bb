import type { App } from "../../src/app.ts";
import type { Chore, ChoreJob } from "../../src/drivers/queue/jobs.ts";
import { assessDue } from "../../src/operations/assess-due.ts";
import { deliverWebhooks } from "../../src/operations/deliver-webhooks.ts";
import { forgetOld } from "../../src/operations/forget-old.ts";
import type { Leases } from "../../src/operations/leases.ts";
import { planDueSteps } from "../../src/operations/plan-due-steps.ts";
import { refreshReadiness } from "../../src/operations/refresh-readiness.ts";
import { sweep, wakeDueSends } from "../../src/operations/sweep.ts";

type ChoreProcessors = Readonly<Record<Chore, (job: ChoreJob) => Promise<void>>>;

/** Each chore reads its job, calls one operation, and lets a fault fail the job: the next look tries again. */
export function choreProcessors({ parts, config }: App, leases: Leases): ChoreProcessors {
  // Only a product that still captures its own mail may tell a webhook on the same machine.
  const webhookPolicy = { allowPrivateNetworks: config.smtpUrl === null };
  return {
    "plan-due-steps": async () => {
      const planned = await planDueSteps(parts);
      await wakeDueSends(parts, leases);
      if (planned.looked > 0) parts.log.debug({ planned }, "due steps were planned");
    },
    sweep: async () => {
      await sweep(parts, leases);
    },
    "assess-due": async () => {
      await assessDue(parts);
    },
    "refresh-readiness": async ({ enrollmentIds = [] }) => {
      const rows = await parts.db.enrollment.findMany({
        where: { id: { in: [...enrollmentIds] } },
        select: { id: true, workspaceId: true },
      });
      for (const { id: enrollmentId, workspaceId } of rows) {
        await refreshReadiness(parts, { workspaceId, enrollmentId, cause: "act" });
      }
    },
    "deliver-webhooks": async () => {
      await deliverWebhooks(parts, webhookPolicy);
    },
    "forget-old": async () => {
      await forgetOld(parts);
    },
  };
}
