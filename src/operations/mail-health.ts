import { localDateOf } from "../domain/calendar/zones.ts";
import type { Workspace } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";

/** How mail went since then: of what was submitted, what came back, what nobody knows, and what never left. */
export async function mailHealth(
  parts: Parts,
  input: { workspaceId: string; since: Date },
): Promise<{ submitted: number; bounced: number; complained: number; uncertain: number; failed: number }> {
  const { workspaceId, since } = input;
  const [row] = await parts.db.$queryRaw<
    { submitted: bigint; bounced: bigint; complained: bigint; uncertain: bigint; failed: bigint }[]
  >`
    select count(*) filter (where status = 'submitted') as submitted,
           count(*) filter (where "bouncedAt" is not null) as bounced,
           count(*) filter (where "complainedAt" is not null) as complained,
           count(*) filter (where status = 'uncertain') as uncertain,
           count(*) filter (where status = 'failed') as failed
      from send
     where "workspaceId" = ${workspaceId}::uuid and "localDate" >= ${since}::date`;
  const number = (value: bigint | undefined) => Number(value ?? 0n);
  return {
    submitted: number(row?.submitted),
    bounced: number(row?.bounced),
    complained: number(row?.complained),
    uncertain: number(row?.uncertain),
    failed: number(row?.failed),
  };
}

/** Program mails that have today's date: gone, or about to. */
export function mailsToday(
  { db, clock }: Parts,
  { id: workspaceId, reportZone }: Pick<Workspace, "id" | "reportZone">,
): Promise<number> {
  return db.send.count({
    where: {
      workspaceId,
      localDate: dateColumn(localDateOf(clock.now(), reportZone)),
      mailClass: "program",
      status: { notIn: ["skipped", "suppressed"] },
    },
  });
}
