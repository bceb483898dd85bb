import type { Parts } from "../../operations/parts.ts";
import { readinessOf } from "../../operations/readiness-of.ts";
import type { WorldAccount } from "./world-types.ts";

export interface ResultRow {
  contact: string;
  account: string;
  track: string;
  verdict: string;
  score: string;
  evidence: string;
  machine: string;
  twist: string;
}

/** Where everybody stands at the end: one row an account, those without a program included, with the reason. */
export async function resultRows(
  parts: Parts,
  workspaceId: string,
  accounts: readonly WorldAccount[],
): Promise<ResultRow[]> {
  const enrollments = await parts.db.enrollment.findMany({
    where: { workspaceId, audience: "contact" },
    include: { contact: true, account: true, version: true },
    orderBy: { startedAt: "asc" },
  });
  const rows: ResultRow[] = [];
  for (const account of accounts) {
    const enrollment = enrollments.find((one) => one.account.externalRef === account.ref);
    if (enrollment === undefined) {
      rows.push({
        contact: "–",
        account: account.name,
        track: "none",
        verdict: "–",
        score: "–",
        evidence: "–",
        machine: "–",
        twist: account.twist,
      });
      continue;
    }
    const view = await readinessOf(parts, { workspaceId, enrollmentId: enrollment.id });
    const readiness = view?.readiness ?? null;
    const ignored = readiness?.machineSignals;
    rows.push({
      contact: enrollment.contact.name,
      account: account.name,
      track: enrollment.version.key,
      verdict: `${readiness?.verdict ?? "–"}${readiness?.paused ? " (paused)" : ""}${enrollment.status === "completed" ? " (completed)" : ""}`,
      score: readiness === null ? "–" : readiness.score.toFixed(2),
      evidence: readiness === null ? "–" : `${readiness.strongActs} strong, ${readiness.weakActs} weak`,
      machine: ignored === undefined ? "–" : String(ignored.opens + ignored.clicks + ignored.other),
      twist: account.twist,
    });
  }
  return rows;
}
