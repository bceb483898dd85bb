import { Prisma, type PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** How often one kind of act is on record; `minutes` only of what people wrote down. */
export interface EffortRow {
  /** Whose: a case, or a CSM ("nobody" for accounts without one). */
  of: string;
  act: string;
  count: number;
  minutes: number | null;
}

/** Of these cases, each with its own rows. One statement, however many. */
export function effortOfCases(db: Db, workspaceId: string, caseIds: readonly string[]): Promise<EffortRow[]> {
  return counted(db, workspaceId, Prisma.sql`c.id = any(${[...caseIds]}::uuid[])`, Prisma.sql`c.id::text`);
}

/** Of all open cases, summed for each CSM that owns their accounts. */
export function effortByOwner(db: Db, workspaceId: string): Promise<EffortRow[]> {
  return counted(
    db,
    workspaceId,
    Prisma.sql`c.status <> 'closed'`,
    Prisma.sql`coalesce(a."csmId"::text, 'nobody')`,
  );
}

/*
 * Counted from the rows that each act leaves anyway: nothing is kept twice, and an act that is undone leaves
 * the sum by itself. A duty counts when a person ticked it off, which only the audit knows: most are closed by
 * the act they ask for, which counts already.
 */
function counted(db: Db, workspaceId: string, which: Prisma.Sql, of: Prisma.Sql): Promise<EffortRow[]> {
  return db.$queryRaw<EffortRow[]>`
    with c as materialized (
      select c.id, ${of} as of, c."openedBy"
        from turnover_case c join account a on a.id = c."accountId"
       where c."workspaceId" = ${workspaceId}::uuid and ${which}
    ), e as materialized (
      select e.id, c.of from enrollment e join c on c.id = e."caseId"
       where e."workspaceId" = ${workspaceId}::uuid
    ), acts as (
      select of, 'case-opened' as act, null::int as minutes from c where "openedBy" like 'user:%'
      union all
      select c.of, 'fact-captured', null
        from audit_entry u join c on u."subjectId" = c.id::text
       where u."workspaceId" = ${workspaceId}::uuid and u."subjectType" = 'case'
         and u.action = 'case-updated' and u.actor like 'user:%'
      union all
      select e.of, 'contact-enrolled', null
        from audit_entry u join e on u."subjectId" = e.id::text
       where u."workspaceId" = ${workspaceId}::uuid and u."subjectType" = 'enrollment'
         and u.action = 'contact-enrolled' and u.actor like 'user:%'
      union all
      select e.of, case v.kind when 'question-answered' then v.kind
                               when 'meeting-booked' then v.kind
                               when 'meeting-held' then v.kind
                               when 'pace-changed' then 'course-changed'
                               when 'paused' then 'course-changed'
                               when 'resumed' then 'course-changed'
                               else 'task-checked' end, null
        from engagement_event v join e on e.id = v."enrollmentId"
       where v.source = 'csm'
         and v.kind in ('question-answered', 'meeting-booked', 'meeting-held', 'pace-changed', 'paused', 'resumed',
                        'task-verified', 'task-waived', 'task-reopened')
         -- Going on because a duty was ticked off: the duty counts.
         and not (v.kind = 'resumed' and v."dedupeKey" like 'answered.%')
      union all
      select e.of, 'meeting-missed', null
        from meeting m join e on e.id = m."enrollmentId" where m.state = 'no_show'
      union all
      select c.of, 'one-off-written', null
        from one_off_mail o join c on c.id = o."caseId" join send s on s.id = o."sendId"
       where o."workspaceId" = ${workspaceId}::uuid and s.status <> 'skipped'
      union all
      select c.of, 'sponsor-brief', null
        from escalation x join c on c.id = x."caseId"
       where x."workspaceId" = ${workspaceId}::uuid and x.status = 'approved'
      union all
      select c.of, 'duty-done', null
        from csm_task t join c on c.id = t."caseId"
       where t."doneAt" is not null and exists (
         select 1 from audit_entry u
          where u."workspaceId" = ${workspaceId}::uuid and u."subjectType" = 'csm-task'
            and u."subjectId" = t.id::text and u.action = 'csm-task-done')
      union all
      select c.of, 'written-down', w.minutes
        from effort_entry w join c on c.id = w."caseId"
       where w."workspaceId" = ${workspaceId}::uuid and w."takenBackAt" is null
      union all
      select e.of, case s.kind when 'step' then 'step-mail' when 'meeting' then 'meeting-mail'
                               else 'closing-mail' end, null
        from send s join e on e.id = s."enrollmentId"
       where s.status = 'submitted' and s.kind in ('step', 'meeting', 'completion')
    )
    select of, act, count(*)::int as count, sum(minutes)::int as minutes from acts group by of, act`;
}
