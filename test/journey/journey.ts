import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, openApp } from "../../src/app.ts";
import { servePages } from "../../src/cli/serve-pages.ts";
import { loadConfig } from "../../src/config.ts";
import { freePort } from "../../src/drivers/local/free-port.ts";
import type { CapturedMail, MailboxFolder } from "../../src/drivers/local/mailbox-folder.ts";
import type { Enrollment, Send } from "../../src/drivers/store/generated/client.ts";
import { prepareDemo } from "../../src/lab/demo/demo.ts";
import { idOf, type SeededWorld, seedWorld } from "../../src/lab/demo/seed-world.ts";
import { StoryClock } from "../../src/lab/demo/story-clock.ts";
import type { Story } from "../../src/lab/demo/story-types.ts";
import type { WorldAccount } from "../../src/lab/demo/world-types.ts";
import { createLog } from "../../src/log.ts";
import type { Parts } from "../../src/operations/parts.ts";
import { publishSequences } from "../../src/operations/publish-sequence.ts";
import { receiveMail } from "../../src/operations/receive-mail.ts";
import { type RunningWorker, startWorker } from "../../worker/start-worker.ts";
import { freshDatabase } from "../support/database.ts";
import { ownSequences } from "../support/desk.ts";
import { TEST_SECRET } from "../support/engine.ts";

export const MAIL_DOMAIN = "fernwick.example";
/** Real seconds a story day takes: so few that one frame reaches any end. */
const AT_ONCE = 0.0005;

export interface JourneyOptions {
  /** Instant at which the story's clock stands first. */
  start: string;
  accounts: readonly WorldAccount[];
  stories?: readonly Story[];
}

export interface Journey {
  readonly parts: Parts;
  readonly clock: StoryClock;
  readonly workspaceId: string;
  readonly seeded: SeededWorld;
  readonly mailbox: MailboxFolder;
  /** What happened, a line each: printed by a test that fails to see why. */
  readonly told: readonly string[];
  /** Lets everything happen that is due until an instant, each thing at its own time. */
  playUntil(instant: string): Promise<void>;
  /** Every captured mail, oldest first; stamped with the story's time. */
  mails(to?: string): Promise<CapturedMail[]>;
  /** The contact's latest enrollment in an account of the cast. */
  enrollment(ref: string, audience?: "contact" | "sponsor"): Promise<Enrollment>;
  sends(enrollmentId: string): Promise<Send[]>;
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The whole product in one process: real PostgreSQL, a worker, the pages over HTTP, a captured mailbox
 * over SMTP, and people who live from their inbox. Only business time is the test's own.
 */
export async function openJourney(options: JourneyOptions): Promise<Journey> {
  const database = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), "baton-journey-"));
  const port = await freePort();
  const config = loadConfig({
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: "5",
    BATON_SECRET: TEST_SECRET,
    BATON_DATA_DIR: folder,
    MAIL_DOMAIN,
    PORT: String(port),
    LOG_LEVEL: "error",
  });
  const clock = new StoryClock(new Date(options.start), AT_ONCE);
  const app = await openApp(config, {
    clock,
    log: createLog({ level: "error" }),
    onInbound: async (parts, mail) => {
      await receiveMail(parts, mail);
    },
  });
  const { parts, captured } = app;
  if (captured === null) throw new Error("A journey needs the captured mailbox.");
  const seeded = await seedWorld(parts, options.accounts);
  const { workspaceId } = seeded;
  await publishSequences(parts, { workspaceId, files: ownSequences(), actor: "system" });
  const told: string[] = [];
  const lapse = prepareDemo({
    parts,
    clock,
    seeded,
    mailbox: captured.mailbox,
    smtpUrl: captured.url,
    write: (line) => told.push(line),
    cast: { accounts: options.accounts, stories: options.stories ?? [] },
  });
  const pages = await servePages(app, { workspaceId, demo: null });
  let worker: RunningWorker | null = await work(app);

  return {
    parts,
    clock,
    workspaceId,
    seeded,
    mailbox: captured.mailbox,
    told,
    playUntil: (instant) => lapse.playUntil(new Date(instant)),
    mails: (to) => allMails(captured.mailbox, to),
    enrollment: (ref, audience = "contact") =>
      parts.db.enrollment.findFirstOrThrow({
        where: { workspaceId, accountId: idOf(seeded.accountIds, ref), audience },
        orderBy: { cycle: "desc" },
      }),
    sends: (enrollmentId) =>
      parts.db.send.findMany({
        where: { workspaceId, enrollmentId, kind: "step" },
        orderBy: [{ plannedAt: "asc" }, { dueAt: "asc" }],
      }),
    stopWorker: async () => {
      await worker?.stop();
      worker = null;
    },
    startWorker: async () => {
      worker ??= await work(app);
    },
    close: async () => {
      lapse.stop();
      await pages.close();
      await worker?.stop();
      await app.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function work(app: App): Promise<RunningWorker> {
  return startWorker(app, { rhythm: { planEveryMs: 250, webhooksEveryMs: 500 } });
}

async function allMails(mailbox: MailboxFolder, to?: string): Promise<CapturedMail[]> {
  const mails: CapturedMail[] = [];
  for (const { id } of (await mailbox.list({ limit: 100_000 })).reverse()) {
    const mail = await mailbox.get(id);
    if (mail !== null && (to === undefined || mail.to.includes(to))) mails.push(mail);
  }
  return mails;
}

/** The value of a header, unfolded; empty when the mail has none. */
export function headerOf(mail: CapturedMail, name: string): string {
  return mail.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? "";
}
