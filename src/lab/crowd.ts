import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSequence } from "../domain/sequences/read-sequence.ts";
import type { PrismaClient } from "../drivers/store/generated/client.ts";
import { inTransaction, type Sql, type SqlPool } from "../drivers/store/sql.ts";
import { repositoryRoot } from "../repository-root.ts";

export interface SendingWorld {
  readonly workspaceId: string;
  readonly versionId: string;
  readonly csmId: string;
  readonly firstStepKey: string;
}

/** Counted like any other, and never reached: speed is measured with the counting in it. */
const NO_CAP = 1_000_000;

/** A workspace that mails at every hour of every day, with the internal track published. */
export async function makeWorld(
  db: PrismaClient,
  more: { window?: [string, string]; dailyMailCap?: number } = {},
): Promise<SendingWorld> {
  const at = new Date("2026-01-05T09:00:00Z");
  const [windowStart, windowEnd] = more.window ?? ["00:00", "23:59"];
  const workspace = await db.workspace.create({
    data: {
      key: `w-${randomUUID()}`,
      name: "Fernwick Software",
      workWeek: [1, 2, 3, 4, 5, 6, 7],
      windowStart,
      windowEnd,
      postalAddress: "1 Quay, Oslo",
      mailDomain: "mail.fernwick.test",
      dailyMailCap: more.dailyMailCap ?? NO_CAP,
    },
  });
  const csm = await db.user.create({
    data: {
      workspaceId: workspace.id,
      name: "Dana Whitlock",
      email: "dana@fernwick.test",
      roles: ["csm"],
      createdAt: at,
    },
  });
  await db.product.create({
    data: { workspaceId: workspace.id, key: "campaigns", name: "Fernwick Campaigns" },
  });
  const source = readFileSync(join(repositoryRoot, "sequences", "internal.yaml"), "utf8");
  const read = readSequence(source, "sequences/internal.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const version = await db.sequenceVersion.create({
    data: {
      workspaceId: workspace.id,
      key: read.sequence.key,
      version: 1,
      name: read.sequence.name,
      audience: "contact",
      sourceHash: randomUUID(),
      source,
      definition: JSON.parse(JSON.stringify(read.sequence)),
      publishedAt: at,
      publishedBy: "system",
    },
  });
  return {
    workspaceId: workspace.id,
    versionId: version.id,
    csmId: csm.id,
    firstStepKey: read.sequence.steps[0]?.key ?? "",
  };
}

export interface Crowd {
  readonly people: number;
  /** Instant at which their enrollments are due; null: not by the planner. */
  readonly enrollmentDueAt: Date | null;
  /** One planned send each, due at this instant; null: none. */
  readonly sendDueAt: Date | null;
  readonly startedAt?: Date;
  readonly zone?: string;
  /** People of one account; three of them may get a mail on one day. */
  readonly perAccount?: number;
}

/** Accounts of several people each (ten unless told otherwise), a case and an active enrollment for everyone, written in a few statements. */
export function makeCrowd(pool: SqlPool, world: SendingWorld, crowd: Crowd): Promise<void> {
  return inTransaction(pool, async (sql) => {
    // Nothing is known yet about rows that were just written: the planner would expect one and loop over all.
    await sql.query("set local enable_nestloop = off");
    await writeCrowd(sql, world, crowd);
  });
}

async function writeCrowd(sql: Sql, world: SendingWorld, crowd: Crowd): Promise<void> {
  const { workspaceId, versionId, csmId, firstStepKey } = world;
  const startedAt = (crowd.startedAt ?? crowd.enrollmentDueAt ?? new Date()).toISOString();
  const perAccount = crowd.perAccount ?? 10;
  const run = randomUUID().slice(0, 8);
  await sql.query(
    `insert into account (id, "workspaceId", name, domains, "productKey", zone, "workWeek", "closedDays", "csmId")
     select gen_random_uuid(), $1, 'Account ${run} ' || n, '{}', 'campaigns', $3, '{}', '{}', $2
       from generate_series(1, $4::int) n`,
    [workspaceId, csmId, crowd.zone ?? "UTC", Math.ceil(crowd.people / perAccount)],
  );
  await sql.query(
    `with a as (select id, row_number() over (order by id) - 1 as n from account where "workspaceId" = $1 and name like 'Account ${run} %')
     insert into contact (id, "workspaceId", "accountId", name, "firstName", email, roles)
     select gen_random_uuid(), $1, a.id, 'Robin Vega ' || p, 'Robin', 'robin-${run}-' || p || '@customer' || a.n || '.test', '{poc}'
       from generate_series(0, $2::int - 1) p join a on a.n = p / $3::int`,
    [workspaceId, crowd.people, perAccount],
  );
  await sql.query(
    `with c as (select c.* from contact c join account a on a.id = c."accountId" where c."workspaceId" = $1 and a.name like 'Account ${run} %'),
     t as (insert into turnover_case (id, "workspaceId", "accountId", "detectedAt", "detectionSource", "openedBy", "createdAt", "newCompany")
           select gen_random_uuid(), $1, c."accountId", $3, 'csm', 'system', $3, c.id::text from c returning id, "newCompany")
     insert into enrollment (id, "workspaceId", "caseId", "accountId", "contactId", "versionId", audience, zone, "startedAt", "dueAt", "pageKey", "createdAt")
     select gen_random_uuid(), $1, t.id, c."accountId", c.id, $2, 'contact', $5, $3, $4, gen_random_uuid(), $3
       from c join t on t."newCompany" = c.id::text`,
    [workspaceId, versionId, startedAt, crowd.enrollmentDueAt?.toISOString() ?? null, crowd.zone ?? "UTC"],
  );
  await sql.query(
    `insert into engagement_event (id, "workspaceId", "enrollmentId", "contactId", kind, "evidenceClass", "occurredAt", "receivedAt", payload, source, "dedupeKey")
     select gen_random_uuid(), $1, e.id, e."contactId", 'enrolled', 'system', e."startedAt", e."startedAt", jsonb_build_object('zone', e.zone), 'system', 'enrolled'
       from enrollment e join account a on a.id = e."accountId" where e."workspaceId" = $1 and a.name like 'Account ${run} %'`,
    [workspaceId],
  );
  if (crowd.sendDueAt === null) return;
  await sql.query(
    `insert into send (id, "workspaceId", "enrollmentId", "accountId", "contactId", "stepKey", "dueAt", "nextAttemptAt", "localDate", "plannedAt", "recipientDomain")
     select gen_random_uuid(), $1, e.id, e."accountId", e."contactId", $2, $3::timestamp, $3::timestamp - interval '1 day', $3::date, $3, ''
       from enrollment e join account a on a.id = e."accountId" where e."workspaceId" = $1 and a.name like 'Account ${run} %'`,
    [workspaceId, firstStepKey, crowd.sendDueAt.toISOString()],
  );
}
