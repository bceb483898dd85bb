import "../src/production.ts";

import { openApp } from "../src/app.ts";
import { type Config, loadConfig } from "../src/config.ts";
import { keepHeapLean } from "../src/lean-heap.ts";
import { createLog } from "../src/log.ts";
import { startWorker } from "./start-worker.ts";

/** A worker process of its own, started by worker/start.mjs. Stops cleanly on SIGTERM and SIGINT. */
keepHeapLean();
// Heard from the start: a worker that is stopped while it opens its doors closes them in order as well.
const signal = firstSignal();
const config = readConfig();
const log = createLog({ level: config.logLevel });
const app = await openApp(config, { log, captureMail: false });
const worker = await startWorker(app);
log.info({ signal: await signal }, "worker stops: nothing new is taken, what is on the wire finishes");
try {
  await worker.stop();
  await app.close();
} catch (cause) {
  log.error({ err: cause }, "the worker did not stop cleanly");
  process.exit(1);
}
process.exit(0);

/** A second signal ends the process at once: whoever presses Ctrl-C twice means it, and the rows can stand it. */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let heard = false;
    const hear = (name: NodeJS.Signals): void => {
      if (heard) process.exit(130);
      heard = true;
      resolve(name);
    };
    process.on("SIGTERM", hear);
    process.on("SIGINT", hear);
  });
}

/** What is wrong with the settings is for a person to read, without a trace. */
function readConfig(): Config {
  try {
    return loadConfig();
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exit(1);
  }
}
