-- An erased person's words leave the audit too, and nothing else ever does: what may change is that before,
-- after and reason become empty, once. The hash stays, so the chain still holds; findAuditBreak asks for the
-- later entry that names the emptied ones.
create or replace function audit_entry_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old."redactedAt" is null and new."redactedAt" is not null
    and new.before is null and new.after is null and new.reason is null
    and (new.id, new."workspaceId", new.at, new.actor, new.action, new."subjectType", new."subjectId",
         new."prevHash", new.hash)
      = (old.id, old."workspaceId", old.at, old.actor, old.action, old."subjectType", old."subjectId",
         old."prevHash", old.hash) then
    return new;
  end if;
  raise exception 'audit_entry is append-only: % is refused', lower(tg_op) using errcode = 'object_not_in_prerequisite_state';
end
$$;

-- Of one sequence at most one draft is open, and its states are those the studio knows.
create unique index sequence_draft_one_open_per_key on sequence_draft ("workspaceId", key)
  where status in ('draft', 'submitted');
alter table sequence_draft add constraint sequence_draft_status_known check (
  status in ('draft', 'submitted', 'published', 'discarded'));

-- The week, the case list and the manager's board read only what is open or was done on purpose: a few
-- hundred rows among years of closed cases, done duties and machine-made lines.
create index turnover_case_open on turnover_case ("workspaceId", "accountId") where status <> 'closed';
create index csm_task_open on csm_task ("workspaceId", "caseId") where "doneAt" is null;
create index engagement_event_own_act on engagement_event ("enrollmentId", "occurredAt" desc)
  where "evidenceClass" in ('strong', 'weak');

-- Finding an account or a person by a part of the name, among a hundred thousand: without the extension (a
-- PostgreSQL without its contrib modules, a role that may not add any) every row is read, slower and as right.
-- Partial, so that a comparison with schema.prisma, which has no word for them, leaves them alone.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists pg_trgm;
    execute 'create index account_name_part on account using gin (name gin_trgm_ops) where name is not null';
    execute 'create index contact_name_part on contact using gin (name gin_trgm_ops) where name is not null';
    execute 'create index contact_email_part on contact using gin (email gin_trgm_ops) where email is not null';
  end if;
exception when insufficient_privilege then
  raise notice 'pg_trgm may not be installed here: looking for a part of a name reads every row';
end
$$;
