import { openApp } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { keepHeapLean } from "../src/lean-heap.ts";
import { createLog } from "../src/log.ts";
import { startWorker } from "./start-worker.ts";

/** A worker process of its own: `node --import tsx worker/main.ts`. Stops cleanly on SIGTERM and SIGINT. */
keepHeapLean();
const config = loadConfig();
const log = createLog({ level: config.logLevel });
const app = await openApp(config, { log, captureMail: false });
const worker = await startWorker(app);

let stopping = false;
const stop = (signal: string): void => {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "worker stops: nothing new is taken, what is on the wire finishes");
  worker
    .stop()
    .then(() => app.close())
    .then(
      () => process.exit(0),
      (cause: unknown) => {
        log.error({ err: cause }, "the worker did not stop cleanly");
        process.exit(1);
      },
    );
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
