import { connect } from "node:net";
import type { Command } from "commander";
import type { Config } from "../../config.ts";
import { checkDns, type SenderDomains } from "../../drivers/mail/dns-check.ts";
import { findAuditBreak } from "../../drivers/store/audit.ts";
import type { Parts } from "../../operations/parts.ts";
import { senderDomains } from "../../operations/sender-domains.ts";
import { print, printJson, RefusedError, table } from "../output.ts";
import { withApp } from "../with-app.ts";

interface Finding {
  what: string;
  state: "ok" | "warning" | "broken" | "not used";
  found: string;
  remedy: string;
}

export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description(
      "Checks database, queue, SMTP and DNS (SPF, DKIM, DMARC, alignment of From), and says what to do.",
    )
    .option("--json", "print JSON")
    .action(doctor);
}

async function doctor(options: { json?: boolean }): Promise<void> {
  const findings = await withApp(async ({ app, parts, workspaceId }): Promise<Finding[]> => {
    const { config } = app;
    const version = await parts.db.$queryRaw<{ version: string }[]>`select version()`;
    const where = config.databaseUrl === null ? "embedded" : "DATABASE_URL";
    const database: Finding = {
      what: "database",
      state: "ok",
      found: `${where}, ${version[0]?.version.split(" on ")[0] ?? "unknown"}`,
      remedy: "",
    };
    const queue: Finding = {
      what: "queue",
      state: "ok",
      found: config.redisUrl === null ? "on PostgreSQL" : "on Redis",
      remedy: "",
    };
    const smtp = await checkSmtp(config.smtpUrl);
    const dns =
      config.smtpUrl === null ? [] : await dnsFindings(config, await senderDomains(parts.db, workspaceId));
    return [database, queue, await checkAudit(parts.db, workspaceId), smtp, ...dns];
  });
  if (options.json) printJson(findings);
  else
    print(
      table(
        ["what", "state", "found"],
        findings.map((one) => [one.what, one.state, one.found]),
      ),
    );
  const broken = findings.filter((one) => one.state === "broken");
  if (broken.length > 0) {
    throw new RefusedError(
      broken.map(({ what, found, remedy }) => ({ code: "doctor", place: what, message: found, remedy })),
    );
  }
}

/** A record that was changed behind the product's back shows in the chain of hashes. */
async function checkAudit(db: Parts["db"], workspaceId: string): Promise<Finding> {
  const found = await findAuditBreak(db, workspaceId);
  if (found === null) return { what: "audit", state: "ok", found: "the chain of records holds", remedy: "" };
  return {
    what: "audit",
    state: "broken",
    found: `record ${found.id} is ${found.problem === "altered" ? "altered" : "without the one before it"}`,
    remedy: "Compare the audit_entry table with a backup: somebody wrote in it by hand.",
  };
}

async function checkSmtp(url: string | null): Promise<Finding> {
  if (url === null) {
    return {
      what: "smtp",
      state: "not used",
      found: "SMTP_URL is unset: mail is captured and shown in the app",
      remedy: "",
    };
  }
  const { hostname, port, protocol } = new URL(url);
  const greeting = await greet(
    hostname,
    Number(port || (protocol === "smtps:" ? 465 : 587)),
    protocol === "smtps:",
  );
  return greeting.ok
    ? { what: "smtp", state: "ok", found: `${hostname} answers`, remedy: "" }
    : {
        what: "smtp",
        state: "broken",
        found: `${hostname}: ${greeting.why}`,
        remedy: "Check SMTP_URL, the port and the firewall.",
      };
}

/** Waits for the server's greeting; a TLS-first port shows by accepting the connection. */
function greet(
  host: string,
  port: number,
  tlsFirst: boolean,
): Promise<{ ok: true } | { ok: false; why: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 10_000 });
    const end = (answer: { ok: true } | { ok: false; why: string }) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => tlsFirst && end({ ok: true }));
    socket.once("data", (data) =>
      end(data.toString().startsWith("220") ? { ok: true } : { ok: false, why: data.toString().trim() }),
    );
    socket.once("timeout", () => end({ ok: false, why: "no answer within ten seconds" }));
    socket.once("error", (error) => end({ ok: false, why: error.message }));
  });
}

/** The records as one line each; a long key is cut. */
async function dnsFindings(config: Config, senders: SenderDomains): Promise<Finding[]> {
  const { dkim } = config;
  const key =
    dkim === null
      ? null
      : { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey };
  const findings = await checkDns(senders, key);
  return findings.map(({ what, state, name, found, remedy }) => {
    // Whose it is: there may be one of each for every From domain.
    const line = `${name}: ${found}`;
    if (what === "alignment") return { what, state, found: line, remedy };
    return {
      what,
      state,
      found: line.length > 90 ? `${line.slice(0, 87)}…` : line,
      remedy: remedy === "" ? "" : `Publish this TXT record at ${name}: ${remedy}`,
    };
  });
}
