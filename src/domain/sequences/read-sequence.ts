import type { z } from "zod";
import { explainIssues } from "./explain-issue.ts";
import type { Positions, Problem } from "./problem.ts";
import { Competitor, Sequence } from "./sequence.ts";
import { readYaml } from "./yaml-source.ts";

export type SequenceReading =
  | { ok: true; sequence: Sequence; positions: Positions }
  | { ok: false; problems: Problem[] };

export type CompetitorReading =
  | { ok: true; competitor: Competitor; positions: Positions }
  | { ok: false; problems: Problem[] };

/** Parses a sequence file. Everything that is wrong with it comes back at once; nothing is thrown. */
export function readSequence(source: string, file: string): SequenceReading {
  const read = readAs(Sequence, source, file);
  return read.ok ? { ok: true, sequence: read.data, positions: read.positions } : read;
}

/** Parses a competitor file, in the same way. */
export function readCompetitor(source: string, file: string): CompetitorReading {
  const read = readAs(Competitor, source, file);
  return read.ok ? { ok: true, competitor: read.data, positions: read.positions } : read;
}

/** Nobody corrects more at once, and explaining each takes its time (trust.md A11). */
const EXPLAINED_MOST = 200;

type Reading<T> = { ok: true; data: T; positions: Positions } | { ok: false; problems: Problem[] };

function readAs<S extends z.ZodType>(schema: S, source: string, file: string): Reading<z.output<S>> {
  const { value, positions, problems } = readYaml(source, file);
  if (value === undefined && problems.length > 0) return { ok: false, problems };
  const parsed = schema.safeParse(value);
  if (parsed.success && problems.length === 0) return { ok: true, data: parsed.data, positions };
  const wrong = parsed.success ? [] : parsed.error.issues.slice(0, EXPLAINED_MOST);
  const issues = explainIssues(schema, value, wrong, positions);
  return { ok: false, problems: [...problems, ...issues] };
}
