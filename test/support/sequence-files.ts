import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SequenceFile } from "../../src/domain/sequences/lint.ts";
import { readCompetitor, readSequence } from "../../src/domain/sequences/read-sequence.ts";
import type { Competitor, Sequence } from "../../src/domain/sequences/sequence.ts";

const ROOT = join(import.meta.dirname, "../..");

function yamlIn(folder: string): SequenceFile[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, source: readFileSync(join(ROOT, folder, name), "utf8") }));
}

/** The files of sequences/, as they ship. */
export const shippedFiles = (): SequenceFile[] => [
  ...yamlIn("sequences"),
  ...yamlIn("sequences/competitors"),
];

export function shippedSequence(key: string): Sequence {
  const file = `sequences/${key}.yaml`;
  const read = readSequence(readFileSync(join(ROOT, file), "utf8"), file);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.sequence;
}

export function shippedCompetitor(key: string): Competitor {
  const file = `sequences/competitors/${key}.yaml`;
  const read = readCompetitor(readFileSync(join(ROOT, file), "utf8"), file);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.competitor;
}
