import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { checkSequenceFiles } from "../../domain/sequences/lint.ts";
import { describeProblem } from "../../domain/sequences/problem.ts";
import { writeGallery } from "../../lab/mail-gallery.ts";
import { print, printJson, RefusedError, refusal, table } from "../output.ts";
import {
  loadLibrary,
  loadSequence,
  readFolder,
  readText,
  SEQUENCES_FOLDER,
  type SourceFile,
} from "../sequence-files.ts";

export function addSequenceCommands(program: Command): void {
  const sequences = program.command("sequences").description("The programs: what we say and when.");
  sequences
    .command("list")
    .description("The sequences that ship with the product.")
    .option("--json", "print JSON")
    .action(list);
  sequences
    .command("show")
    .argument("<sequence>", "key, or path of a .yaml file")
    .description("One sequence, step by step.")
    .option("--json", "print the parsed sequence as JSON")
    .action(show);
  sequences
    .command("check")
    .argument("[paths...]", "files or folders; default: the folder that ships with the product")
    .description("Refuses what must not be sent, with file, line and remedy. Warnings do not refuse.")
    .option("--json", "print JSON")
    .action(check);
  sequences
    .command("render")
    .argument("<folder>", "where to write")
    .description("Writes every mail that ships, each variant, with typical values: .html, .txt and .eml.")
    .action(async (folder: string) => {
      const written = await writeGallery(SEQUENCES_FOLDER, folder);
      print(`${written.length} mails written to ${folder}.`);
    });
}

async function list(options: { json?: boolean }): Promise<void> {
  const { sequences } = await loadLibrary();
  const rows = [...sequences.values()];
  if (options.json) {
    printJson(
      rows.map(({ key, name, audience, lengthDays, steps }) => ({
        key,
        name,
        audience,
        lengthDays,
        steps: steps.length,
      })),
    );
    return;
  }
  print(
    table(
      ["key", "audience", "steps", "days", "name"],
      rows.map((one) => [one.key, one.audience, String(one.steps.length), String(one.lengthDays), one.name]),
    ),
  );
}

async function show(keyOrPath: string, options: { json?: boolean }): Promise<void> {
  const { sequence } = await loadSequence(keyOrPath);
  if (options.json) {
    printJson(sequence);
    return;
  }
  const rows = sequence.steps.map((step) => [
    step.day === undefined ? sequence.cadence : `day ${step.day}`,
    step.audience ?? sequence.audience,
    step.key,
    step.subject,
  ]);
  print(`${sequence.name}\n${sequence.goal}\n\n${table(["when", "to", "step", "subject"], rows)}`);
}

async function check(paths: string[], options: { json?: boolean }): Promise<void> {
  const files = (await Promise.all((paths.length > 0 ? paths : [SEQUENCES_FOLDER]).map(sourcesOf))).flat();
  const beside = paths.length > 0 ? await shippedBeside(files) : [];
  if (files.length === 0) {
    throw refusal(
      "no-files",
      paths.join(" "),
      "There are no .yaml files here.",
      "Name a sequence file or a folder of them.",
    );
  }
  const named = new Set(files.map(({ file }) => file));
  const today = new Date().toISOString().slice(0, 10);
  const problems = checkSequenceFiles([...files, ...beside], today).filter(({ file }) => named.has(file));
  const errors = problems.filter((problem) => problem.severity === "error");
  if (options.json) printJson({ files: files.map(({ file }) => file), problems });
  else for (const problem of problems) print(describeProblem(problem));
  if (errors.length > 0) {
    throw new RefusedError([
      {
        code: "sequence-check",
        place: `${files.length} files`,
        message: `${errors.length} of ${problems.length} findings must be mended.`,
        remedy: "Each finding above names its file, line and remedy.",
      },
    ]);
  }
  if (!options.json) print(`${files.length} files, nothing to mend.`);
}

async function sourcesOf(path: string): Promise<SourceFile[]> {
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory()) return readFolder(path);
  return [{ file: path, source: await readText(path) }];
}

/**
 * The shipped files that were not named: a file is checked beside them, so that its references are
 * known. One with the key of a checked file is left out, since the checked one would take its place.
 */
async function shippedBeside(checked: readonly SourceFile[]): Promise<SourceFile[]> {
  const keys = new Set(checked.map(({ source }) => keyOf(source)));
  return (await readFolder(SEQUENCES_FOLDER)).filter(({ source }) => !keys.has(keyOf(source)));
}

function keyOf(source: string): string | undefined {
  return /^key:\s*["']?([\w-]+)/m.exec(source)?.[1];
}
