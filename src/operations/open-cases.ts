import {
  type OpenCaseRow,
  type OpenProgramRow,
  openCaseRows,
  openProgramRows,
} from "../drivers/store/open-case-rows.ts";
import { byKey } from "./by-key.ts";
import type { Db } from "./parts.ts";

/** A case as a week shows it, with its programs, the newest first. */
export interface OpenCase extends Omit<OpenCaseRow, AccountColumn> {
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
type AccountColumn =
  | ("accountId" | "accountName" | "arrMinor" | "currency")
  | ("zone" | "csmId" | "csmName" | "renewalOn");
export type OpenEnrollment = Omit<OpenProgramRow, "contactName"> & { contact: { name: string } };

/** These cases by id, with the programs that run or have ended well; the newest program comes first. */
export async function loadOpenCases(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, OpenCase>> {
  const [cases, programs] = await Promise.all([
    openCaseRows(db, workspaceId, ids),
    openProgramRows(db, workspaceId, ids),
  ]);
  const programsOf = byKey(programs, ({ caseId }) => caseId);
  return new Map(
    cases.map((row) => {
      const { accountId, accountName, arrMinor, currency, zone, csmId, csmName, renewalOn, ...turnover } =
        row;
      const csm = csmName === null ? null : { name: csmName };
      return [
        row.id,
        {
          ...turnover,
          account: { id: accountId, name: accountName, arrMinor, currency, zone, csmId, csm, renewalOn },
          enrollments: (programsOf.get(row.id) ?? []).map(({ contactName, ...program }) => ({
            ...program,
            contact: { name: contactName },
          })),
        },
      ];
    }),
  );
}

/** The contact's own program of a case: the one that stands for it. */
export function mainOf(turnover: OpenCase | undefined): OpenEnrollment | null {
  return turnover?.enrollments.find(({ audience }) => audience === "contact") ?? null;
}
