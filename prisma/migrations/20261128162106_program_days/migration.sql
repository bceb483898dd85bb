-- Whoever puts a program mail on a date counts the workspace's mails of that date first (program-days.ts).
create index send_program_day on send ("workspaceId", "localDate")
  where "mailClass" = 'program' and status not in ('skipped', 'suppressed');
