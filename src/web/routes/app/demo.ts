import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { DemoClock } from "../../web-parts.ts";
import { Back, formOf, goBack } from "./form.ts";

const HOURS_PER_STEP = 24;
const Form = z.object({
  do: z.enum(["pause", "play", "step", "rate"]),
  daySeconds: z.coerce.number().min(0.2).max(3600).optional(),
  back: Back,
});

/** The demo's clock. These routes do not exist outside the demo. */
export function addDemoRoutes(app: FastifyInstance, demo: DemoClock): void {
  app.post("/demo/clock", { config: { needs: "signed-in" } }, async (request, reply) => {
    const form = formOf(request, Form);
    switch (form.do) {
      case "pause":
        demo.pause();
        break;
      case "play":
        demo.play();
        break;
      case "step":
        demo.step(HOURS_PER_STEP);
        break;
      case "rate":
        if (form.daySeconds !== undefined) demo.setDaySeconds(form.daySeconds);
        break;
      default:
        form.do satisfies never;
    }
    return goBack(reply, form.back, "clock");
  });
}
