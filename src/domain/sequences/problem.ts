/** One thing an author has to look at. An error keeps a file from being published; a warning does not. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** Stable name of the rule, kebab-case. */
  readonly rule: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Where in the file, as the author wrote it: "steps[2].blocks[0].text". Empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export type Path = readonly (string | number)[];

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a value of a file stands in its source; the nearest known parent if the value itself is absent. */
export interface Positions {
  readonly file: string;
  at(path: Path): Place;
}

/** "file:line:column error: message. remedy" on one line, as editors and CI logs link it. */
export function describeProblem(problem: Problem): string {
  const where = `${problem.file}:${problem.line}:${problem.column}`;
  const at = problem.path === "" ? "" : ` (${problem.path})`;
  return `${where} ${problem.severity}: ${problem.message}${at} [${problem.rule}] ${problem.remedy}`;
}
