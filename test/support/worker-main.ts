import { openApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startWorker, type WorkerOptions } from "../../worker/start-worker.ts";

/** As worker/main.ts, with leases and rhythm short enough for a test: they come as JSON in the first argument. */
const options: WorkerOptions = JSON.parse(process.argv[2] ?? "{}");
const config = loadConfig();
const app = await openApp(config, { log: createLog({ level: "info" }), captureMail: false });
const worker = await startWorker(app, options);
process.once("SIGTERM", () => {
  void worker
    .stop()
    .then(() => app.close())
    .then(() => process.exit(0));
});
