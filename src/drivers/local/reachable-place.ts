import { createHash } from "node:crypto";
import { accessSync, constants, existsSync } from "node:fs";
import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve, sep } from "node:path";
import { isReachableBy } from "./postgres-binaries.ts";
import type { RunAs } from "./run-as.ts";

/**
 * The folder where the server keeps its files: `directory` itself, unless Baton runs as root and the
 * server's user may not pass there (a checkout under /root). Then a folder under /var/lib, remembered
 * in `directory`, so that a later change of modes never makes the data seem gone.
 */
export async function reachablePlace(directory: string, runAs: RunAs | null): Promise<string> {
  if (runAs === null) return directory;
  const note = join(directory, "placed-at");
  if (existsSync(note)) {
    const place = (await readFile(note, "utf8")).trim();
    if (existsSync(place)) return place;
    throw new Error(
      `${note} says the data is in ${place}, which is gone. Restore it, or delete ${directory}.`,
    );
  }
  if (await isReachableBy(directory, runAs)) return directory;

  const hash = createHash("sha256").update(resolve(directory)).digest("hex").slice(0, 12);
  const place = join(rootFor(directory), `baton-${basename(directory)}-${hash}`);
  await mkdir(place, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  // In a folder open to all, somebody else may have made the name first.
  const found = await lstat(place);
  if (!found.isDirectory() || found.uid !== 0)
    throw new Error(`${place} is not a folder of root: remove it.`);
  await writeFile(note, `${place}\n`);
  return place;
}

/** What lies in a temporary folder stays in one; /var/tmp comes last, as some systems clear it of old files. */
function rootFor(directory: string): string {
  if (resolve(directory).startsWith(`${resolve(tmpdir())}${sep}`)) return tmpdir();
  const root = ["/var/lib", "/var/db", "/var/tmp"].find((path) => {
    try {
      accessSync(path, constants.W_OK | constants.X_OK);
      return true;
    } catch {
      return false; // absent or read-only: the next one
    }
  });
  if (root === undefined)
    throw new Error("No folder under /var is writable; start Baton as an ordinary user.");
  return root;
}
