import type { Prisma } from "../drivers/store/generated/client.ts";
import { LIVE_STATUSES } from "./may-enroll.ts";
import type { Db } from "./parts.ts";

/** Only what a week shows: everybody's has hundreds of cases, and most of a row is not looked at. */
const SHOWN = {
  id: true,
  status: true,
  severity: true,
  detectedAt: true,
  departureEffectiveOn: true,
  closedAt: true,
  roleOutcome: true,
  replacementContactId: true,
  replacementSeenAt: true,
  account: {
    select: {
      id: true,
      name: true,
      arrMinor: true,
      currency: true,
      zone: true,
      csmId: true,
      renewalOn: true,
      csm: { select: { name: true } },
    },
  },
  enrollments: {
    where: { status: { in: [...LIVE_STATUSES, "completed"] } },
    select: {
      id: true,
      caseId: true,
      audience: true,
      status: true,
      verdict: true,
      score: true,
      zone: true,
      dueAt: true,
      position: true,
      progress: true,
      pauses: true,
      versionId: true,
      contact: { select: { name: true } },
    },
    orderBy: { createdAt: "desc" },
  },
} satisfies Prisma.CaseSelect;

export type OpenCase = Prisma.CaseGetPayload<{ select: typeof SHOWN }>;
export type OpenEnrollment = OpenCase["enrollments"][number];

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
    select: SHOWN,
    orderBy: { detectedAt: "asc" },
  });
}

/** The contact's own program of a case: the one that stands for it. */
export function mainOf(turnover: OpenCase): OpenEnrollment | null {
  return turnover.enrollments.find(({ audience }) => audience === "contact") ?? null;
}
