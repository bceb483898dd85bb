-- What schema.prisma has no words for: the rules that must hold even when code is wrong.
-- Kept apart from the generated migration, which is made anew before the first release.
-- One statement may hold semicolons here: a script runs as one transaction (migration-adapter.ts).

-- One living education enrollment per contact, whatever races.
create unique index enrollment_one_living_per_contact on enrollment ("contactId")
  where audience = 'contact' and status in ('pending', 'active', 'paused', 'blocked');

-- At most one program mail per contact and local date (issue 2, point 4).
create unique index send_one_program_mail_per_local_date on send ("contactId", "localDate")
  where "mailClass" = 'program' and status not in ('skipped', 'suppressed') and "contactId" is not null;

-- The planner, the sender, the sweeper and the daily assessment read only what is alive:
-- their indexes stay small when a million rows have ended.
create index enrollment_due on enrollment ("dueAt") where status = 'active' and "dueAt" is not null;
create index enrollment_assess_due on enrollment ("assessDueAt")
  where status in ('active', 'paused') and "assessDueAt" is not null;
create index send_due on send ("dueAt") where status in ('planned', 'deferred');
create index send_lease on send ("leaseUntil") where status in ('claimed', 'transmitting');
create index send_uncertain on send ("workspaceId", "endedAt") where status = 'uncertain';

alter table "user" add constraint user_status_known check (status in ('active', 'leaving', 'left'));
alter table contact add constraint contact_mail_status_known check (
  "mailStatus" in ('ok', 'soft_bouncing', 'hard_bounced', 'complained', 'unsubscribed', 'suppressed'));
alter table turnover_case add constraint turnover_case_status_known check (
  status in ('detected', 'triaged', 'covering', 'replacement_identified', 're_onboarding', 'aligned',
    'confirmed', 'closed'));
alter table sequence_version add constraint sequence_version_status_known check (
  status in ('published', 'retired'));
alter table sequence_version add constraint sequence_version_audience_known check (
  audience in ('contact', 'sponsor', 'csm'));
alter table enrollment add constraint enrollment_status_known check (
  status in ('pending', 'active', 'paused', 'completed', 'exited', 'failed', 'blocked'));
alter table enrollment add constraint enrollment_audience_known check (
  audience in ('contact', 'sponsor', 'csm'));
alter table enrollment add constraint enrollment_pace_known check (pace in ('slow', 'normal', 'fast'));
alter table send add constraint send_status_known check (
  status in ('planned', 'claimed', 'transmitting', 'submitted', 'suppressed', 'skipped', 'deferred', 'failed',
    'uncertain'));
alter table send add constraint send_mail_class_known check ("mailClass" in ('program', 'service', 'internal'));
alter table webhook_delivery add constraint webhook_delivery_status_known check (
  status in ('planned', 'delivered', 'failed'));
alter table hit add constraint hit_label_known check (label in ('human', 'machine', 'uncertain'));
alter table engagement_event add constraint engagement_event_evidence_class_known check (
  "evidenceClass" in ('strong', 'weak', 'human_probable', 'machine', 'system'));
alter table task add constraint task_state_known check (
  state in ('locked', 'open', 'in_progress', 'done_self', 'done_evidence', 'verified', 'waived', 'not_applicable'));
alter table objective add constraint objective_state_known check (
  state in ('set', 'in_progress', 'met', 'not_met', 'changed'));
alter table suppression add constraint suppression_reason_known check (
  reason in ('unsubscribed', 'hard_bounce', 'complaint', 'manual'));

-- The audit is written once and never touched again, by anybody.
create function audit_entry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is append-only: % is refused', lower(tg_op) using errcode = 'object_not_in_prerequisite_state';
end
$$;

create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function audit_entry_is_append_only();
create trigger audit_entry_no_truncate before truncate on audit_entry
  for each statement execute function audit_entry_is_append_only();
