import type { Command } from "commander";
import { startWorker } from "../../../worker/start-worker.ts";
import { openApp } from "../../app.ts";
import { diffSchema, writeMigration } from "../../drivers/store/migrate.ts";
import { keepHeapLean } from "../../lean-heap.ts";
import { createLog } from "../../log.ts";
import { issueSignInLink } from "../../operations/issue-sign-in-link.ts";
import { receiveMail } from "../../operations/receive-mail.ts";
import { print, progress } from "../output.ts";
import { refuseTakenPort, servePages } from "../serve-pages.ts";
import { untilSignal } from "../until-signal.ts";
import { openPrepared, ownerAddress, readConfig } from "../with-app.ts";

export function addRunCommands(program: Command): void {
  program
    .command("start")
    .description("Pages and worker in one process, on your own data. Ctrl-C stops it cleanly.")
    .action(() => run({ worker: true }));
  program
    .command("web")
    .description(
      "Only the pages, the API and what mail comes in by SMTP: answers, or all of it without SMTP_URL.",
    )
    .action(() => run({ worker: false }));
  program
    .command("worker")
    .description("Only the work: planning, sending, readiness, webhooks. Run as many as you like.")
    .action(async () => {
      // Only when started without baton.mjs, which runs the same file compiled.
      await import("../../../worker/main.ts");
    });
  program
    .command("migrate")
    .description("Brings the database up to date.")
    .option("--diff <name>", "write the next migration from schema.prisma instead")
    .action(migrate);
}

/** Pages, and the work beside them when asked for. */
async function run(what: { worker: boolean }): Promise<void> {
  if (what.worker) keepHeapLean();
  const config = readConfig();
  await refuseTakenPort(config);
  const log = createLog({ level: config.logLevel });
  const { app, parts, workspaceId } = await openPrepared(config, {
    log,
    onInbound: async (inbound, mail) => {
      await receiveMail(inbound, mail);
    },
  });
  const opened: (() => Promise<void>)[] = [() => app.close()];
  try {
    const worker = what.worker ? await startWorker(app) : null;
    if (worker !== null) opened.push(() => worker.stop());
    const pages = await servePages(app, { workspaceId, demo: null });
    opened.push(() => pages.close());
    progress(`Baton is at ${pages.url}`);
    const email = await ownerAddress(parts, workspaceId);
    const link = email === null ? null : await issueSignInLink(parts, { workspaceId, email, byMail: false });
    if (link?.url) progress(`Sign in: ${link.url}`);
    if (app.captured) progress(`No SMTP_URL: mail is captured and shown at ${pages.url}/mailbox`);
    if (app.receiverPort !== null) progress(`Answers are received by SMTP on port ${app.receiverPort}`);
    await untilSignal();
  } finally {
    // Stop taking requests, then jobs; finish both; only then close what they stand on.
    for (const close of opened.reverse()) await close();
  }
}

async function migrate(options: { diff?: string }): Promise<void> {
  const app = await openApp(readConfig(), { captureMail: false });
  try {
    if (options.diff === undefined) {
      print("The database is up to date.");
      return;
    }
    const sql = await diffSchema(app.databaseUrl);
    const file = sql.trim() === "" ? null : await writeMigration(app.databaseUrl, options.diff, new Date());
    print(file === null ? "schema.prisma and the migrations agree." : `Written: ${String(file)}`);
  } finally {
    await app.close();
  }
}
