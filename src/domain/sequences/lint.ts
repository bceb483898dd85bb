import { lintCompetitor } from "./lint-competitor.ts";
import { lintKeys } from "./lint-keys.ts";
import { lintMails } from "./lint-mails.ts";
import { lintPath } from "./lint-path.ts";
import { lintPhrases } from "./lint-phrases.ts";
import { lintPolicy } from "./lint-policy.ts";
import type { LintContext } from "./lint-report.ts";
import { lintTexts } from "./lint-texts.ts";
import { lintTrack } from "./lint-track.ts";
import type { Positions, Problem } from "./problem.ts";
import { readCompetitor, readSequence } from "./read-sequence.ts";
import type { Competitor, Sequence } from "./sequence.ts";

/**
 * Everything an author should hear about a sequence before it is published, in file order. A file with an error
 * is not published; a warning is worth reading and stops nothing. Pure.
 */
export function lintSequence(sequence: Sequence, positions: Positions, context: LintContext): Problem[] {
  return [
    ...lintTrack(sequence, positions, context),
    ...lintKeys(sequence, positions),
    ...lintPath(sequence, positions),
    ...lintPolicy(sequence, positions),
    ...lintMails(sequence, positions, context),
    ...lintTexts(sequence, positions),
    ...lintPhrases(sequence, positions),
  ].sort(byPlace);
}

export interface SequenceFile {
  readonly file: string;
  readonly source: string;
}

/** A file is a competitor's when it lies in a folder of that name. */
const isCompetitorFile = (file: string): boolean => /(^|[\\/])competitors[\\/][^\\/]+$/.test(file);

/**
 * Checks a set of files as it would be published together: each file by itself, then what they say about each
 * other. `today` is a date (YYYY-MM-DD), for facts that grow old.
 */
export function checkSequenceFiles(files: readonly SequenceFile[], today: string): Problem[] {
  const problems: Problem[] = [];
  const sequences: { sequence: Sequence; positions: Positions }[] = [];
  const competitors: { competitor: Competitor; positions: Positions }[] = [];
  for (const { file, source } of files) {
    if (isCompetitorFile(file)) {
      const read = readCompetitor(source, file);
      if (read.ok) competitors.push(read);
      else problems.push(...read.problems);
    } else {
      const read = readSequence(source, file);
      if (read.ok) sequences.push(read);
      else problems.push(...read.problems);
    }
  }
  problems.push(
    ...sameKey(sequences.map(({ sequence, positions }) => ({ key: sequence.key, positions }))),
    ...sameKey(competitors.map(({ competitor, positions }) => ({ key: competitor.key, positions }))),
  );
  const context: LintContext = {
    sequences: sequences.map(({ sequence }) => sequence),
    competitors: competitors.map(({ competitor }) => competitor),
  };
  for (const { sequence, positions } of sequences)
    problems.push(...lintSequence(sequence, positions, context));
  for (const { competitor, positions } of competitors)
    problems.push(...lintCompetitor(competitor, positions, today));
  return problems;
}

function sameKey(entries: readonly { key: string; positions: Positions }[]): Problem[] {
  return entries.flatMap(({ key, positions }, index) => {
    const first = entries.findIndex((other) => other.key === key);
    const other = entries[first];
    if (first === index || !other) return [];
    return [
      {
        severity: "error" as const,
        rule: "duplicate-file-key",
        file: positions.file,
        ...positions.at(["key"]),
        path: "key",
        message: `The key "${key}" is already used by ${other.positions.file}.`,
        remedy: "Give one of the two files another key.",
      },
    ];
  });
}

const byPlace = (a: Problem, b: Problem): number => a.line - b.line || a.column - b.column;
