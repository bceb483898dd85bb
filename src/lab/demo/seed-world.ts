import { acceptPlan, proposePlan } from "../../operations/accept-plan.ts";
import { importAccounts } from "../../operations/import-accounts.ts";
import { importContacts } from "../../operations/import-contacts.ts";
import type { Parts } from "../../operations/parts.ts";
import { recordHistory } from "../../operations/record-history.ts";
import { ensureWorkspace } from "../../operations/workspaces.ts";
import type { WorldAccount } from "./world-types.ts";
import { USERS, VENDOR } from "./world-vendor.ts";

/** Where the world's people ended up: ids by the refs of the data. */
export interface SeededWorld {
  workspaceId: string;
  accountIds: ReadonlyMap<string, string>;
  /** "A3/imani" → contact id. */
  contactIds: ReadonlyMap<string, string>;
  userIds: ReadonlyMap<string, string>;
}

/** Puts the vendor, its accounts and their people into an empty database, by the same imports a user has. */
export async function seedWorld(parts: Parts, accounts: readonly WorldAccount[]): Promise<SeededWorld> {
  const { products, ...vendor } = VENDOR;
  const { workspaceId, userIds } = await ensureWorkspace(parts, {
    ...vendor,
    honeypot: true,
    users: USERS.map(({ ref, ...user }) => ({ ...user, externalRef: ref })),
    products: products.map(({ key, name }) => ({ key, name })),
  });
  const actor = "system" as const;
  refuseRejects(await importAccounts(parts, { workspaceId, csv: accountsCsv(accounts), actor }));
  refuseRejects(await importContacts(parts, { workspaceId, csv: contactsCsv(accounts), actor }));
  const accountIds = await idsByRef(parts, workspaceId, "account");
  const contactIds = await idsByRef(parts, workspaceId, "contact");
  for (const account of accounts) {
    await seedHistory(parts, { workspaceId, accountId: idOf(accountIds, account.ref), account });
  }
  return {
    workspaceId,
    accountIds,
    contactIds,
    userIds: new Map(USERS.map((user) => [user.ref, userIds[user.email] ?? ""])),
  };
}

export function idOf(ids: ReadonlyMap<string, string>, ref: string): string {
  const id = ids.get(ref);
  if (id === undefined) throw new Error(`The demo's data names "${ref}", which was not imported.`);
  return id;
}

async function seedHistory(
  parts: Parts,
  input: { workspaceId: string; accountId: string; account: WorldAccount },
): Promise<void> {
  const { workspaceId, accountId, account } = input;
  const actor = "system" as const;
  await recordHistory(parts, {
    workspaceId,
    accountId,
    actor,
    timeline: account.timeline.map((entry) => ({
      kind: entry.kind as "milestone",
      date: entry.date,
      text: entry.text,
      ...(entry.why === undefined ? {} : { why: entry.why }),
      visibility: entry.visibility,
      source: "import",
    })),
    values: account.values.map((value) => ({ ...value, source: "account review", visibility: "customer" })),
  });
  if (account.goals.length === 0) return;
  const proposed = await proposePlan(parts, {
    workspaceId,
    accountId,
    direction: account.goals[0]?.statement ?? "",
    goals: account.goals.map((goal) => ({ ...goal, status: "on_track" })),
    actor,
  });
  if (!proposed.ok) throw new Error(`${account.name}: ${proposed.problem.message}`);
  const version = proposed.plan.version;
  await acceptPlan(parts, { workspaceId, accountId, party: "csm", version, actor });
}

function accountsCsv(accounts: readonly WorldAccount[]): string {
  const rows = accounts.map((account) => [
    account.ref,
    account.name,
    account.domain,
    account.industry,
    account.segment,
    account.tier,
    account.product,
    String(account.arrMinor / 100),
    account.currency,
    account.renewalOn,
    account.zone,
    account.holidayCountry,
    weekWords(account.workWeek),
    (account.closedDays ?? []).join(";"),
    USERS.find((user) => user.ref === account.csm)?.email ?? "",
  ]);
  return csv(
    "external_ref,name,domains,industry,segment,tier,product,arr,currency,renewal_on,zone,holiday_country,work_week,closed_days,csm_email",
    rows,
  );
}

function contactsCsv(accounts: readonly WorldAccount[]): string {
  const rows = accounts.flatMap((account) =>
    account.people.map((person) => [
      `${account.ref}/${person.ref}`,
      account.ref,
      person.name,
      person.firstName,
      person.email ?? "",
      person.title,
      person.zone ?? "",
      person.roles.join(";"),
      person.ref === account.sponsor ? "yes" : "",
    ]),
  );
  return csv("external_ref,account,name,first_name,email,title,zone,roles,sponsor", rows);
}

function weekWords(days: readonly number[] | undefined): string {
  const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  return (days ?? []).map((day) => names[day - 1]).join(";");
}

function csv(header: string, rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header, ...rows.map((row) => row.map(cell).join(","))].join("\n");
}

function refuseRejects(report: { rejected: { line: number; column: string; message: string }[] }): void {
  const [first] = report.rejected;
  if (first) throw new Error(`The demo's data, line ${first.line}, ${first.column}: ${first.message}`);
}

async function idsByRef(
  parts: Parts,
  workspaceId: string,
  noun: "account" | "contact",
): Promise<Map<string, string>> {
  const where = { workspaceId, externalRef: { not: null } };
  const select = { id: true, externalRef: true };
  const rows =
    noun === "account"
      ? await parts.db.account.findMany({ where, select })
      : await parts.db.contact.findMany({ where, select });
  return new Map(rows.map((row) => [row.externalRef ?? "", row.id]));
}
