import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { envExample } from "../../config.ts";
import { competitorJsonSchema, sequenceJsonSchema } from "../../domain/sequences/json-schema.ts";
import { repositoryRoot } from "../../repository-root.ts";
import { print, RefusedError } from "../output.ts";

/** Everything that is generated and committed, so that CI can tell when it drifts. */
const GENERATED: readonly { file: string; text: () => string }[] = [
  { file: ".env.example", text: envExample },
  { file: "sequences/sequence.schema.json", text: sequenceJsonSchema },
  { file: "sequences/competitor.schema.json", text: competitorJsonSchema },
];

export function addDocsCommand(program: Command): void {
  program
    .command("docs")
    .description("Writes the generated files: .env.example and the JSON Schemas of sequence files.")
    .option("--check", "only say whether they are up to date")
    .action(docs);
}

async function docs(options: { check?: boolean }): Promise<void> {
  const stale: string[] = [];
  for (const { file, text } of GENERATED) {
    const path = join(repositoryRoot, file);
    const wanted = text();
    const present = await readFile(path, "utf8").catch(() => "");
    if (present === wanted) continue;
    stale.push(file);
    if (!options.check) await writeFile(path, wanted);
  }
  if (options.check && stale.length > 0) {
    throw new RefusedError(
      stale.map((file) => ({
        code: "stale",
        place: relative(process.cwd(), join(repositoryRoot, file)),
        message: "This generated file is not what its source says.",
        remedy: "Run npm run docs:generate and commit the result.",
      })),
    );
  }
  print(
    options.check
      ? "Generated files are up to date."
      : `Written: ${stale.join(", ") || "nothing had changed"}.`,
  );
}
