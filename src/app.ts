import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { makeLinks } from "./domain/engagement/signed-links.ts";
import type { Transport } from "./domain/sending/outcome.ts";
import { type CapturedMailbox, startCapturedMailbox } from "./drivers/local/captured-mailbox.ts";
import { startEmbeddedPostgres } from "./drivers/local/embedded-postgres.ts";
import { scratchDatabase } from "./drivers/local/scratch-database.ts";
import type { ImapInbox } from "./drivers/mail/imap-inbox.ts";
import { readSmtpUrl, type SmtpServer } from "./drivers/mail/smtp-settings.ts";
import { createSmtpTransport } from "./drivers/mail/smtp-transport.ts";
import { openBackend } from "./drivers/queue/backend.ts";
import { openJobQueue } from "./drivers/queue/job-queue.ts";
import { type JobWorkers, type Processors, startJobWorkers } from "./drivers/queue/job-workers.ts";
import type { ChoreRhythm } from "./drivers/queue/jobs.ts";
import { connectStore } from "./drivers/store/connect.ts";
import { migrate } from "./drivers/store/migrate.ts";
import type { SqlPool } from "./drivers/store/sql.ts";
import { CompiledSteps } from "./drivers/templates/compiled-steps.ts";
import { createLog } from "./log.ts";
import { isOurAddress } from "./operations/attribute-mail.ts";
import { type Leases, ORDINARY_LEASES } from "./operations/leases.ts";
import type { Parts } from "./operations/parts.ts";
import type { PlanParts } from "./operations/plan-due-steps.ts";
import type { ReceiveMailInput } from "./operations/received-mail.ts";
import { openSendDesk } from "./operations/send-desk.ts";
import type { SendParts } from "./operations/send-messages.ts";
import { openSendTurns } from "./operations/send-turns.ts";
import type { SweepParts } from "./operations/sweep.ts";
import { openVersionBook } from "./operations/version-book.ts";
import { escalationMailWriters } from "./operations/write-escalation-mail.ts";
import { internalMailWriters } from "./operations/write-internal-mail.ts";
import { oneOffMailWriters } from "./operations/write-one-off-mail.ts";
import { serviceMailWriters } from "./operations/write-service-mail.ts";
import { stepMailWriter } from "./operations/write-step-mail.ts";
import { testMailWriter } from "./operations/write-test-mail.ts";
import type { MailWriters } from "./operations/written-mail.ts";

/** Everything that the operations of this product may ask for, built once per process. */
export type AppParts = Parts & PlanParts & SweepParts;

export interface App {
  readonly config: Config;
  readonly parts: AppParts;
  /** Keys Message-IDs and hashes of visitors' addresses. */
  readonly secret: string;
  /** Where mail goes when no SMTP server is configured; null when one is. */
  readonly captured: CapturedMailbox | null;
  /** Port on which answers are received by SMTP; null when they are not, or in another process. */
  readonly receiverPort: number | null;
  /** postgresql:// address in use. Holds a password: never log it. */
  readonly databaseUrl: string;
  /** What a worker process sends with. `stopping` makes it put back what has not left. */
  openSending(options: SendingOptions): Sending;
  /** Reads the inbox of INBOUND_IMAP_URL until it is closed; null when none is set. */
  watchInbox(onMail: (mail: ReceiveMailInput) => Promise<unknown>): Promise<ImapInbox | null>;
  startJobs(processors: Processors, load: { name: string; chores?: number }): JobWorkers;
  /** Tells the queue how often each chore is looked at; repeated, since a queue may be emptied. */
  schedule(rhythm: ChoreRhythm): Promise<void>;
  close(): Promise<void>;
}

export interface SendingOptions {
  readonly stopping: AbortSignal;
  readonly leases?: Leases;
  /** Longest silence of the mail server, milliseconds. */
  readonly silenceMs?: number;
}

export interface Sending {
  readonly parts: SendParts;
  readonly transport: Transport;
}

export interface AppOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Called with mail that came for Baton itself by SMTP, in the process that receives it or captures mail. */
  readonly onInbound?: (parts: Parts, mail: ReceiveMailInput) => Promise<void>;
  /** false in a process that only works: the captured mailbox and the receiver run in the one that serves the pages. */
  readonly captureMail?: boolean;
  /** The demo: an empty embedded database of this name, made anew, beside the kept one, and an empty mailbox. */
  readonly scratch?: string;
}

/** Mails in flight per SMTP connection: one on the wire, one in the database on either side of it. */
const IN_FLIGHT_PER_CONNECTION = 2;
/** Of mails that wait for their turn nothing has left yet, and other workers may want the room. */
const LONGEST_WAIT_FOR_TURN_MS = 10_000;
/** Send jobs in hand: the second is claimed while the first drains, so that no connection waits. */
const SEND_JOBS = 3;

/** Builds the product from its settings: database, queue, links, and what local mode brings with it. */
export async function openApp(config: Config, options: AppOptions = {}): Promise<App> {
  const log = options.log ?? createLog({ level: config.logLevel });
  const clock = options.clock ?? systemClock;
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    // What was opened last is closed first; one that fails must not keep the others open.
    for (const act of closing.splice(0).reverse()) {
      await act().catch((cause: unknown) => log.warn({ err: cause }, "something did not close cleanly"));
    }
  };
  try {
    const databaseUrl = await openDatabase(config, log, closing, options.scratch);
    const store = connectStore({
      url: databaseUrl,
      poolSize: config.databasePoolSize,
      onConnectionLost: (cause) => log.warn({ err: cause }, "a connection to the database was lost"),
    });
    closing.push(() => store.close());
    const queue = await openBackend({ databaseUrl, redisUrl: config.redisUrl ?? undefined }, log);
    closing.push(() => queue.close());
    const jobs = openJobQueue(queue, log);
    closing.push(() => jobs.close());
    const parts: AppParts = {
      db: store.db,
      sql: store.pool,
      clock,
      log,
      waker: jobs,
      waitingSendJobs: jobs.waitingSendJobs,
      links: makeLinks(linkSecrets(config), () => clock.now()),
      baseUrl: config.baseUrl,
      versions: openVersionBook(store.db),
    };
    const captured = await openMailbox(config, options, parts, closing);
    const receiverPort = await openReceiver(config, options, parts, closing);
    return {
      config,
      parts,
      secret: config.secret,
      captured,
      receiverPort,
      databaseUrl,
      openSending: (asked) => openSending(config, parts, store.pool, captured, asked),
      watchInbox: (onMail) => watchInbox(config, log, onMail),
      startJobs: (processors, load) =>
        startJobWorkers(queue, processors, {
          name: load.name,
          sendJobs: SEND_JOBS,
          chores: load.chores ?? 2,
        }),
      schedule: (rhythm) => jobs.schedule(rhythm),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function openDatabase(
  config: Config,
  log: Logger,
  closing: (() => Promise<unknown>)[],
  scratch: string | undefined,
): Promise<string> {
  let url = config.databaseUrl;
  if (url === null || scratch !== undefined) {
    const embedded = await startEmbeddedPostgres({ directory: join(config.dataDir, "postgres"), log });
    closing.push(() => embedded.stop());
    url = scratch === undefined ? embedded.url : await scratchDatabase(embedded.url, scratch);
  }
  const { applied } = await migrate(url);
  if (applied.length > 0) log.info({ applied }, "the database was brought up to date");
  return url;
}

async function openMailbox(
  config: Config,
  options: AppOptions,
  parts: Parts,
  closing: (() => Promise<unknown>)[],
): Promise<CapturedMailbox | null> {
  if (config.smtpUrl !== null || options.captureMail === false) return null;
  const { onInbound } = options;
  const folder = join(config.dataDir, "mail");
  if (options.scratch !== undefined) await rm(folder, { recursive: true, force: true });
  const captured = await startCapturedMailbox({
    folder,
    host: config.inboundSmtp.host,
    port: config.inboundSmtp.port,
    now: () => parts.clock.now(),
    isInbound: (address) => isOurAddress(parts.links, address),
    log: parts.log,
    ...(onInbound === undefined
      ? {}
      : { onInbound: ({ raw, envelope }) => onInbound(parts, { raw, envelopeTo: [...envelope.to] }) }),
  });
  closing.push(() => captured.close());
  return captured;
}

/** Loaded only where an inbox is set, as what receives by SMTP: most workers need the memory of neither. */
async function watchInbox(
  config: Config,
  log: Logger,
  onMail: (mail: ReceiveMailInput) => Promise<unknown>,
): Promise<ImapInbox | null> {
  if (config.inboundImapUrl === null) return null;
  const { watchImapInbox } = await import("./drivers/mail/imap-inbox.ts");
  return watchImapInbox({
    url: config.inboundImapUrl,
    // The signed address is in the mail itself; an inbox knows no envelope.
    onMail: async (raw) => {
      await onMail({ raw, envelopeTo: [], copyToCsm: true });
    },
    log,
  });
}

/** Takes answers where mail really leaves; the captured mailbox takes them where it does not. */
async function openReceiver(
  config: Config,
  { captureMail, onInbound }: AppOptions,
  parts: Parts,
  closing: (() => Promise<unknown>)[],
): Promise<number | null> {
  if (!config.inbound.includes("smtp") || captureMail === false || onInbound === undefined) return null;
  const { createSenderCheck } = await import("./drivers/mail/sender-check.ts");
  const { startSmtpReceiver } = await import("./drivers/mail/smtp-receiver.ts");
  const receiver = await startSmtpReceiver({
    ...config.inboundSmtp,
    isOurs: (address) => isOurAddress(parts.links, address),
    onMail: (mail) => onInbound(parts, { ...mail, copyToCsm: true }),
    checkSender: createSenderCheck(),
    log: parts.log,
  });
  closing.push(() => receiver.close());
  return receiver.port;
}

function openSending(
  config: Config,
  parts: AppParts,
  sql: SqlPool,
  captured: CapturedMailbox | null,
  { stopping, leases = ORDINARY_LEASES, silenceMs }: SendingOptions,
): Sending {
  // Every mail that waits for its turn listens; more than ten are no leak.
  setMaxListeners(0, stopping);
  const transport = createSmtpTransport({
    server: smtpServer(config, captured),
    dkim:
      config.dkim === null
        ? null
        : {
            domainName: config.dkim.domain,
            keySelector: config.dkim.selector,
            privateKey: config.dkim.privateKey,
          },
    connections: config.smtpConnections,
    ...(silenceMs === undefined ? {} : { silenceMs }),
    onTrouble: (cause) => parts.log.warn({ err: cause }, "the mail server gives trouble"),
  });
  const desk = openSendDesk(sql, config.smtpConnections * IN_FLIGHT_PER_CONNECTION, parts.log);
  const turns = openSendTurns(sql, {
    perSecond: config.smtpRatePerSecond,
    perDomainPerSecond: config.smtpRatePerDomain,
    longestWaitMs: Math.min(LONGEST_WAIT_FOR_TURN_MS, leases.claimedMs / 2),
  });
  const owner = `${process.pid}-${randomUUID().slice(0, 8)}`;
  return {
    transport,
    parts: {
      ...parts,
      submitter: transport,
      writers: mailWriters(parts),
      desk,
      turns,
      owner,
      secret: config.secret,
      answersComeIn: config.inbound.length > 0,
      leases,
      stopping,
    },
  };
}

/** One writer per kind of send. */
function mailWriters(parts: AppParts): MailWriters {
  const { versions, links, baseUrl } = parts;
  return {
    ...internalMailWriters(parts),
    ...serviceMailWriters(parts),
    ...escalationMailWriters(parts),
    ...oneOffMailWriters(parts),
    test: testMailWriter(parts),
    step: stepMailWriter({ versions, links, baseUrl, compiled: new CompiledSteps() }),
  };
}

function smtpServer(config: Config, captured: CapturedMailbox | null): SmtpServer {
  if (config.smtpUrl !== null) return { ...readSmtpUrl(config.smtpUrl), tls: config.smtpTls };
  if (captured !== null) return readSmtpUrl(captured.url);
  const { host, port } = config.inboundSmtp;
  if (port === 0) {
    throw new Error(
      "This worker has no mail server. Set SMTP_URL; or, to use the captured mailbox of another process, set INBOUND_SMTP_PORT to the same fixed port for both.",
    );
  }
  return readSmtpUrl(`smtp://${host}:${port}`);
}

function linkSecrets(config: Config) {
  const current = { kid: "1", secret: config.secret };
  return config.previousSecret === null ? [current] : [current, { kid: "0", secret: config.previousSecret }];
}
