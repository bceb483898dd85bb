import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../src/repository-root.ts";
import { compile } from "../../../worker/compile.mjs";
import { TEST_SECRET } from "../../support/engine.ts";

export interface Ran {
  code: number;
  out: string;
  err: string;
}

let compiled: Promise<string> | null = null;

/**
 * Runs the command in a process of its own, with exactly these settings: the same file as its user's, compiled
 * once, since translating it for each of a hundred commands takes longer than all they do.
 */
export async function runBaton(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  compiled ??= compile("src/cli/main.ts");
  const child = spawn(process.execPath, [await compiled, ...args], {
    cwd: repositoryRoot,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out, err }));
  });
}

/** A folder of the test's own for the files it writes. */
export function workFolder(): { path: string; file(name: string, text: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "baton-cli-"));
  return {
    path,
    file: (name, text) => {
      const at = join(path, name);
      writeFileSync(at, text);
      return at;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Settings of a command on a test's own database. */
export function settings(databaseUrl: string, folder: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: "2",
    BATON_SECRET: TEST_SECRET,
    BATON_DATA_DIR: folder,
    PORT: "0",
  };
}
