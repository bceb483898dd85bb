import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Migration {
  /** Folder name: `<timestamp>_<name>`; applied in the order of names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the script in hex, as Prisma records it. */
  readonly checksum: string;
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name, "migration.sql");
      const sql = await readFile(path, "utf8").catch((cause: unknown) => {
        throw new Error(`The migration ${name} has no migration.sql (looked for ${path}).`, { cause });
      });
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
