import { lintSequence } from "../domain/sequences/lint.ts";
import { lintCompetitor } from "../domain/sequences/lint-competitor.ts";
import { reporter } from "../domain/sequences/lint-report.ts";
import type { Problem } from "../domain/sequences/problem.ts";
import { readSequence } from "../domain/sequences/read-sequence.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import type { CompetitorVersion, SequenceVersion } from "../drivers/store/generated/client.ts";
import { frozenCompetitor, frozenSequence } from "./frozen-sequence.ts";
import type { Db } from "./parts.ts";
import { lintContext } from "./publish-sequence.ts";

export interface CheckedSequence {
  /** Null when the text cannot be read as a sequence. */
  readonly sequence: Sequence | null;
  /** Errors and warnings in file order; an error keeps it from being published. */
  readonly problems: readonly Problem[];
  /** Where each step begins in the text, in order. */
  readonly steps: readonly { readonly key: string; readonly line: number }[];
}

/** The file a sequence is written in, as messages name it. */
export const fileOf = (key: string): string => `${key}.yaml`;

/** Reads and lints a text as it would be published beside everything that is published. Reads only. */
export async function checkSequence(
  parts: { readonly db: Db },
  input: { workspaceId: string; key: string; source: string },
): Promise<CheckedSequence> {
  const { workspaceId, key, source } = input;
  const file = fileOf(key);
  const read = readSequence(source, file);
  if (!read.ok) return { sequence: null, problems: read.problems, steps: [] };
  const { sequence, positions } = read;
  const context = await lintContext(parts.db, { workspaceId, files: [{ name: file, source }] });
  const problems = lintSequence(sequence, positions, context);
  const steps = sequence.steps.map((step, index) => ({
    key: step.key,
    line: positions.at(["steps", index]).line,
  }));
  if (sequence.key === key) return { sequence, problems, steps };
  const other = reporter(positions).error(
    "other-key",
    ["key"],
    `The key is "${sequence.key}", and this is the draft of "${key}".`,
    `Write "key: ${key}"; to begin another sequence, clone this one under a key of its own.`,
  );
  return { sequence, problems: [other, ...problems], steps };
}

/** Published versions are frozen, so what the linter says about a set of them is asked once per process. */
const known = new Map<string, ReadonlyMap<string, readonly Problem[]>>();
const KEPT_MOST = 50;

/** What the linter says about each of the versions in use, by version id. They are judged together. */
export function checkPublished(
  versions: readonly SequenceVersion[],
  competitors: readonly CompetitorVersion[],
): ReadonlyMap<string, readonly Problem[]> {
  const name = [...versions, ...competitors].map(({ id }) => id).join(" ");
  const held = known.get(name);
  if (held !== undefined) return held;
  const context = {
    sequences: versions.map(frozenSequence),
    competitors: competitors.map(frozenCompetitor),
  };
  const found = new Map(
    versions.map((version) => {
      const read = readSequence(version.source, fileOf(version.key));
      const problems = read.ok ? lintSequence(read.sequence, read.positions, context) : read.problems;
      return [version.id, problems];
    }),
  );
  if (known.size >= KEPT_MOST) known.clear();
  known.set(name, found);
  return found;
}

/** What the linter says about a competitor's file today: facts grow old. Their text is not kept, so without places. */
export function checkCompetitor(version: CompetitorVersion, today: string): Problem[] {
  const positions = { file: `competitors/${fileOf(version.key)}`, at: () => ({ line: 1, column: 1 }) };
  return lintCompetitor(frozenCompetitor(version), positions, today);
}
