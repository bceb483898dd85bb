import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of package.json. The compiler copies no .mjml, .yaml or .sql, so they are read from here,
 * whether the code runs from src/ or from dist/src/.
 */
export const repositoryRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  if (dirname(folder) === folder) throw new Error("No package.json was found above the program's own files.");
  return findRoot(dirname(folder));
}
