import { createHash, randomBytes } from "node:crypto";
import type { Sql, SqlPool } from "../../drivers/store/sql.ts";

export interface PageCrowd {
  readonly workspaceId: string;
  readonly accounts: number;
  /** People of each account. */
  readonly perAccount: number;
  readonly openCases: number;
  readonly closedCases: number;
  readonly events: number;
  readonly hits: number;
  readonly auditEntries: number;
  readonly onProgress: (text: string) => void;
}

/** Every crowd is written backwards from this many days before now: programs of an age that is usual. */
const PROGRAM_DAYS = 24;

/**
 * A workspace as it looks after years: accounts and people, open and closed cases, programs with their
 * mails, acts, answers and verdicts, a million lines of log. Written in a few dozen statements; ids are
 * ordered by time, as the product's own are.
 */
export async function writePageCrowd(pool: SqlPool, crowd: PageCrowd): Promise<void> {
  const sql = await pool.connect();
  try {
    await sql.query("set synchronous_commit = off");
    // Nothing is known yet about rows that were just written: the planner would expect one and loop over all.
    await sql.query("set enable_nestloop = off");
    for (const [name, statement] of STATEMENTS) {
      const started = performance.now();
      const text = statement
        .replaceAll(":workspace", `'${crowd.workspaceId}'::uuid`)
        .replace(/:(accounts|perAccount|openCases|closedCases|events|hits)\b/g, (_, key: keyof PageCrowd) =>
          String(crowd[key]),
        );
      await sql.query(text).catch((cause: unknown) => {
        throw new Error(`The crowd's ${name} were not written.`, { cause });
      });
      const seconds = (performance.now() - started) / 1000;
      if (seconds > 2) crowd.onProgress(`${name}: ${seconds.toFixed(0)} s`);
    }
    await writeAudit(sql, crowd);
    await sql.query("reset enable_nestloop");
    await sql.query("analyze");
  } finally {
    sql.release(true);
  }
}

const CASE_IN_ORDER = `select c.*, row_number() over (order by c.id) as n from turnover_case c where c."workspaceId" = :workspace`;
const STEPS = `select v.id as "versionId", v.key as "versionKey", v.audience, s.value as step, s.value->>'key' as "stepKey", s.ordinality::int as place
   from sequence_version v, jsonb_array_elements(v.definition->'steps') with ordinality s
  where v."workspaceId" = :workspace`;
/** Steps of an enrollment that have gone out: as many as its position says. */
const SENT = `select e.*, st."stepKey", st.place, st.step from enrollment e
   join (${STEPS}) st on st."versionId" = e."versionId" and st.place <= e.position
  where e."workspaceId" = :workspace`;
const BLOCKS = `select st.*, b.value as block from (${STEPS}) st, jsonb_array_elements(st.step->'blocks') b`;
const NOW = `(now() at time zone 'UTC')`;

const STATEMENTS: readonly (readonly [string, string])[] = [
  [
    "accounts",
    `insert into account (id, "workspaceId", name, domains, industry, segment, tier, "productKey", "arrMinor", currency, "renewalOn", zone, "holidayCountry", "workWeek", "closedDays", "csmId", "createdAt")
     select uuidv7(), :workspace,
            (array['Halden','Corvane','Brightmoor','Lindqvist','Kaimana','Najm','Penhallow','Tern','Wirrabilla','Quillfeather','Ravello','Osprey','Dunmore','Finch','Alder','Marlow'])[1 + n % 16] || ' ' ||
            (array['Outdoor','Logistics','Clinics','Packaging','Resorts','Retail','Credit Union','Media','Energy','Books','Tiles','Legal','Dairy'])[1 + n % 13] || ' ' || lpad(n::text, 5, '0'),
            array['customer' || n || '.example'], 'services',
            (array['enterprise','mid_market','mid_market','smb','long_tail'])[1 + n % 5], (array['high','mid','low'])[1 + n % 3], 'campaigns',
            (5000 + (n * 7919) % 195000)::bigint * 100, (array['USD','USD','EUR','GBP','AUD'])[1 + n % 5],
            current_date + (n * 37 % 365), (array['Europe/Oslo','America/Toronto','America/Denver','Europe/Berlin','Asia/Riyadh','Europe/London','America/New_York','Australia/Sydney','America/Chicago','Europe/Rome'])[1 + n % 10],
            (array['NO','CA','US','DE',null,'GB','US','AU','US','IT'])[1 + n % 10], '{}', '{}',
            case when n % 31 = 0 then null else c.ids[1 + (n % 31 - 1)] end, ${NOW} - interval '3 years'
       from generate_series(1, :accounts) n,
            (select array_agg(id order by email) as ids from "user" where "workspaceId" = :workspace and roles = '{csm}') c`,
  ],
  [
    "contacts",
    `insert into contact (id, "workspaceId", "accountId", name, "firstName", email, title, roles, "createdAt")
     select uuidv7(), :workspace, a.id, f.first || ' ' || l.last, f.first, lower(f.first) || '.' || p || '@customer' || a.n || '.example',
            (array['Marketing lead','Head of analytics','Operations','CRM lead','CFO','Administrator','Campaign manager'])[1 + (a.n + p) % 7],
            case p when 1 then '{decision_maker}'::text[] when 2 then (case when a.n % 2 = 0 then '{poc}' else '{departed}' end)::text[] when 3 then '{poc}' else '{end_user}' end,
            ${NOW} - interval '2 years'
       from (select id, row_number() over (order by id) as n from account where "workspaceId" = :workspace) a
       cross join generate_series(1, :perAccount) p
       cross join lateral (select (array['Imani','Jonas','Sigrid','Victor','Noa','Jenna','Gloria','Mei-Lin','Beatriz','Paul','Harriet'])[1 + (a.n * 3 + p) % 11] as first) f
       cross join lateral (select (array['Okafor','Lie','Moe','Lam','Kealoha','Rowe','Santangelo','Tan','Lima','Drennan','Doyle','Vega','Osei'])[1 + (a.n + p * 5) % 13] as last) l`,
  ],
  ["analyze", "analyze account, contact"],
  [
    "sponsors",
    `update account a set "sponsorContactId" = p.id from contact p
      where p."workspaceId" = :workspace and p."accountId" = a.id and p.roles = '{decision_maker}' and hashtext(a.id::text) % 10 <> 0`,
  ],
  [
    "cases",
    `insert into turnover_case (id, "workspaceId", "accountId", "departedContactId", "detectedAt", "detectionSource", "departureEffectiveOn", "replacementContactId", "replacementType", "roleOutcome", destination, severity, status, outcome, "closedAt", "openedBy", "createdAt")
     select uuidv7(), :workspace, a.id, d.id, at.at, (array['csm','contact','hard_bounce','auto_reply'])[1 + a.n % 4], (at.at - interval '3 days')::date, case when a.n % 17 = 0 then null else r.id end,
            (array['internal','external_new_function','ex_competitor'])[1 + a.n % 3], (array['replacing','merging','unknown'])[1 + a.n % 3], 'external', 1 + a.n % 3,
            case when not a.open then 'closed' when a.n % 17 = 0 then 'covering' else 're_onboarding' end,
            case when a.open then null else (array['saved','saved','lost','extended'])[1 + a.n % 4] end,
            case when a.open then null else at.at + interval '60 days' end, 'system', at.at
       from (select *, place <= :openCases / 30 as open from (
               select *, row_number() over (partition by "csmId" order by id) as place, row_number() over (order by id) as n from account where "workspaceId" = :workspace) numbered
              where place <= (:openCases + :closedCases) / 30 ) a
       cross join lateral (select ${NOW} - make_interval(days => (case when a.open then 5 + a.n % ${PROGRAM_DAYS} else 120 + a.n % 600 end)::int) as at) at
       left join lateral (select null::uuid) nothing on true
       join contact d on d."accountId" = a.id and d.email like '%.2@%'
       join contact r on r."accountId" = a.id and r.email like '%.3@%'`,
  ],
  [
    "enrollments",
    `insert into enrollment (id, "workspaceId", "caseId", "accountId", "contactId", "versionId", audience, status, zone, "startedAt", "dueAt", position, verdict, score, "meetingReady", "senderId", "pageKey", "exitReason", "exitedAt", "completedAt", "assessDueAt", "createdAt", progress)
     select uuidv7(), :workspace, c.id, c."accountId", p.id, v.id, 'contact',
            case when c.status <> 'closed' then (case when c.n % 23 = 0 then 'paused' else 'active' end) when c.n % 3 = 0 then 'exited' else 'completed' end,
            a.zone, c."detectedAt" + interval '1 day', case when c.status <> 'closed' and c.n % 23 <> 0 then ${NOW} + make_interval(hours => (c.n % 90)::int) end,
            case when c.status = 'closed' then v.steps else least(v.steps - 1, 1 + (${NOW}::date - c."detectedAt"::date) / 3) end,
            (array['on_track','warming','at_risk','ready','stalled','not_started','unreachable','on_track','warming','on_track'])[1 + c.n % 10], (c.n * 13 % 100)::float, c.n % 10 = 3,
            a."csmId", gen_random_uuid(), case when c.status = 'closed' and c.n % 3 = 0 then 'goal-reached' end,
            case when c.status = 'closed' and c.n % 3 = 0 then c."detectedAt" + interval '40 days' end,
            case when c.status = 'closed' and c.n % 3 <> 0 then c."detectedAt" + interval '40 days' end,
            case when c.status <> 'closed' then ${NOW} + interval '20 hours' end, c."detectedAt" + interval '1 day', '{}'
       from (${CASE_IN_ORDER}) c join account a on a.id = c."accountId"
       join contact p on p."accountId" = c."accountId" and (p.id = c."replacementContactId" or (c.status = 'closed' and p.email like '%.4@%'))
       join (select id, key, jsonb_array_length(definition->'steps') as steps, row_number() over (order by key) as n from sequence_version where "workspaceId" = :workspace and audience = 'contact' and key in ('internal','external-new-function','ex-competitor')) v
         on v.n = 1 + c.n % 3`,
  ],
  [
    "sponsors' enrollments",
    `insert into enrollment (id, "workspaceId", "caseId", "accountId", "contactId", "versionId", "besideId", audience, status, zone, "startedAt", "dueAt", position, "senderId", "pageKey", "completedAt", "createdAt", progress)
     select uuidv7(), :workspace, e."caseId", e."accountId", a."sponsorContactId", v.id, e.id, 'sponsor', case when e.status = 'exited' then 'completed' else e.status end, e.zone, e."startedAt",
            e."dueAt", least(5, e.position), e."senderId", gen_random_uuid(), e."completedAt", e."createdAt", '{}'
       from enrollment e join account a on a.id = e."accountId" and a."sponsorContactId" is not null
       join contact p on p.id = e."contactId" and p.email like '%.3@%'
       join sequence_version v on v."workspaceId" = e."workspaceId" and v.key = 'sponsor-brief'
      where e."workspaceId" = :workspace and e.audience = 'contact' and hashtext(e.id::text) % 5 <> 0`,
  ],
  ["analyze programs", "analyze turnover_case, enrollment"],
  [
    "progress",
    `update enrollment e set progress = jsonb_build_object('position', e.position, 'done', d.keys)
       from (select id, jsonb_agg("stepKey" order by place) as keys from (${SENT}) s group by id) d where d.id = e.id`,
  ],
  [
    "mails",
    `insert into send (id, "workspaceId", "enrollmentId", "accountId", "contactId", "stepKey", status, "dueAt", "nextAttemptAt", zone, "localDate", "plannedAt", "submittedAt", "endedAt", "recipientDomain", subject, "messageId")
     select uuidv7(), :workspace, s.id, s."accountId", s."contactId", s."stepKey", case when hashtext(s.id::text || place) % 500 = 0 then 'uncertain' else 'submitted' end, at.at, at.at, s.zone, at.at::date, at.at - interval '1 hour', at.at, at.at,
            'customer.example', s.step->>'subject', '<' || gen_random_uuid() || '@mail.fernwick.test>'
       from (${SENT}) s cross join lateral (select s."startedAt" + make_interval(days => (s.place - 1) * 2, hours => case when s.audience = 'contact' then 1 else 2 end) as at) at
      where coalesce(s.step->>'class', 'education') <> 'csm-task' and coalesce(s.step->>'audience', s.audience) <> 'csm'
     on conflict do nothing`,
  ],
  [
    "tasks",
    `insert into task (id, "workspaceId", "enrollmentId", "stepKey", key, text, must, weight, state, evidence, "changedAt")
     select uuidv7(), :workspace, e.id, b."stepKey", b.block->>'key', b.block->>'text', coalesce((b.block->>'must')::boolean, false), coalesce((b.block->>'weight')::float, 1),
            case when b.place < e.position then (array['done_evidence','done_self','verified'])[1 + b.place % 3] else 'open' end,
            case when b.place < e.position and b.place % 3 = 0 then 'We send the weekly list on Tuesdays, and the region leads answer by Thursday.' end, e."startedAt"
       from enrollment e join (${BLOCKS}) b on b."versionId" = e."versionId" and b.block->>'type' = 'task'
      where e."workspaceId" = :workspace on conflict do nothing`,
  ],
  [
    "objectives",
    `insert into objective (id, "workspaceId", "enrollmentId", "stepKey", key, text, state, "changedAt")
     select uuidv7(), :workspace, e.id, b."stepKey", b.block->>'key', b.block->>'text', 'set', e."startedAt"
       from enrollment e join (${BLOCKS}) b on b."versionId" = e."versionId" and b.block->>'type' = 'objective'
      where e."workspaceId" = :workspace on conflict do nothing`,
  ],
  [
    "questions",
    `insert into question (id, "workspaceId", "enrollmentId", "contactId", text, kind, severity, state, "askedAt", answer, "answeredAt", "answeredBy")
     select uuidv7(), :workspace, e.id, e."contactId", (array['How do we export the list of last year?','Who may change the template?','What does the extra seat cost?','Why was this product chosen at the time?'])[n] || ' (' || n || ')',
            (array['how_to','process','commercial','why_us'])[n], case when n = 3 then 'high' else 'normal' end, case when n < 3 then 'answered' else 'new' end, e."startedAt" + make_interval(days => n),
            case when n < 3 then 'Under Lists, Export; it keeps the columns you see.' end, case when n < 3 then e."startedAt" + make_interval(days => n + 1) end, case when n < 3 then 'system' end
       from enrollment e, generate_series(1, 4) n where e."workspaceId" = :workspace and e.audience = 'contact'`,
  ],
  [
    "priorities",
    `insert into priority (id, "workspaceId", "accountId", "enrollmentId", author, rank, text, why, "validFrom")
     select uuidv7(), :workspace, e."accountId", e.id, e.audience, n, (array['One list for all regions','Fewer no-shows','Webinars'])[1 + (n + case e.audience when 'contact' then 0 else 1 end) % 3], 'The board asks for it.', e."startedAt" + interval '3 days'
       from enrollment e, generate_series(1, 3) n where e."workspaceId" = :workspace and e.audience in ('contact','sponsor')`,
  ],
  [
    "intents",
    `insert into intent (id, "workspaceId", "enrollmentId", value, why, "statedAt", source)
     select uuidv7(), :workspace, e.id, (array['keep','expand','undecided'])[1 + abs(hashtext(e.id::text)) % 3], 'It does what we need.', e."startedAt" + interval '4 days', 'page' from enrollment e where e."workspaceId" = :workspace and e.audience = 'contact'`,
  ],
  [
    "meetings",
    `insert into meeting (id, "workspaceId", "caseId", "enrollmentId", state, "slotAt", "requestedAt", "heldAt", demo)
     select uuidv7(), :workspace, e."caseId", e.id, case when e.status in ('completed','exited') then 'held' when abs(hashtext(e.id::text)) % 2 = 0 then 'requested' else 'booked' end,
            e."startedAt" + interval '30 days', e."startedAt" + interval '5 days', case when e.status in ('completed','exited') then e."startedAt" + interval '30 days' end, case when e.status in ('completed','exited') then 'no' end
       from enrollment e where e."workspaceId" = :workspace and e.audience = 'contact' and abs(hashtext(e.id::text)) % 4 < 2`,
  ],
  [
    "duties",
    `insert into csm_task (id, "workspaceId", "caseId", "userId", key, kind, text, detail, "dueAt", "createdAt", "doneAt", outcome)
     select uuidv7(), :workspace, c.id, a."csmId", 'duty-' || k, (array['sponsor-outreach','question','meeting-request','step'])[k],
            (array['Bring the decision maker at ' || a.name || ' back in','Answer what they asked','Confirm a time','Prepare the card'])[k], 'Ask for two lines that say the goals still stand.', ${NOW} + make_interval(days => (c.n % 9 - 3)::int), c."detectedAt",
            case when c.status = 'closed' or k = 4 then c."detectedAt" + interval '2 days' end, case when c.status = 'closed' or k = 4 then 'done' end
       from (${CASE_IN_ORDER}) c join account a on a.id = c."accountId" cross join generate_series(1, 4) k where k <> 3 or c.n % 10 = 0`,
  ],
  [
    "stories",
    `insert into timeline_entry (id, "workspaceId", "accountId", kind, date, text, why, visibility, source, author)
     select uuidv7(), :workspace, c."accountId", (array['milestone','decision','issue','value','meeting','change','setup','person','open_item','note'])[1 + n % 10], current_date - n * 20,
            'In that quarter the team moved the weekly list to one place and agreed who keeps it (' || n || ').', 'Two regions kept their own.', case when n % 5 = 0 then 'internal' else 'customer' end, 'csm', 'system'
       from (select distinct "accountId" from turnover_case where "workspaceId" = :workspace) c, generate_series(1, 15) n`,
  ],
  [
    "values",
    `insert into value_statement (id, "workspaceId", "accountId", metric, unit, baseline, current, period, source, "capturedOn")
     select uuidv7(), :workspace, c."accountId", (array['Hours saved a month','No-shows','Leads from webinars'])[n], (array['h','%','leads'])[n], '40', '12', 'last quarter', 'csm', current_date - 30
       from (select distinct "accountId" from turnover_case where "workspaceId" = :workspace) c, generate_series(1, 3) n`,
  ],
  [
    "plans",
    `with plan as (insert into success_plan (id, "workspaceId", "accountId", version, state, goals, direction, "createdAt", "createdBy")
       select uuidv7(), :workspace, c."accountId", 1, 'partly_accepted', jsonb_build_array(
                jsonb_build_object('key','one-list','statement','One list for all regions','status','on_track'), jsonb_build_object('key','no-shows','statement','Half as many no-shows','status','not_started')), 'Fewer tools, one list.', ${NOW} - interval '200 days', 'system'
         from (select distinct "accountId" from turnover_case where "workspaceId" = :workspace) c returning id)
     insert into agreement (id, "workspaceId", "planId", party, "acceptedAt", "acceptedBy", "textHash") select uuidv7(), :workspace, id, 'csm', ${NOW} - interval '190 days', 'system', 'x' from plan`,
  ],
  // A million lines are written faster without the indexes that are not needed to write them.
  [
    "indexes set aside",
    `do $$ declare one record; begin
       create temp table put_back as select indexname, indexdef from pg_indexes
        where schemaname = 'public' and tablename in ('engagement_event', 'hit') and indexdef not like 'CREATE UNIQUE%';
       for one in select * from put_back loop execute format('drop index %I', one.indexname); end loop;
     end $$`,
  ],
  [
    "engagement events",
    `insert into engagement_event (id, "workspaceId", "enrollmentId", "contactId", kind, "evidenceClass", "occurredAt", "receivedAt", payload, source, "dedupeKey")
     select uuidv7(), :workspace, e.id, e."contactId", k.kind, k.class, at.at, at.at, k.payload, k.source, 'crowd.' || n
       from (select e.*, count(*) over () as programs, t.keys as tasks from enrollment e
               left join (select "enrollmentId", array_agg(key order by id) as keys from task where state <> 'open' group by 1) t on t."enrollmentId" = e.id
              where e."workspaceId" = :workspace) e
       cross join lateral generate_series(0, (:events / e.programs)::int) n
       cross join lateral (select e."startedAt" + (n * interval '1 hour' * least(560, extract(epoch from (${NOW} - e."startedAt")) / 3600) / (:events / e.programs + 1)) as at) at
       cross join lateral (select
         case when n = 0 then 'enrolled' when n % 40 = 7 and e.tasks is not null then 'task-done' when n = 11 then 'question-asked' when n = 23 then 'priorities-set' when n = 31 then 'intent-stated' when n % 10 < 4 then 'page-visit' when n % 10 < 8 then 'click' else 'open' end as kind) w
       cross join lateral (select w.kind,
         case w.kind when 'enrolled' then 'system' when 'task-done' then 'strong' when 'question-asked' then 'strong' when 'priorities-set' then 'strong' when 'intent-stated' then 'strong' when 'page-visit' then 'human_probable' else 'machine' end as class,
         case w.kind when 'enrolled' then 'system' when 'page-visit' then 'hit' when 'click' then 'hit' when 'open' then 'hit' else 'page' end as source,
         case w.kind when 'enrolled' then jsonb_build_object('zone', e.zone, 'tier', 'mid', 'roleOutcome', 'replacing', 'hasOtherRelationship', true)
           when 'task-done' then jsonb_build_object('task', e.tasks[1 + (n / 40) % array_length(e.tasks, 1)], 'evidenceText', 'We send the weekly list on Tuesdays.')
           when 'question-asked' then jsonb_build_object('question', e.id, 'text', 'Who may change the template?')
           when 'priorities-set' then '{"items": ["One list for all regions", "Fewer no-shows"]}'::jsonb
           when 'intent-stated' then '{"intent": "keep"}'::jsonb when 'page-visit' then '{"seconds": 40}'::jsonb else '{"rules": ["fetched-all-links"]}'::jsonb end as payload) k`,
  ],
  [
    "hits",
    `insert into hit (id, "workspaceId", "sendId", "enrollmentId", at, method, target, position, "userAgent", network, "ipHash", label, rules, "ruleSetVersion")
     select uuidv7(), :workspace, s.id, s."enrollmentId", s."submittedAt" + make_interval(mins => n * 7), 'GET', (array['page','link'])[1 + n % 2], n, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', 'microsoft', md5(s.id::text || n), (array['human','machine'])[1 + n % 2], '{}', '1'
       from (select s.*, count(*) over () as mails from send s where "workspaceId" = :workspace) s cross join lateral generate_series(1, (:hits / s.mails)::int + 1) n`,
  ],
  [
    "indexes put back",
    "do $$ declare one record; begin for one in select * from put_back loop execute one.indexdef; end loop; end $$",
  ],
  [
    "signals",
    `insert into readiness_signal (id, "workspaceId", "enrollmentId", "caseId", kind, "fromVerdict", "toVerdict", at, "dedupeKey")
     select uuidv7(), :workspace, e.id, e."caseId", 'verdict_changed', 'not_started', coalesce(e.verdict, 'warming'), e."startedAt" + make_interval(days => n * 3), 'verdict.' || n
       from enrollment e, generate_series(1, 3) n where e."workspaceId" = :workspace and e.audience = 'contact'`,
  ],
  ["analyze all", "analyze"],
];

/** Every entry carries the hash of the one before, as the product writes them: the chain holds when it is checked. */
async function writeAudit(sql: Sql, { workspaceId, auditEntries }: PageCrowd): Promise<void> {
  const BATCH = 10_000;
  const from = Date.now() - auditEntries * 60_000;
  const last = await sql.query<{ hash: string }>(
    'select hash from audit_entry where "workspaceId" = $1 order by id desc limit 1',
    [workspaceId],
  );
  let prevHash = last.rows[0]?.hash ?? "0".repeat(64);
  for (let made = 0; made < auditEntries; made += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, auditEntries - made) }, (_, index) => {
      const at = new Date(from + (made + index) * 60_000).toISOString();
      const subjectId = randomBytes(8).toString("hex");
      const parts = [prevHash, workspaceId, at, "system", "contact-enrolled", "enrollment", subjectId];
      const hash = createHash("sha256")
        .update(JSON.stringify([...parts, null, null, null]))
        .digest("hex");
      const row = { at, subjectId, prevHash, hash };
      prevHash = hash;
      return row;
    });
    await sql.query(
      `insert into audit_entry ("workspaceId", at, actor, action, "subjectType", "subjectId", "prevHash", hash)
       select $1::uuid, (r.at::timestamptz at time zone 'UTC'), 'system', 'contact-enrolled', 'enrollment', r."subjectId", r."prevHash", r.hash
         from jsonb_to_recordset($2::jsonb) as r(at text, "subjectId" text, "prevHash" text, hash text)`,
      [workspaceId, JSON.stringify(rows)],
    );
  }
}
