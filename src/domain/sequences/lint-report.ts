import { writePath } from "./key-case.ts";
import type { Path, Positions, Problem } from "./problem.ts";
import type { Competitor, Sequence } from "./sequence.ts";

/** The other files that a sequence may name. */
export interface LintContext {
  readonly sequences: readonly Sequence[];
  readonly competitors: readonly Competitor[];
}

type Report = (rule: string, path: Path, message: string, remedy: string) => Problem;

/** Makes problems of one file. */
export function reporter(positions: Positions): { error: Report; warning: Report } {
  const report =
    (severity: Problem["severity"]): Report =>
    (rule, path, message, remedy) => ({
      severity,
      rule,
      file: positions.file,
      ...positions.at(path),
      path: writePath(path),
      message,
      remedy,
    });
  return { error: report("error"), warning: report("warning") };
}

/** One problem if something is so, else none. */
export const when = (wrong: boolean, problem: () => Problem): Problem[] => (wrong ? [problem()] : []);
