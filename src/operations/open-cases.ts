import { type OpenProgramRow, openCaseRows, openProgramRows } from "../drivers/store/open-case-rows.ts";
import { byKey } from "./by-key.ts";
import type { Db } from "./parts.ts";

/** A case as a week shows it, with its programs, the newest first. */
export interface OpenCase {
  id: string;
  status: string;
  severity: number;
  detectedAt: Date;
  departureEffectiveOn: Date | null;
  closedAt: Date | null;
  roleOutcome: string;
  replacementContactId: string | null;
  replacementSeenAt: Date | null;
  account: {
    id: string;
    name: string;
    arrMinor: bigint;
    currency: string;
    zone: string;
    csmId: string | null;
    csm: { name: string } | null;
    renewalOn: Date | null;
  };
  enrollments: OpenEnrollment[];
}
export type OpenEnrollment = Omit<OpenProgramRow, "contactName"> & { contact: { name: string } };

/**
 * The open cases of one CSM's accounts (`csmId`), of accounts that nobody owns (null), or all of them
 * (undefined), with the programs that run or have ended well; the newest program comes first.
 */
export async function loadOpenCases(
  db: Db,
  workspaceId: string,
  csmId: string | null | undefined,
): Promise<OpenCase[]> {
  const [cases, programs] = await Promise.all([
    openCaseRows(db, workspaceId, csmId),
    openProgramRows(db, workspaceId, csmId),
  ]);
  const programsOf = byKey(programs, ({ caseId }) => caseId);
  return cases.map((row) => {
    const { accountId, accountName, arrMinor, currency, zone, csmName, renewalOn, ...turnover } = row;
    return {
      ...turnover,
      account: {
        id: accountId,
        name: accountName,
        arrMinor,
        currency,
        zone,
        csmId: row.csmId,
        csm: csmName === null ? null : { name: csmName },
        renewalOn,
      },
      enrollments: (programsOf.get(row.id) ?? []).map(({ contactName, ...program }) => ({
        ...program,
        contact: { name: contactName },
      })),
    };
  });
}

/** The contact's own program of a case: the one that stands for it. */
export function mainOf(turnover: OpenCase): OpenEnrollment | null {
  return turnover.enrollments.find(({ audience }) => audience === "contact") ?? null;
}
