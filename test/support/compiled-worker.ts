import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "../../src/repository-root.ts";

let compiled: string | null = null;

/**
 * worker-main.ts as JavaScript, made once per test file: a worker that is killed a hundred
 * times must start in one second, and tsx alone takes three of a core. Below node_modules, where its
 * imports are found and nothing is ever committed.
 */
export function compiledWorker(): string {
  if (compiled !== null) return compiled;
  const folder = join(repositoryRoot, "node_modules", ".cache", "baton-test", String(process.pid));
  execFileSync(join(repositoryRoot, "node_modules", ".bin", "esbuild"), [
    join(repositoryRoot, "test", "support", "worker-main.ts"),
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--target=node20",
    "--packages=external",
    "--jsx=automatic",
    "--log-level=warning",
    // Keeps what is imported on demand out of the first file.
    "--splitting",
    "--out-extension:.js=.mjs",
    `--outdir=${folder}`,
  ]);
  compiled = join(folder, "worker-main.mjs");
  return compiled;
}
