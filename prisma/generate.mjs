// Generates the Prisma client without the native engine download (Prisma's generator needs none).
// `--if-missing`: does nothing when a client newer than the schema is there, so it may run before everything.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const schema = join(here, "schema.prisma");
const client = join(here, "..", "src", "drivers", "store", "generated", "client.ts");

const fresh = existsSync(client) && statSync(client).mtimeMs >= statSync(schema).mtimeMs;
if (!(process.argv.includes("--if-missing") && fresh)) {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const run = spawnSync(process.execPath, [prisma, "generate", "--schema", schema], {
    cwd: join(here, ".."),
    env: {
      ...process.env,
      // Any existing path stops Prisma from looking for (and downloading) the native schema engine.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    encoding: "utf8",
  });
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout}\n${run.stderr}\nCannot generate the Prisma client from ${schema}.\n`);
    process.exit(run.status ?? 1);
  }
}
