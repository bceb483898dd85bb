// A worker process as it is meant to run: `node worker/start.mjs`. Compiles worker/main.ts, then becomes it;
// there is no second process that signals would have to pass through or that could be left behind.
import { compile } from "./compile.mjs";

await import(await compile("worker/main.ts"));
