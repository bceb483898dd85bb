import { type Command, Option } from "commander";
import { CASE_OUTCOMES, closeCase } from "../../operations/close-case.ts";
import { type CaseFields, DETECTION_SOURCES, openCase } from "../../operations/open-case.ts";
import type { Parts } from "../../operations/parts.ts";
import { updateCase } from "../../operations/update-case.ts";
import { findAccount, findCase, findContact } from "../find-rows.ts";
import { print, printJson, RefusedError, refusal, table } from "../output.ts";
import { type OpenedApp, withApp } from "../with-app.ts";

interface CaseOptions {
  departed?: string;
  learned?: string;
  source?: string;
  effective?: string;
  reason?: string;
  destination?: string;
  newCompany?: string;
  role?: string;
  replacement?: string;
  type?: string;
  competitor?: string;
  months?: string;
  json?: boolean;
}

export function addCaseCommands(program: Command): void {
  const group = program
    .command("case")
    .description("Turnover cases: the main contact changed or will change.");
  caseOptions(group.command("open").argument("<account>", "name, external_ref or id"))
    .description("Opens a case; everything but the account may come later.")
    .action(open);
  caseOptions(group.command("update").argument("<case>", "id, or the account of the open case"))
    .description("Adds what has been learned since.")
    .action(update);
  group
    .command("show")
    .argument("<case>", "id, or the account of the open case")
    .option("--json", "print JSON")
    .description("The facts of one case.")
    .action(show);
  group.command("list").option("--json", "print JSON").description("All open cases.").action(list);
  group
    .command("close")
    .argument("<case>", "id, or the account of the open case")
    .addOption(words("--outcome <outcome>", "how it ended", CASE_OUTCOMES).makeOptionMandatory())
    .option("--reason <words>", "why")
    .description("Closes a case with its outcome.")
    .action(close);
}

const REASONS = ["new_job", "promotion", "retired", "leave", "restructure", "unknown"] as const;
const DESTINATIONS = ["external", "internal", "retired", "leave", "unknown"] as const;
const ROLE_OUTCOMES = ["replacing", "merging", "leaving_space", "unknown"] as const;
const ARRIVALS = ["internal", "external_new_function", "ex_competitor"] as const;

/** An option of closed words: another one is refused with the list. */
function words(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices([...choices]);
}

function caseOptions(command: Command): Command {
  return command
    .option("--departed <contact>", "who left")
    .option("--learned <iso>", "when we learned it (default now)")
    .addOption(words("--source <source>", "how we learned it", DETECTION_SOURCES))
    .option("--effective <date>", "last day, YYYY-MM-DD")
    .addOption(words("--reason <reason>", "why they left", REASONS))
    .addOption(words("--destination <where>", "where to", DESTINATIONS))
    .option("--new-company <name>", "where they went")
    .addOption(words("--role <outcome>", "what becomes of the role", ROLE_OUTCOMES))
    .option("--replacement <contact>", "who takes over")
    .addOption(words("--type <type>", "where they come from", ARRIVALS))
    .option("--competitor <key>", "for ex_competitor: which one")
    .option("--months <number>", "for ex_competitor: how long they used it")
    .option("--json", "print JSON");
}

async function open(who: string, options: CaseOptions): Promise<void> {
  await withApp(async (app) => {
    const { parts, workspaceId } = app;
    const account = await findAccount(parts, workspaceId, who);
    const fields = await fieldsOf(app, options);
    const result = await openCase(parts, { workspaceId, accountId: account.id, actor: "cli", ...fields });
    if (!result.ok) throw new RefusedError([result.problem]);
    if (options.json) printJson(result.case);
    else
      print(
        `${result.repeated ? "This case is open already" : "Opened"}: ${result.case.id} (${account.name}, severity ${result.case.severity})`,
      );
  });
}

async function update(who: string, options: CaseOptions): Promise<void> {
  await withApp(async (app) => {
    const { parts, workspaceId } = app;
    const found = await findCase(parts, workspaceId, who);
    const fields = await fieldsOf(app, options);
    const result = await updateCase(parts, { workspaceId, caseId: found.id, actor: "cli", ...fields });
    if (!result.ok) throw new RefusedError([result.problem]);
    if (options.json) printJson(result.case);
    else print(`Updated: ${result.case.id} (${result.case.status}, severity ${result.case.severity})`);
  });
}

/** Only what was given: an absent option never erases what is known. */
async function fieldsOf({ parts, workspaceId }: OpenedApp, options: CaseOptions): Promise<CaseFields> {
  if (options.competitor !== undefined) await knownCompetitor(parts, workspaceId, options.competitor);
  const months = options.months === undefined ? undefined : Number(options.months);
  if (months !== undefined && !(Number.isInteger(months) && months >= 0 && months <= 600)) {
    throw refusal("bad-number", "--months", `"${options.months}" is no count of months.`, "Use 0 to 600.");
  }
  const given: Record<string, unknown> = {
    detectionSource: options.source,
    departureEffectiveOn: options.effective,
    departureReason: options.reason,
    destination: options.destination,
    newCompany: options.newCompany,
    roleOutcome: options.role,
    replacementType: options.type,
    competitorKey: options.competitor,
    competitorMonths: months,
    detectedAt: options.learned === undefined ? undefined : instant("--learned", options.learned),
  };
  if (options.departed)
    given["departedContactId"] = (await findContact(parts, workspaceId, options.departed)).id;
  if (options.replacement) {
    given["replacementContactId"] = (await findContact(parts, workspaceId, options.replacement)).id;
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as CaseFields;
}

/** A misspelt key would quietly give the generic mails; whom nobody has written about yet is left out instead. */
async function knownCompetitor(parts: Parts, workspaceId: string, key: string): Promise<void> {
  const known = await parts.db.competitorVersion.findMany({
    where: { workspaceId },
    distinct: ["key"],
    select: { key: true },
    orderBy: { key: "asc" },
  });
  if (known.some((one) => one.key === key)) return;
  const list = known.map((one) => one.key).join(", ");
  throw refusal(
    "unknown-competitor",
    "--competitor",
    `There is no competitor with the key "${key}".`,
    list === "" ? "Leave it out; the generic mails are used." : `Use one of: ${list}; or leave it out.`,
  );
}

function instant(place: string, text: string): Date {
  const value = new Date(text);
  if (!Number.isNaN(value.getTime())) return value;
  throw refusal("bad-instant", place, `"${text}" is no instant.`, "Write it like 2026-03-02T09:30:00-07:00.");
}

async function show(who: string, options: { json?: boolean }): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const found = await findCase(parts, workspaceId, who);
    const account = await parts.db.account.findFirst({ where: { workspaceId, id: found.accountId } });
    const enrollments = await parts.db.enrollment.findMany({
      where: { workspaceId, caseId: found.id },
      include: { contact: true, version: true },
    });
    if (options.json) {
      printJson({ ...found, account, enrollments });
      return;
    }
    const facts = Object.entries(found)
      .filter(([name, value]) => value !== null && !/Id$|^id$/.test(name))
      .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)]);
    const rows = enrollments.map((one) => [
      one.contact.name,
      `${one.version.key} v${one.version.version}`,
      one.status,
      one.verdict ?? "–",
      one.score === null ? "–" : one.score.toFixed(0),
    ]);
    print(`${account?.name ?? ""}\n\n${table(["fact", "value"], facts)}`);
    if (rows.length > 0) print(`\n${table(["contact", "sequence", "status", "verdict", "score"], rows)}`);
  });
}

async function list(options: { json?: boolean }): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const rows = await parts.db.case.findMany({
      where: { workspaceId, closedAt: null },
      include: { account: true },
      orderBy: [{ severity: "desc" }, { detectedAt: "asc" }],
    });
    if (options.json) printJson(rows);
    else if (rows.length === 0) print("No open case. Open one: baton case open ACCOUNT.");
    else {
      const cells = rows.map((row) => [
        row.account.name,
        row.status,
        String(row.severity),
        row.detectedAt.toISOString().slice(0, 10),
        row.replacementType ?? "nobody yet",
        row.id,
      ]);
      print(table(["account", "status", "severity", "learned", "who takes over", "id"], cells));
    }
  });
}

async function close(who: string, options: { outcome: string; reason?: string }): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const found = await findCase(parts, workspaceId, who);
    const result = await closeCase(parts, {
      workspaceId,
      caseId: found.id,
      outcome: options.outcome as "saved",
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      actor: "cli",
    });
    if (!result.ok) throw new RefusedError([result.problem]);
    print(`Closed: ${found.id}, ${options.outcome}.`);
  });
}
