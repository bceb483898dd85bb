// A worker process as it is meant to run: `node worker/start.mjs`. Compiles worker/main.ts, then becomes it;
// there is no second process that signals would have to pass through or that could be left behind.
import { compile } from "./compile.mjs";

// biome-ignore lint/style/noProcessEnv: not a setting; it tells who started this.
if (process.env.npm_lifecycle_event !== undefined) endWithTheShell();
await import(await compile("worker/main.ts"));

/** `npm run`, when told to stop, ends its shell and not what the shell started: that would work on unseen. */
function endWithTheShell() {
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    process.kill(process.pid, "SIGTERM");
  }, 1_000);
  look.unref();
}
