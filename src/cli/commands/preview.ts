import type { Command } from "commander";
import type { Calendar, Weekday } from "../../domain/calendar/calendar.ts";
import { closedDays } from "../../domain/calendar/holidays.ts";
import { isZone } from "../../domain/calendar/zones.ts";
import { POLICY_WORDS } from "../../domain/sequences/choose-policy.ts";
import { type PlannedStep, planProgram } from "../../domain/sequences/plan-program.ts";
import { underPolicy } from "../../domain/sequences/policy.ts";
import type { Sequence } from "../../domain/sequences/sequence.ts";
import { previewMails } from "../../operations/preview-mails.ts";
import { findCase, findContact } from "../find-rows.ts";
import { print, printJson, progress, RefusedError, refusal, table } from "../output.ts";
import { policyNamed } from "../policy-named.ts";
import { loadSequence, SEQUENCES_FOLDER } from "../sequence-files.ts";
import { withApp } from "../with-app.ts";

interface PreviewOptions {
  start?: string;
  zone?: string;
  holidays?: string;
  workWeek: string;
  window: string;
  pace: string;
  policy?: string;
  cadence?: string;
  contact?: string;
  render?: string;
  json?: boolean;
}

export function addPreviewCommand(program: Command): void {
  program
    .command("preview")
    .argument("<sequence>", "key of a sequence, or the path of a .yaml file")
    .description(
      "The whole program with its exact times, before anyone is enrolled: for a zone and a start, or for a real contact.",
    )
    .option("--start <iso>", "instant of enrollment, such as 2026-03-13T09:00:00-06:00")
    .option("--zone <zone>", "the reader's IANA zone")
    .option("--holidays <country>", "public holidays of a country or region: NO, DE-BY")
    .option("--work-week <days>", "mon-fri, sun-thu or mon,tue,wed", "mon-fri")
    .option("--window <times>", "local hours in which mail may go", "08:30-16:30")
    .option("--pace <pace>", "slow, normal or fast", "normal")
    .option("--policy <policy>", "light, standard or full; for a contact: by the workspace's rules")
    .option("--cadence <cadence>", 'a product\'s cadence: "daily", "weekly", "every 2 business days"')
    .option("--contact <contact>", "a real contact: zone, holidays and case come from the data")
    .option("--render <folder>", "write every mail as .html, .txt and .eml")
    .option("--json", "print JSON")
    .action(preview);
}

async function preview(keyOrPath: string, options: PreviewOptions): Promise<void> {
  if (options.contact !== undefined) return previewContact(keyOrPath, options.contact, options);
  const { sequence: whole } = await loadSequence(keyOrPath);
  const sequence = underPolicy(whole, policyNamed(options.policy ?? "standard"));
  const start = instantOf(options.start);
  const calendar = calendarOf(options, start);
  const steps = planProgram(
    sequence,
    { start, calendar, pace: paceOf(options.pace), cadence: options.cadence ?? null },
    { hasSponsor: true },
  );
  show(sequence, steps, options);
  if (options.render === undefined) return;
  const { writeProgramMails } = await import("../../lab/mail-gallery.ts");
  const dates = new Map(steps.map((step) => [step.stepKey, new Date(step.at)]));
  const written = await writeProgramMails(SEQUENCES_FOLDER, sequence, dates, options.render);
  told(written.length, options.render);
}

async function previewContact(key: string, who: string, options: PreviewOptions): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const contact = await findContact(parts, workspaceId, who);
    const turnover = await findCase(parts, workspaceId, contact.accountId);
    const result = await previewMails(parts, {
      workspaceId,
      caseId: turnover.id,
      contactId: contact.id,
      sequenceKey: key,
      pace: paceOf(options.pace),
      ...(options.policy === undefined ? {} : { policy: policyNamed(options.policy) }),
      ...(options.start === undefined ? {} : { startAt: instantOf(options.start) }),
    });
    if (!result.ok) throw new RefusedError([result.problem]);
    const { program, mails, problems } = result;
    progress(`${POLICY_WORDS[program.policy]}: ${program.policyReason}`);
    show({ key: program.sequenceKey, name: program.sequenceName }, program.steps, options);
    if (options.render === undefined) return;
    const { writeMails } = await import("../../lab/mail-gallery.ts");
    await writeMails(options.render, mails);
    told(mails.length, options.render);
    if (problems.length > 0) throw new RefusedError(problems);
  });
}

function show(
  sequence: Pick<Sequence, "key" | "name">,
  steps: readonly PlannedStep[],
  options: PreviewOptions,
): void {
  if (options.json) printJson({ sequence: sequence.key, steps });
  else print(`${sequence.name}\n\n${calendarTable(steps)}`);
}

function told(count: number, folder: string): void {
  progress(`${count} mails written to ${folder}, each as .html, .txt and .eml.`);
}

function calendarTable(steps: readonly PlannedStep[]): string {
  const rows = steps.map((step) => [
    `D${step.activeDay}`,
    `${step.weekday.slice(0, 3)} ${step.localDate} ${step.localTime}`,
    step.at,
    step.recipient,
    step.kind === "left-out" ? `(left out) ${step.subject}` : step.subject,
    [step.moved === null ? "" : `moved from ${step.moved.from}: ${step.moved.why}`, step.clockChange ?? ""]
      .filter((note) => note !== "")
      .join("; "),
  ]);
  return table(["day", `local (${steps[0]?.zone ?? ""})`, "UTC", "to", "subject", "note"], rows);
}

function instantOf(text: string | undefined): Date {
  const at = new Date(text ?? "");
  if (!Number.isNaN(at.getTime())) return at;
  throw refusal(
    "bad-instant",
    "--start",
    `"${text ?? ""}" is no instant.`,
    "Write it like 2026-03-13T09:00:00-06:00.",
  );
}

function paceOf(text: string): "slow" | "normal" | "fast" {
  if (text === "slow" || text === "normal" || text === "fast") return text;
  throw refusal("bad-pace", "--pace", `"${text}" is no pace.`, "Use slow, normal or fast.");
}

function calendarOf(options: PreviewOptions, start: Date): Calendar {
  const zone = options.zone ?? "";
  if (!isZone(zone)) {
    throw refusal("bad-zone", "--zone", `"${zone}" is no IANA zone.`, "Use a name such as Europe/Oslo.");
  }
  const year = start.getUTCFullYear();
  const closed = closedDays(options.holidays ?? null, [year, year + 1], []);
  if (!closed.ok)
    throw refusal("bad-country", "--holidays", closed.message, "Use a code such as NO or DE-BY.");
  return {
    zone,
    workWeek: workWeekOf(options.workWeek),
    closedDays: closed.days,
    window: windowOf(options.window),
  };
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function workWeekOf(text: string): Weekday[] {
  const [from, to] = text
    .toLowerCase()
    .split("-")
    .map((day) => DAYS.indexOf(day));
  if (from !== undefined && to !== undefined && from >= 0 && to >= 0) {
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (((from + i) % 7) + 1) as Weekday);
  }
  const days = text
    .toLowerCase()
    .split(",")
    .map((day) => DAYS.indexOf(day.trim()) + 1);
  if (days.every((day) => day > 0)) return days as Weekday[];
  throw refusal(
    "bad-week",
    "--work-week",
    `"${text}" is no working week.`,
    "Write mon-fri, sun-thu or mon,tue,wed.",
  );
}

function windowOf(text: string): Calendar["window"] {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  const [start = "", end = ""] = text.split("-");
  if (match !== null && start < end) return { start, end };
  throw refusal("bad-window", "--window", `"${text}" is no window.`, "Write it like 08:30-16:30.");
}
