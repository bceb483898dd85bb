import type { Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** A readiness signal with whom it is about. */
export interface SignalRow {
  id: string;
  caseId: string;
  contactName: string;
  accountName: string;
  /** verdict_changed | meeting_requested */
  kind: string;
  fromVerdict: string | null;
  toVerdict: string;
  at: Date;
}

/** The newest signals since `from`; `csmId` null: about everybody's contacts. */
export function listSignals(
  db: Db,
  workspaceId: string,
  { csmId, from, limit }: { csmId: string | null; from: Date; limit: number },
): Promise<SignalRow[]> {
  return db.$queryRaw<SignalRow[]>`
    select s.id, s."caseId", p.name as "contactName", a.name as "accountName", s.kind,
           s."fromVerdict", s."toVerdict", s.at
      from readiness_signal s
      join enrollment e on e.id = s."enrollmentId"
      join contact p on p.id = e."contactId"
      join account a on a.id = e."accountId"
     where s."workspaceId" = ${workspaceId}::uuid and s.at >= ${from}
       and (${csmId}::uuid is null or a."csmId" = ${csmId}::uuid)
     order by s.at desc, s.id desc
     limit ${limit}`;
}
