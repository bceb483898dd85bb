import { connect } from "node:net";
import type { Command } from "commander";
import type { Config } from "../../config.ts";
import { checkDns, type SenderDomains } from "../../drivers/mail/dns-check.ts";
import { lookIntoInbox } from "../../drivers/mail/imap-inbox.ts";
import { checkRedis } from "../../drivers/queue/redis-check.ts";
import { findAuditBreak } from "../../drivers/store/audit.ts";
import { connectStore } from "../../drivers/store/connect.ts";
import type { Parts } from "../../operations/parts.ts";
import { senderDomains } from "../../operations/sender-domains.ts";
import { print, printJson, RefusedError, table } from "../output.ts";
import { readConfig, withApp } from "../with-app.ts";

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
      "Checks database, queue, SMTP, how answers come in, and DNS (SPF, DKIM, DMARC, alignment of From), and says what to do.",
    )
    .option("--json", "print JSON")
    .action(doctor);
}

async function doctor(options: { json?: boolean }): Promise<void> {
  const config = readConfig();
  const foundations = [await checkDatabase(config), await checkQueue(config)];
  const inside = foundations.every(({ state }) => state === "ok") ? await lookInside(config) : NOTHING_SEEN;
  const findings = [
    ...foundations.map((one) => inside.instead.find(({ what }) => what === one.what) ?? one),
    ...inside.audit,
    await checkSmtp(config.smtpUrl),
    ...(await checkAnswers(config)),
    ...inside.dns,
  ];
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

/** Asked without the product, which does not start on a database that is not there. */
async function checkDatabase({ databaseUrl }: Config): Promise<Finding> {
  if (databaseUrl === null) return { what: "database", state: "ok", found: "embedded", remedy: "" };
  const store = connectStore({ url: databaseUrl, poolSize: 2 });
  try {
    const { rows } = await store.pool.query<{ version: string }>("select version()");
    const version = rows[0]?.version.split(" on ")[0] ?? "unknown";
    return { what: "database", state: "ok", found: `DATABASE_URL, ${version}`, remedy: "" };
  } catch (cause) {
    return {
      what: "database",
      state: "broken",
      found: `DATABASE_URL: ${wordsOf(cause)}`,
      remedy: "Start PostgreSQL, or correct host, port, user, password or name in DATABASE_URL.",
    };
  } finally {
    await store.close();
  }
}

async function checkQueue({ redisUrl }: Config): Promise<Finding> {
  if (redisUrl === null) return { what: "queue", state: "ok", found: "on PostgreSQL", remedy: "" };
  const answer = await checkRedis(redisUrl);
  return answer.ok
    ? { what: "queue", state: "ok", found: "on Redis", remedy: "" }
    : {
        what: "queue",
        state: "broken",
        found: `REDIS_URL: ${answer.why}`,
        remedy: "Start Redis, or correct REDIS_URL; without it the queue uses PostgreSQL.",
      };
}

interface Inside {
  /** What opening the product found out about its foundations. */
  readonly instead: readonly Finding[];
  readonly audit: readonly Finding[];
  readonly dns: readonly Finding[];
}
const NOTHING_SEEN: Inside = { instead: [], audit: [], dns: [] };

/** What only the opened product can tell. That it cannot be opened, though both answer, is a finding as well. */
async function lookInside(config: Config): Promise<Inside> {
  try {
    return await withApp(async ({ parts, workspaceId }) => {
      const version = await parts.db.$queryRaw<{ version: string }[]>`select version()`;
      const embedded = `embedded, ${version[0]?.version.split(" on ")[0] ?? "unknown"}`;
      return {
        instead:
          config.databaseUrl === null
            ? [{ what: "database", state: "ok", found: embedded, remedy: "" } as const]
            : [],
        audit: [await checkAudit(parts.db, workspaceId)],
        dns:
          config.smtpUrl === null
            ? []
            : await dnsFindings(config, await senderDomains(parts.db, workspaceId)),
      };
    });
  } catch (cause) {
    const remedy =
      config.databaseUrl === null
        ? "Look at the message; the embedded database is in BATON_DATA_DIR."
        : "The user of DATABASE_URL must own the database, and it must be PostgreSQL 13 or newer.";
    return {
      ...NOTHING_SEEN,
      instead: [{ what: "database", state: "broken", found: wordsOf(cause), remedy }],
    };
  }
}

/** A refused connection has its reason in a code; a wrapped one in its cause. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  const own = cause.message || ("code" in cause ? String(cause.code) : "");
  return inner instanceof Error && inner.message !== ""
    ? [own, inner.message].filter(Boolean).join(": ")
    : own;
}

/** How replies and bounces come in: by which ways, and whether they are open. */
async function checkAnswers(config: Config): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const way of config.inbound) {
    switch (way) {
      case "captured":
        found.push({ what: "answers", state: "ok", found: "come in with the captured mail", remedy: "" });
        break;
      case "smtp":
        found.push(await checkReceiver(config.inboundSmtp));
        break;
      case "imap":
        found.push(await checkInbox(config.inboundImapUrl ?? ""));
        break;
      default:
        way satisfies never;
    }
  }
  if (found.length > 0) return found;
  return [
    {
      what: "answers",
      state: "warning",
      found: "none come in: Reply-To is the CSM's own address",
      remedy: "Set INBOUND_SMTP_PORT or INBOUND_IMAP_URL, so that replies count and bounces are heeded.",
    },
  ];
}

/** The receiver runs with the pages: that nobody listens may only mean that they are not started. */
async function checkReceiver({ host, port }: Config["inboundSmtp"]): Promise<Finding> {
  const greeting = await greet(host, port, false);
  return greeting.ok
    ? { what: "answers", state: "ok", found: `by SMTP on ${host}:${port}`, remedy: "" }
    : {
        what: "answers",
        state: "warning",
        found: `by SMTP on ${host}:${port}, where nobody answers now (${greeting.why})`,
        remedy: "start and web listen there: start one of them.",
      };
}

async function checkInbox(url: string): Promise<Finding> {
  const { hostname } = new URL(url);
  const looked = await lookIntoInbox(url);
  return looked.ok
    ? {
        what: "answers",
        state: "ok",
        found: `from the inbox at ${hostname}, ${looked.unread} unread`,
        remedy: "",
      }
    : {
        what: "answers",
        state: "broken",
        found: `from the inbox at ${hostname}: ${looked.why}`,
        remedy: "Correct user, password, host or folder in INBOUND_IMAP_URL.",
      };
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
