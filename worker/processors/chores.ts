import type { AppParts } from "../../src/app.ts";
import type { Chore, ChoreJob } from "../../src/drivers/queue/jobs.ts";
import { planDueSteps } from "../../src/operations/plan-due-steps.ts";
import { sweep, wakeDueSends } from "../../src/operations/sweep.ts";

type ChoreProcessors = Readonly<Record<Chore, (job: ChoreJob) => Promise<void>>>;

/** Each chore reads its job, calls one operation, and lets a fault fail the job: the next look tries again. */
export function choreProcessors(parts: AppParts): ChoreProcessors {
  return {
    "plan-due-steps": async () => {
      const planned = await planDueSteps(parts);
      await wakeDueSends(parts);
      if (planned.looked > 0) parts.log.debug({ planned }, "due steps were planned");
    },
    sweep: async () => {
      await sweep(parts);
    },
    "assess-due": async () => undefined,
    "refresh-readiness": async () => undefined,
    "deliver-webhooks": async () => undefined,
  };
}
