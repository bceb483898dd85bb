-- Other programs hear of every task of ours that comes, changes or goes (S0-24), whoever writes it: the
-- planner in batches, the sweeper in SQL, an import, a person. A duty to tell is planned in the same
-- transaction as the change, one statement for all rows of it; where no webhook wants it, nothing is written.
create function tell_tasks(tasks csm_task[], changes text[]) returns void language plpgsql as $$
begin
  if not exists (
    select from unnest(tasks) t join webhook_endpoint e on e."workspaceId" = t."workspaceId"
     where e."disabledAt" is null and 'task.changed' = any(e.events)) then
    return;
  end if;
  insert into webhook_delivery (id, "workspaceId", "endpointId", "eventId", "eventType", payload,
                                "nextAttemptAt", "createdAt")
  -- A UUID of version 7, as everywhere: deliveries are listed by it.
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
                placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6), 52, 1), 53, 1), 'hex')::uuid,
         told."workspaceId", e.id, told.event, 'task.changed', told.payload, told.at, told.at
    from (
      select t."workspaceId", 'msg_' || gen_random_uuid() as event, now() at time zone 'UTC' as at,
             jsonb_build_object(
               'type', 'task.changed',
               'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               'data', jsonb_build_object(
                 'change', c.change, 'taskId', t.id, 'externalRef', t."externalRef",
                 'caseId', t."caseId", 'caseExternalRef', k."externalRef",
                 'account', jsonb_build_object('id', a.id, 'externalRef', a."externalRef", 'name', a.name),
                 'key', t.key, 'kind', t.kind, 'text', t.text, 'ownerEmail', u.email,
                 'dueAt', to_char(t."dueAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                 'doneAt', to_char(t."doneAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                 'outcome', t.outcome)) as payload
        from unnest(tasks) with ordinality t
        join unnest(changes) with ordinality c(change, ordinality) using (ordinality)
        join turnover_case k on k.id = t."caseId"
        join account a on a.id = k."accountId"
        left join "user" u on u.id = t."userId"
    ) told
    join webhook_endpoint e on e."workspaceId" = told."workspaceId"
   where e."disabledAt" is null and 'task.changed' = any(e.events);
end
$$;

create function csm_task_created() returns trigger language plpgsql as $$
begin
  perform tell_tasks(array_agg(row(n.*)::csm_task), array_agg('created'::text)) from made n having count(*) > 0;
  return null;
end
$$;

create function csm_task_changed() returns trigger language plpgsql as $$
begin
  perform tell_tasks(array_agg(row(n.*)::csm_task), array_agg(case
      when o."doneAt" is null and n."doneAt" is not null then 'done'
      when o."doneAt" is not null and n."doneAt" is null then 'reopened'
      else 'changed' end))
     from made n join kept o on o.id = n.id
    where (o."externalRef", o.text, o.detail, o."userId", o."dueAt", o."doneAt", o.outcome)
          is distinct from (n."externalRef", n.text, n.detail, n."userId", n."dueAt", n."doneAt", n.outcome)
   having count(*) > 0;
  return null;
end
$$;

create function csm_task_removed() returns trigger language plpgsql as $$
begin
  perform tell_tasks(array_agg(row(o.*)::csm_task), array_agg('removed'::text)) from kept o having count(*) > 0;
  return null;
end
$$;

create trigger csm_task_created after insert on csm_task referencing new table as made
  for each statement execute function csm_task_created();
create trigger csm_task_changed after update on csm_task referencing old table as kept new table as made
  for each statement execute function csm_task_changed();
create trigger csm_task_removed after delete on csm_task referencing old table as kept
  for each statement execute function csm_task_removed();
