import { ask, type Sql, type Statement } from "./sql.ts";

/** Everything needed to decide about and write one mail, read with the claim in a single statement. */
export interface ClaimedSend {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: string;
  readonly mailClass: "program" | "service" | "internal";
  readonly enrollmentId: string | null;
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly userId: string | null;
  readonly stepKey: string;
  readonly variant: "a" | "b";
  readonly occurrence: number;
  readonly dueAt: Date;
  readonly plannedAt: Date;
  readonly zone: string;
  readonly localDate: string;
  readonly fence: number;
  /** Those made before this one. */
  readonly attempts: number;
  /** Of those, the ones that the receiving server answered with "later". */
  readonly refusals: number;
  readonly reason: string | null;
  readonly versionId: string | null;
  readonly sequenceKey: string | null;
  readonly sequenceName: string | null;
  readonly policy: string | null;
  readonly competitorVersionId: string | null;
  readonly competitorName: string | null;
  readonly enrollmentStatus: EnrollmentStatus | null;
  readonly caseId: string | null;
  readonly senderId: string | null;
  readonly audience: string | null;
  readonly pauses: unknown;
  readonly pageKey: string | null;
  readonly caseStatus: string | null;
  readonly recipientName: string | null;
  readonly recipientFirstName: string | null;
  readonly recipientEmail: string | null;
  readonly recipientTitle: string | null;
  readonly recipientRoles: readonly string[] | null;
  readonly recipientMailStatus: string | null;
  readonly suppression: "unsubscribed" | "hard_bounce" | "complaint" | "manual" | null;
  /** Why mail of this kind stands still until a person has looked. */
  readonly hold: string | null;
  readonly senderName: string | null;
  readonly senderEmail: string | null;
  readonly senderTitle: string | null;
  readonly accountName: string | null;
  readonly renewalOn: string | null;
  readonly productName: string | null;
  readonly accountWorkWeek: readonly number[] | null;
  readonly accountHolidayCountry: string | null;
  readonly accountClosedDays: readonly string[] | null;
  readonly predecessorName: string | null;
  readonly predecessorFirstName: string | null;
  readonly successorName: string | null;
  readonly successorFirstName: string | null;
  readonly sponsorName: string | null;
  readonly sponsorFirstName: string | null;
  readonly workspaceKey: string;
  readonly workspaceName: string;
  readonly postalAddress: string;
  readonly mailDomain: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly workWeek: readonly number[];
  readonly holidayCountry: string | null;
  readonly closedDays: readonly string[] | null;
  readonly clickTracking: string;
  readonly honeypot: boolean;
}

export type EnrollmentStatus =
  | "pending"
  | "active"
  | "paused"
  | "blocked"
  | "completed"
  | "exited"
  | "failed";

/**
 * Takes ownership of those of the sends that wait and are due. SKIP LOCKED: another worker that is
 * claiming the same row at this moment keeps it. The fence rises with every claim, so that an owner
 * that slept through its lease can be told from the present one.
 * $1 ids · $2 owner · $3 business now · $4 machine now · $5 lease end
 */
const CLAIM: Statement = {
  name: "sends.claim",
  text: `
with waiting as (
  select id from send
   where id = any($1::uuid[]) and status in ('planned', 'deferred')
     and "dueAt" <= $3::timestamp and (status = 'planned' or "nextAttemptAt" <= $4::timestamp)
     and not exists (select from mail_hold h
                      where h."workspaceId" = send."workspaceId" and h."endedAt" is null and h.scope = 'late'
                        and send."dueAt" < h."dueBefore")
   order by id
     for update skip locked
), s as (
  update send set status = 'claimed', owner = $2, "leaseUntil" = $5::timestamp, fence = send.fence + 1
    from waiting where send.id = waiting.id
  returning send.*
)
select s.id, s."workspaceId", s.kind, s."mailClass", s."enrollmentId", s."accountId", s."contactId", s."userId",
       s."stepKey", s.variant, s.occurrence, s."dueAt", s."plannedAt", s.zone, s."localDate", s.fence, s.attempts, s.refusals,
       s.reason,
       e."versionId", v.key as "sequenceKey", v.name as "sequenceName",
       e.policy, e."competitorVersionId", k.name as "competitorName",
       e.status as "enrollmentStatus", e."caseId", e.audience, m.id as "senderId", e.pauses, e."pageKey", t.status as "caseStatus",
       coalesce(c.name, u.name) as "recipientName", coalesce(c."firstName", u.name) as "recipientFirstName",
       coalesce(c.email, u.email) as "recipientEmail", coalesce(c.title, u.title) as "recipientTitle",
       c.roles as "recipientRoles", c."mailStatus" as "recipientMailStatus",
       (select x.reason from suppression x
         where x."workspaceId" = s."workspaceId"
           and x.email in (lower(coalesce(c.email, u.email)),
             'erased:' || encode(sha256(convert_to(w."erasureKey"::text || ':' || lower(coalesce(c.email, u.email)), 'UTF8')), 'hex'))
         limit 1) as suppression,
       (select h.reason from mail_hold h
         where h."workspaceId" = s."workspaceId" and h."endedAt" is null
           and (h.scope = 'everything' or (h.scope = 'program' and h."sequenceKey" = v.key))
         limit 1) as hold,
       m.name as "senderName", m.email as "senderEmail", m.title as "senderTitle",
       a.name as "accountName", a."renewalOn", coalesce(p.name, a."productKey") as "productName",
       a."workWeek" as "accountWorkWeek", a."holidayCountry" as "accountHolidayCountry",
       a."closedDays"::text[] as "accountClosedDays",
       d.name as "predecessorName", d."firstName" as "predecessorFirstName",
       r.name as "successorName", r."firstName" as "successorFirstName",
       o.name as "sponsorName", o."firstName" as "sponsorFirstName",
       w.key as "workspaceKey", w.name as "workspaceName", w."postalAddress", w."mailDomain",
       w."windowStart", w."windowEnd", w."workWeek", w."holidayCountry", w."closedDays"::text[] as "closedDays", w."clickTracking", w.honeypot
  from s
  join workspace w on w.id = s."workspaceId"
  left join enrollment e on e.id = s."enrollmentId"
  left join sequence_version v on v.id = e."versionId"
  left join competitor_version k on k.id = e."competitorVersionId"
  left join turnover_case t on t.id = e."caseId"
  left join contact d on d.id = t."departedContactId"
  left join contact r on r.id = t."replacementContactId"
  left join contact c on c.id = s."contactId"
  left join "user" u on u.id = s."userId"
  left join account a on a.id = coalesce(s."accountId", e."accountId")
  left join product p on p."workspaceId" = s."workspaceId" and p.key = a."productKey"
  left join contact o on o.id = a."sponsorContactId"
  left join "user" m on m.id = coalesce(e."senderId", a."csmId")`,
};

export interface Claim {
  readonly sendIds: readonly string[];
  readonly owner: string;
  readonly now: Date;
  readonly wall: Date;
  readonly leaseUntil: Date;
}

export function claimSends(sql: Sql, claim: Claim): Promise<ClaimedSend[]> {
  return ask<ClaimedSend>(sql, CLAIM, [
    claim.sendIds,
    claim.owner,
    claim.now.toISOString(),
    claim.wall.toISOString(),
    claim.leaseUntil.toISOString(),
  ]);
}

/** What is frozen on the row at the moment before the mail leaves. */
export interface Departure {
  readonly id: string;
  readonly owner: string;
  readonly fence: number;
  readonly recipientDomain: string;
  readonly messageId: string;
  readonly subject: string;
  readonly mimeHash: string;
  /** Tracked addresses in the mail: who fetches all of them within seconds is no reader. */
  readonly links: number;
  /** Business time. */
  readonly now: Date;
  readonly wall: Date;
  readonly leaseUntil: Date;
}

/**
 * Commits the phase from which nobody may repeat the send (trust.md 0.3). Refused when the lease has
 * passed, when another owner has it, or when a stop was committed meanwhile: the share locks on
 * contact and enrollment make an unsubscribe, bounce or pause come either wholly before this
 * statement, which then sees it, or wholly after it. Only the end of a pause is asked for: one that was
 * committed a moment ago begins after the instant at which this mail was judged. Locks are taken in the order of those acts
 * (contact, enrollment, send), so that the two do not wait for each other.
 * $1 rows as JSON
 */
const DEPART: Statement = {
  name: "sends.depart",
  text: `
with asked as (
  select * from jsonb_to_recordset($1::jsonb) as a(
    id uuid, owner text, fence int, "recipientDomain" text, "messageId" text, subject text, "mimeHash" text,
    links int, now timestamptz, wall timestamp, "leaseUntil" timestamp)
), candidates as (
  select s.id, s."enrollmentId", s."contactId"
    from send s join asked on asked.id = s.id and asked.owner = s.owner and asked.fence = s.fence
   where s.status = 'claimed'
), reachable as (
  select c.id, c."mailStatus" from contact c
   where c.id in (select "contactId" from candidates)
     and c."mailStatus" in ('ok', 'soft_bouncing', 'unsubscribed')
   order by c.id
     for share
), running as (
  select e.id from enrollment e
   where e.id in (select "enrollmentId" from candidates) and e.status in ('active', 'completed')
     and not exists (
       select from jsonb_array_elements(e.pauses) p
        where p->>'until' is null or (p->>'until')::timestamptz > (select max(asked.now) from asked))
   order by e.id
     for share
), mine as (
  select s.id
    from send s join asked on asked.id = s.id and asked.owner = s.owner and asked.fence = s.fence
   where s.status = 'claimed' and s."leaseUntil" > asked.wall
     and (s."contactId" is null or s."contactId" in (
           select id from reachable
            where reachable."mailStatus" <> 'unsubscribed'
               or (s."mailClass" <> 'program' and s.kind not in ('answer', 'meeting', 'completion'))))
     and (s."enrollmentId" is null or s.kind <> 'step' or s."enrollmentId" in (select id from running))
   order by s.id
     for update of s
)
update send s
   set status = 'transmitting', "leaseUntil" = asked."leaseUntil", attempts = s.attempts + 1,
       "recipientDomain" = asked."recipientDomain", "messageId" = asked."messageId", subject = asked.subject,
       "mimeHash" = asked."mimeHash", links = asked.links, reason = null
  from asked
 where s.id = asked.id and s.id in (select id from mine)
returning s.id`,
};

/** The ids that may leave now. The others stay `claimed` until they are released. */
export async function markTransmitting(sql: Sql, departures: readonly Departure[]): Promise<Set<string>> {
  const rows = await ask<{ id: string }>(sql, DEPART, [JSON.stringify(departures)]);
  return new Set(rows.map(({ id }) => id));
}

/** How an attempt ended. `event` is written into the contact's log together with the row. */
export interface Ending {
  readonly id: string;
  readonly owner: string;
  readonly fence: number;
  readonly status: "submitted" | "suppressed" | "skipped" | "deferred" | "failed" | "uncertain" | "planned";
  /** Words for a person. */
  readonly reason: string | null;
  readonly response: string | null;
  /** Business time of the ending; null while it goes on. */
  readonly endedAt: Date | null;
  /** Machine time: not before. */
  readonly nextAttemptAt: Date;
  /** Set when the send moves to another day; its local date moves with it. */
  readonly dueAt: Date | null;
  readonly localDate: string | null;
  /** The id of the mail-submitted event, when the ending is `submitted`. */
  readonly eventId: string | null;
  readonly receivedAt: Date;
  /** The receiving server answered, and said "later". */
  readonly refused: boolean;
}

/**
 * Records endings, each only for the owner and fence that made it. `uncertain` may still become
 * `submitted` or `deferred` with the same fence: the sweeper took the lease of a worker that
 * slept, but that worker is the one that heard the server.
 * The engagement event is written in the same statement, so the log never lacks a mail that left.
 * $1 rows as JSON
 */
const RECORD: Statement = {
  name: "sends.record",
  text: `
with x as (
  select * from jsonb_to_recordset($1::jsonb) as x(
    id uuid, owner text, fence int, status text, reason text, response text, "endedAt" timestamp,
    "nextAttemptAt" timestamp, "dueAt" timestamp, "localDate" date, "eventId" uuid, "receivedAt" timestamp,
    refused boolean)
), done as (
  update send s
     set status = x.status, reason = x.reason, response = coalesce(x.response, s.response),
         "endedAt" = x."endedAt",
         "submittedAt" = case when x.status = 'submitted' then x."endedAt" else s."submittedAt" end,
         "nextAttemptAt" = x."nextAttemptAt", "dueAt" = coalesce(x."dueAt", s."dueAt"),
         "localDate" = coalesce(x."localDate", s."localDate"), "leaseUntil" = null,
         refusals = s.refusals + x.refused::int
    from x
   where s.id = x.id and s.owner = x.owner and s.fence = x.fence
     and s.status in ('claimed', 'transmitting', 'uncertain')
  returning s.id, s."workspaceId", s."enrollmentId", s."contactId", s."stepKey", s.variant, s.kind, s.status,
            s."endedAt", x."eventId", x."receivedAt"
), logged as (
  insert into engagement_event (id, "workspaceId", "enrollmentId", "contactId", "sendId", kind, "evidenceClass",
                                "occurredAt", "receivedAt", payload, source, "dedupeKey")
  select "eventId", "workspaceId", "enrollmentId", "contactId", id, 'mail-submitted', 'system',
         "endedAt", "receivedAt", jsonb_build_object('stepKey', "stepKey", 'variant', variant), 'system',
         'send.' || id
    from done
   where status = 'submitted' and kind = 'step' and "enrollmentId" is not null and "contactId" is not null
  on conflict do nothing
)
select id from done`,
};

/** The ids whose ending was recorded; a missing one belongs to somebody else by now. */
export async function recordEndings(sql: Sql, endings: readonly Ending[]): Promise<Set<string>> {
  const rows = await ask<{ id: string }>(sql, RECORD, [JSON.stringify(endings)]);
  return new Set(rows.map(({ id }) => id));
}
