import type { PrismaClient } from "./generated/client.ts";

/**
 * Changes whenever a row that the case room shows has changed: the rows' own versions, by index and without
 * reading what is in them. Null: no such case in this workspace.
 */
export async function caseStamp(
  db: PrismaClient,
  workspaceId: string,
  caseId: string,
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ stamp: string | null }[]>`
    with e as (
      select id, xmin from enrollment where "caseId" = ${caseId}::uuid and "workspaceId" = ${workspaceId}::uuid
    ), rows as (
      select xmin::text as v from turnover_case where id = ${caseId}::uuid and "workspaceId" = ${workspaceId}::uuid
      union all select xmin::text from e
      union all select xmin::text from csm_task where "caseId" = ${caseId}::uuid
      union all select xmin::text from escalation
        where "workspaceId" = ${workspaceId}::uuid and "caseId" = ${caseId}::uuid
      union all select xmin::text from effort_entry
        where "workspaceId" = ${workspaceId}::uuid and "caseId" = ${caseId}::uuid
      union all select s.xmin::text from send s join e on e.id = s."enrollmentId"
      union all select q.xmin::text from question q join e on e.id = q."enrollmentId"
      union all select m.xmin::text from meeting m join e on e.id = m."enrollmentId"
      union all select t.xmin::text from task t join e on e.id = t."enrollmentId"
      union all select 'events ' || count(*) from engagement_event g join e on e.id = g."enrollmentId"
    )
    select case when exists (select 1 from turnover_case
                              where id = ${caseId}::uuid and "workspaceId" = ${workspaceId}::uuid)
                then md5(string_agg(v, ',' order by v)) end as stamp
      from rows`;
  return row?.stamp ?? null;
}
