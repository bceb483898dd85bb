import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type App, openApp } from "../app.ts";
import { type Config, loadConfig } from "../config.ts";
import type { OutgoingMail } from "../domain/sending/outcome.ts";
import { startEmbeddedPostgres } from "../drivers/local/embedded-postgres.ts";
import { localDkimKey, SIGNED_HEADERS } from "../drivers/mail/dkim.ts";
import { createLog } from "../log.ts";
import { sendMessages } from "../operations/send-messages.ts";
import type { BareOrder } from "./bench-bare-main.ts";
import { makeCrowd, makeWorld, type SendingWorld } from "./crowd.ts";
import { startSmtpSinkProcess } from "./smtp-sink-process.ts";
import { spawnWorker, type WorkerProcess } from "./worker-process.ts";

export interface SendBenchOptions {
  readonly mails?: number;
  readonly runs?: number;
  readonly connections?: number;
  readonly dkim?: boolean;
  /** For profiling: arguments of the worker's Node. */
  readonly nodeArguments?: readonly string[];
  readonly redisUrl?: string;
}

export interface SendBench {
  readonly dkim: boolean;
  readonly mails: number;
  readonly connections: number;
  readonly mailBytes: number;
  /** Mails per second of each run, in order; bare and engine took turns. */
  readonly bare: readonly number[];
  readonly engine: readonly number[];
  readonly bareMedian: number;
  readonly engineMedian: number;
  /** Median of the ratios of the runs. */
  readonly ratio: number;
  readonly peakMemoryMb: number;
}

/**
 * Mails per second of one worker process (PostgreSQL queue, a durable row per mail, real SMTP) beside
 * pooled nodemailer alone, with the same mail, connections, DKIM setting and server, taking turns.
 */
export async function benchSend(options: SendBenchOptions = {}): Promise<SendBench> {
  const { mails = 3_000, runs = 5, connections = 10, dkim = false } = options;
  const folder = mkdtempSync(join(tmpdir(), "baton-bench-"));
  const log = createLog({ level: "error" });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const postgres = await startEmbeddedPostgres({ directory: join(folder, "postgres"), log });
    closing.push(() => postgres.stop());
    const sink = await startSmtpSinkProcess();
    closing.push(() => sink.close());
    const keyFile = join(folder, "dkim.pem");
    if (dkim) await localDkimKey(keyFile, "fernwick.test", "bench");
    const env = benchEnv({
      databaseUrl: postgres.url,
      smtpUrl: sink.url,
      connections,
      folder,
      keyFile: dkim ? keyFile : undefined,
      redisUrl: options.redisUrl,
    });
    const app = await openApp(loadConfig(env) satisfies Config, { log });
    closing.push(() => app.close());
    const world = await makeWorld(app.parts.db);
    const mail = await sampleMail(app, world);
    const bare = await startBare(
      join(folder, "bare.json"),
      bareOrder(mail, sink.port, connections, dkim ? keyFile : null),
    );
    closing.push(async () => bare.close());
    const worker = spawnWorker(env, { nodeArguments: options.nodeArguments ?? [] });
    closing.push(async () => {
      worker.kill("SIGTERM");
      await worker.ended;
    });
    await worker.ready;

    // The compiler, the pools and the page cache warm up before anything is counted.
    await bare.send(500);
    await engineRun(app, world, worker, 500);
    const figures: { bare: number; engine: number; memory: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      const bareSeconds = await bare.send(mails);
      const { seconds, memory } = await engineRun(app, world, worker, mails);
      figures.push({ bare: mails / bareSeconds, engine: mails / seconds, memory });
    }
    return {
      dkim,
      mails,
      connections,
      mailBytes: Buffer.byteLength(mail.html) + Buffer.byteLength(mail.text),
      bare: figures.map((figure) => Math.round(figure.bare)),
      engine: figures.map((figure) => Math.round(figure.engine)),
      bareMedian: Math.round(median(figures.map((figure) => figure.bare))),
      engineMedian: Math.round(median(figures.map((figure) => figure.engine))),
      ratio: Number(median(figures.map((figure) => figure.engine / figure.bare)).toFixed(3)),
      peakMemoryMb: Math.round(Math.max(...figures.map(({ memory }) => memory)) / 1_048_576),
    };
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the moment the ids are given to the queue until the last row says `submitted`. */
async function engineRun(
  app: App,
  world: SendingWorld,
  worker: WorkerProcess,
  mails: number,
): Promise<{ seconds: number; memory: number }> {
  await makeCrowd(app.parts.sql, world, { people: mails, enrollmentDueAt: null, sendDueAt: new Date() });
  const { rows } = await app.parts.sql.query<{ id: string }>(
    `update send set "leaseUntil" = now() at time zone 'UTC' + interval '10 minutes'
      where status = 'planned' returning id`,
  );
  // What was just written in bulk is read by plans made for an empty table until this has run.
  await app.parts.sql.query("analyze send, enrollment, contact, account, turnover_case");
  let memory = 0;
  const started = performance.now();
  await app.parts.waker.sendsPlanned(rows.map(({ id }) => id));
  for (;;) {
    await sleep(50);
    memory = Math.max(memory, worker.memory().bytes);
    if (!(await anyUnderWay(app))) break;
  }
  const seconds = (performance.now() - started) / 1000;
  const { rows: failed } = await app.parts.sql.query<{ reason: string }>(
    "select reason from send where status <> 'submitted' limit 1",
  );
  if (failed[0] !== undefined) throw new Error(`A mail of the bench was not submitted: ${failed[0].reason}`);
  return { seconds, memory };
}

/** Asked as the partial indexes are made: over the whole table the question would cost more than the mails. */
async function anyUnderWay(app: App): Promise<boolean> {
  const { rows } = await app.parts.sql.query<{ any: boolean }>(
    `select exists (select 1 from send where status in ('claimed', 'transmitting'))
         or exists (select 1 from send where status in ('planned', 'deferred')) as any`,
  );
  return rows[0]?.any ?? false;
}

/** The mail that the engine itself writes for one of the crowd, caught instead of sent. */
async function sampleMail(app: App, world: SendingWorld): Promise<OutgoingMail> {
  await makeCrowd(app.parts.sql, world, { people: 1, enrollmentDueAt: null, sendDueAt: new Date() });
  const { rows } = await app.parts.sql.query<{ id: string }>("select id from send where status = 'planned'");
  const { parts, transport } = app.openSending({ stopping: new AbortController().signal });
  let caught: OutgoingMail | null = null;
  const submitter = {
    submit: async (mail: OutgoingMail) => {
      caught = mail;
      return { kind: "accepted" as const, response: "kept for the bench" };
    },
  };
  await sendMessages(
    { ...parts, submitter },
    rows.map(({ id }) => id),
  );
  await transport.close();
  if (caught === null) throw new Error("The engine wrote no mail to measure with.");
  return caught;
}

function bareOrder(mail: OutgoingMail, port: number, connections: number, keyFile: string | null): BareOrder {
  const { from, replyTo, to, envelopeFrom, subject, html, text, headers, date } = mail;
  return {
    port,
    connections,
    dkim:
      keyFile === null
        ? null
        : { domainName: "fernwick.test", keySelector: "bench", keyFile, headerFieldNames: SIGNED_HEADERS },
    mail: {
      from: { ...from },
      replyTo: { ...replyTo },
      to: { ...to },
      envelope: { from: envelopeFrom, to: [to.address] },
      subject,
      html,
      text,
      date,
      textEncoding: "quoted-printable",
      headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    },
  };
}

async function startBare(file: string, order: BareOrder) {
  writeFileSync(file, JSON.stringify(order));
  const child = fork(fileURLToPath(new URL("./bench-bare-main.ts", import.meta.url)), [file], {
    execArgv: ["--import", "tsx"],
  });
  const answer = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once("message", (message) => resolve(message as T));
      child.once("exit", (code) => reject(new Error(`The bare sender ended (exit code ${code}).`)));
    });
  await answer<string>();
  return {
    /** Seconds for this many mails. */
    send: (mails: number): Promise<number> => {
      const seconds = answer<number>();
      child.send(mails);
      return seconds;
    },
    close: () => {
      child.disconnect();
    },
  };
}

export function benchEnv(given: {
  databaseUrl: string;
  smtpUrl: string;
  connections: number;
  folder: string;
  /** Signs every mail. */
  keyFile?: string | undefined;
  redisUrl?: string | undefined;
}): Record<string, string> {
  return {
    DATABASE_URL: given.databaseUrl,
    SMTP_URL: given.smtpUrl,
    SMTP_TLS: "off",
    SMTP_CONNECTIONS: String(given.connections),
    BATON_SECRET: "kf83-Lq0z-Wm4v-Tn7c-Xb2y-Hp6d-Rj9s-Ga1e",
    BATON_DATA_DIR: given.folder,
    ...(given.keyFile !== undefined
      ? { DKIM_DOMAIN: "fernwick.test", DKIM_SELECTOR: "bench", DKIM_KEY_FILE: given.keyFile }
      : {}),
    ...(given.redisUrl === undefined ? {} : { REDIS_URL: given.redisUrl }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
