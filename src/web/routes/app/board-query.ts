import { z } from "zod";
import { BOARD_SORTS, type BoardFilter } from "../../../operations/board-parts.ts";
import { CASE_STATUSES } from "../../pages/app/case-statuses.ts";

/** What an address of the board or of the list of cases asks for; whatever it does not know, it ignores. */
export const BoardQuery = z.object({
  verdict: z
    .enum(["at_risk", "unreachable", "stalled", "ready", "warming", "on_track", "not_started", "no_program"])
    .optional()
    .catch(undefined),
  status: z.enum(CASE_STATUSES).optional().catch(undefined),
  csm: z
    .union([z.uuid(), z.enum(["mine", "nobody"])])
    .optional()
    .catch(undefined),
  only: z.enum(["overdue", "limbo"]).optional().catch(undefined),
  state: z.enum(["open", "closed"]).catch("open"),
  search: z.string().trim().max(100).catch(""),
  sort: z.enum(BOARD_SORTS).catch("attention"),
  /** Every CSM's figures instead of the first dozen. */
  csms: z.literal("all").optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type BoardQuery = z.output<typeof BoardQuery>;

/** The same for the operation; "mine" is whoever asks. */
export function filterOf(asked: BoardQuery, userId: string): BoardFilter {
  const { verdict, status, csm, only, search } = asked;
  return {
    ...(verdict === undefined ? {} : { verdict }),
    ...(status === undefined ? {} : { status }),
    ...(csm === undefined ? {} : { csmId: csm === "mine" ? userId : csm }),
    ...(only === undefined ? {} : { only }),
    ...(search === "" ? {} : { search }),
  };
}
