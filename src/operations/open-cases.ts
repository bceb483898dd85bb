import type { Account, Case, Contact, Enrollment } from "../drivers/store/generated/client.ts";
import { LIVE_STATUSES } from "./may-enroll.ts";
import type { Db } from "./parts.ts";

export type OpenEnrollment = Enrollment & { contact: Contact };
export type OpenCase = Case & {
  account: Account & { csm: { name: string } | null };
  enrollments: OpenEnrollment[];
};

/**
 * The open cases of one CSM's accounts (`csmId`), of accounts that nobody owns (null), or all of them
 * (undefined), with the programs that run or have ended well; the newest program comes first.
 */
export async function loadOpenCases(
  db: Db,
  workspaceId: string,
  csmId: string | null | undefined,
): Promise<OpenCase[]> {
  return db.case.findMany({
    where: {
      workspaceId,
      status: { not: "closed" },
      ...(csmId === undefined ? {} : { account: { csmId } }),
    },
    include: {
      account: { include: { csm: { select: { name: true } } } },
      enrollments: {
        where: { status: { in: [...LIVE_STATUSES, "completed"] } },
        include: { contact: true },
        orderBy: { createdAt: "desc" },
      },
    },
    orderBy: { detectedAt: "asc" },
  });
}

/** The contact's own program of a case: the one that stands for it. */
export function mainOf(turnover: OpenCase): OpenEnrollment | null {
  return turnover.enrollments.find(({ audience }) => audience === "contact") ?? null;
}
