import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { readCompetitor, readSequence } from "../domain/sequences/read-sequence.ts";
import type { Competitor, Sequence } from "../domain/sequences/sequence.ts";
import { repositoryRoot } from "../repository-root.ts";
import { RefusedError, refusal } from "./output.ts";

/** The folder of program files that ship with the product. */
export const SEQUENCES_FOLDER = join(repositoryRoot, "sequences/");

export interface SourceFile {
  /** As messages name it, relative to where the user stands: sequences/internal.yaml. */
  file: string;
  source: string;
}

/** Every .yaml of the folder and of its `competitors` folder, in the order of their names. */
export async function readFolder(folder: string): Promise<SourceFile[]> {
  const names = await listYaml(folder);
  const competitors = await listYaml(join(folder, "competitors")).catch(() => []);
  const paths = [...names, ...competitors];
  return Promise.all(
    paths.map(async (path) => ({
      file: relative(process.cwd(), path) || basename(path),
      source: await readFile(path, "utf8"),
    })),
  );
}

async function listYaml(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw refusal("no-folder", folder, "There is no such folder.", "Name a folder with sequence files.");
  }
}

export interface Library {
  sequences: ReadonlyMap<string, Sequence>;
  competitors: ReadonlyMap<string, Competitor>;
}

/** The folder's sequences and competitors by key; refuses when any file is not valid. */
export async function loadLibrary(folder = SEQUENCES_FOLDER): Promise<Library> {
  const sequences = new Map<string, Sequence>();
  const competitors = new Map<string, Competitor>();
  for (const { file, source } of await readFolder(folder)) {
    if (isCompetitorFile(file)) {
      const reading = readCompetitor(source, file);
      if (!reading.ok) throw refusedFile(reading.problems);
      competitors.set(reading.competitor.key, reading.competitor);
    } else {
      const reading = readSequence(source, file);
      if (!reading.ok) throw refusedFile(reading.problems);
      sequences.set(reading.sequence.key, reading.sequence);
    }
  }
  return { sequences, competitors };
}

export function isCompetitorFile(file: string): boolean {
  return /(^|[/\\])competitors[/\\][^/\\]+$/.test(file);
}

/** One sequence by its key, or by the path of a file. */
export async function loadSequence(keyOrPath: string): Promise<{ sequence: Sequence; library: Library }> {
  const library = await loadLibrary();
  const known = library.sequences.get(keyOrPath);
  if (known) return { sequence: known, library };
  if (!/\.ya?ml$/.test(keyOrPath)) {
    throw refusal(
      "unknown-sequence",
      keyOrPath,
      "There is no sequence with this key.",
      `Use one of: ${[...library.sequences.keys()].join(", ")}; or the path of a .yaml file.`,
    );
  }
  const reading = readSequence(await readText(keyOrPath), keyOrPath);
  if (!reading.ok) throw refusedFile(reading.problems);
  return { sequence: reading.sequence, library };
}

/** A file a user named, or a refusal that says so. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw refusal("no-file", path, "There is no such file.", "Check the path.");
  }
}

function refusedFile(
  problems: readonly { file: string; line: number; message: string; remedy: string }[],
): RefusedError {
  return new RefusedError(
    problems.map(({ file, line, message, remedy }) => ({
      code: "sequence-file",
      place: `${file}:${line}`,
      message,
      remedy,
    })),
  );
}
