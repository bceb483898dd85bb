import type { Command } from "commander";
import { enrollContact } from "../../operations/enroll-contact.ts";
import { findCase, findContact } from "../find-rows.ts";
import { print, printJson, RefusedError, refusal } from "../output.ts";
import { policyNamed } from "../policy-named.ts";
import { withApp } from "../with-app.ts";

interface EnrollOptions {
  case?: string;
  sequence?: string;
  pace?: string;
  policy?: string;
  start?: string;
  key?: string;
  json?: boolean;
}

export function addEnrollCommand(program: Command): void {
  program
    .command("enroll")
    .argument("<contact>", "external_ref, address or name")
    .description(
      "Enrolls the person who takes over; the sequence is chosen from the case unless you name one.",
    )
    .option("--case <case>", "id, or the account; default: the open case of the contact's account")
    .option("--sequence <key>", "instead of the chosen one")
    .option("--pace <pace>", "slow, normal or fast")
    .option("--policy <policy>", "light, standard or full; default: by the workspace's rules")
    .option("--start <iso>", "not before this instant")
    .option("--key <key>", "idempotency key: the same key gives the same enrollment")
    .option("--json", "print JSON")
    .action(enroll);
}

async function enroll(who: string, options: EnrollOptions): Promise<void> {
  const { pace } = options;
  if (pace !== undefined && !["slow", "normal", "fast"].includes(pace)) {
    throw refusal("bad-pace", "--pace", `"${pace}" is no pace.`, "Use slow, normal or fast.");
  }
  const policy = options.policy === undefined ? undefined : policyNamed(options.policy);
  const startAt = options.start === undefined ? undefined : new Date(options.start);
  if (startAt !== undefined && Number.isNaN(startAt.getTime())) {
    throw refusal(
      "bad-instant",
      "--start",
      `"${options.start}" is no instant.`,
      "Write it like 2026-03-13T09:00:00-06:00.",
    );
  }
  await withApp(async ({ parts, workspaceId }) => {
    const contact = await findContact(parts, workspaceId, who);
    const found = await findCase(parts, workspaceId, options.case ?? contact.accountId);
    const result = await enrollContact(parts, {
      workspaceId,
      caseId: found.id,
      contactId: contact.id,
      actor: "cli",
      ...(options.sequence === undefined ? {} : { sequenceKey: options.sequence }),
      ...(pace === undefined ? {} : { pace: pace as "slow" }),
      ...(policy === undefined ? {} : { policy }),
      ...(startAt === undefined ? {} : { startAt }),
      ...(options.key === undefined ? {} : { idempotencyKey: options.key }),
    });
    if (!result.ok) throw new RefusedError([result.problem]);
    if (options.json) printJson(result);
    else print(words(contact.name, result));
  });
}

function words(
  name: string,
  result: {
    enrollment: { status: string; dueAt: Date | null; zone: string };
    reason: string;
    sponsorEnrollment: unknown;
  },
): string {
  const { status, dueAt, zone } = result.enrollment;
  const first = dueAt === null ? "" : ` The first mail is due ${dueAt.toISOString()} (${zone}).`;
  const sponsor = result.sponsorEnrollment === null ? "" : " The sponsor's brief runs beside it.";
  return `${name} is enrolled (${status}).${first}${sponsor}\n${result.reason}`;
}
