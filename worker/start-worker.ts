import type { App } from "../src/app.ts";
import { type ChoreRhythm, ORDINARY_RHYTHM } from "../src/drivers/queue/jobs.ts";
import { holdLateMail } from "../src/operations/hold-late.ts";
import { type Leases, ORDINARY_LEASES } from "../src/operations/leases.ts";
import { receiveMail } from "../src/operations/receive-mail.ts";
import { surviveLostConnections } from "../src/survive-lost-connections.ts";
import { choreProcessors } from "./processors/chores.ts";
import { sendMessagesProcessor } from "./processors/send-messages.ts";

export interface WorkerOptions {
  readonly rhythm?: Partial<ChoreRhythm>;
  readonly leases?: Leases;
  /** Longest silence of the mail server, milliseconds. */
  readonly silenceMs?: number;
}

export interface RunningWorker {
  /** Stops taking jobs, lets what is on the wire finish, puts the rest back. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts the work of one process. Any number of them may run on the same database. */
export async function startWorker(app: App, options: WorkerOptions = {}): Promise<RunningWorker> {
  const { leases = ORDINARY_LEASES } = options;
  const rhythm = { ...ORDINARY_RHYTHM, ...options.rhythm };
  const stopping = new AbortController();
  const unguard = surviveLostConnections(app.parts.log);
  const sending = app.openSending({
    stopping: stopping.signal,
    leases,
    ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
  });
  const chores = choreProcessors(app, leases);
  // Before the first job: what an older copy of the database takes for unsent must not leave.
  await holdLateMail(app.parts);
  const jobs = app.startJobs(
    { sendMessages: sendMessagesProcessor(sending.parts), chores },
    { name: sending.parts.owner },
  );
  await app.schedule(rhythm);
  const inbox = await app.watchInbox((mail) => receiveMail(app.parts, mail));

  // Beside the queue's own schedulers, which are gone when the queue is emptied: this heals it.
  const heal = setInterval(() => {
    void app
      .schedule(rhythm)
      .then(() => holdLateMail(app.parts))
      .then(() => chores.sweep({}))
      .catch((cause: unknown) => app.parts.log.warn({ err: cause }, "sweeping failed; it is tried again"));
  }, rhythm.sweepEveryMs);

  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    clearInterval(heal);
    await Promise.all([inbox?.close(), jobs.stopTaking()]);
    stopping.abort();
    await jobs.close();
    await sending.transport.close();
    unguard();
  };
  app.parts.log.info({ worker: sending.parts.owner }, "worker started");
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
