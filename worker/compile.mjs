// Makes JavaScript of a TypeScript main file before it runs: a worker through tsx carries the compiler and
// what it remembers, about 100 MB, for as long as it lives. Plain JavaScript, because it runs before anything
// could translate it.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// Below node_modules the packages are found, nothing is committed, and `npm ci` empties it.
const cache = join(root, "node_modules", ".cache", "baton");

/**
 * Compiles `main` (from the repository's root) with all it imports, packages excepted, and returns the path
 * of the JavaScript. Built anew each time, in half a second, so it is never stale; kept below a name made of
 * its content, so workers that start together share one copy and none is pulled from under another.
 *
 * @param {string} main
 * @returns {Promise<string>}
 */
export async function compile(main) {
  const { outputFiles } = await build({
    entryPoints: [join(root, main)],
    absWorkingDir: root,
    outdir: cache,
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    jsx: "automatic",
    // Keeps what is imported on demand out of the first file.
    splitting: true,
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  // Otherwise the compiler stays beside the worker, with 35 MB, for the next question.
  await stop();
  const digest = createHash("sha256");
  for (const { path, contents } of outputFiles) digest.update(basename(path)).update(contents);
  const folder = join(cache, digest.digest("hex").slice(0, 16));
  const compiled = join(folder, `${basename(main, ".ts")}.mjs`);
  if (!existsSync(folder)) keep(folder, outputFiles);
  return compiled;
}

/** Whole or not at all: the files get their name when all are written. Whoever is first wins. */
function keep(folder, files) {
  const draft = `${folder}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    for (const { path, contents } of files) writeFileSync(join(draft, basename(path)), contents);
    renameSync(draft, folder);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) {
      throw new Error(`Cannot keep the compiled worker in ${cache}. Is it writable?`, { cause });
    }
  }
}
