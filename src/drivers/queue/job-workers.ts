import type { OpenWorker, QueueBackend } from "./backend.ts";
import { CHORES, type Chore, type ChoreJob, type Payload, QUEUES, type SendJob } from "./jobs.ts";

/** What a worker process does with each job. Throwing leaves the job failed; the rows stay as they are. */
export interface Processors {
  sendMessages(job: SendJob): Promise<void>;
  readonly chores: Readonly<Record<Chore, (job: ChoreJob) => Promise<void>>>;
}

export interface JobWorkers {
  /** First half of a shutdown: takes no further job; those in hand go on. */
  stopTaking(): Promise<void>;
  /** Second half: waits for the jobs in hand, then lets go of the queue. */
  close(): Promise<void>;
}

export interface WorkerLoad {
  readonly name: string;
  /** Send jobs in hand at once. Their mails share one bound, so more than a few brings nothing. */
  readonly sendJobs: number;
  readonly chores: number;
}

export function startJobWorkers(backend: QueueBackend, processors: Processors, load: WorkerLoad): JobWorkers {
  const workers: readonly OpenWorker[] = [
    backend.openWorker(QUEUES.sends, (job) => processors.sendMessages(sendJobOf(job.data)), {
      name: load.name,
      concurrency: load.sendJobs,
    }),
    backend.openWorker(QUEUES.chores, (job) => processors.chores[choreOf(job.name)](choreJobOf(job.data)), {
      name: load.name,
      concurrency: load.chores,
    }),
  ];
  return {
    stopTaking: async () => {
      await Promise.allSettled(workers.map((worker) => worker.pause(true)));
    },
    close: async () => {
      await Promise.allSettled(workers.map((worker) => worker.close()));
    },
  };
}

function choreOf(name: string): Chore {
  const chore = CHORES.find((known) => known === name);
  if (chore === undefined) {
    throw new Error(`The queue holds a job named "${name}", which this version does not know.`);
  }
  return chore;
}

function sendJobOf(payload: Payload): SendJob {
  if (!("sendIds" in payload))
    throw new Error("A send job without sendIds: it was not made by this product.");
  return payload;
}

function choreJobOf(payload: Payload): ChoreJob {
  return "sendIds" in payload ? {} : payload;
}
