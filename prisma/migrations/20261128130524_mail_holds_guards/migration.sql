-- Each thing is held once at a time, whatever workers find it at the same moment.
create unique index mail_hold_one_open on mail_hold ("workspaceId", scope, coalesce("sequenceKey", ''))
  where "endedAt" is null;
alter table mail_hold add constraint mail_hold_scope_known check (
  (scope = 'late' and "dueBefore" is not null) or (scope = 'program' and "sequenceKey" is not null)
    or scope = 'everything');

-- The sweeper asks about mails that failed for good; a workspace's complaints are counted per program.
create index send_failed on send ("endedAt") where status = 'failed';
create index send_complained on send ("complainedAt") where "complainedAt" is not null;
