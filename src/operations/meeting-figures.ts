import type { Parts } from "./parts.ts";

export interface MeetingFigures {
  held: number;
  /** Held meetings that did not turn into a demo, not even partly. */
  withoutDemo: number;
  /** withoutDemo / held (S0-32); null while none was held: no rate is better than a made-up one. */
  demoFreeRate: number | null;
}

/** How many meetings were what a ready contact makes possible: no demo and no tour. */
export async function meetingFigures(
  parts: Parts,
  input: { workspaceId: string; from: Date; to: Date },
): Promise<MeetingFigures> {
  const groups = await parts.db.meeting.groupBy({
    by: ["demo"],
    where: { workspaceId: input.workspaceId, state: "held", heldAt: { gte: input.from, lt: input.to } },
    _count: { _all: true },
  });
  const held = groups.reduce((sum, group) => sum + group._count._all, 0);
  const withoutDemo = groups.find((group) => group.demo === "no")?._count._all ?? 0;
  return { held, withoutDemo, demoFreeRate: held === 0 ? null : withoutDemo / held };
}
