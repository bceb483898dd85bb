import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeProblem, type Problem } from "../../../../src/domain/sequences/problem.ts";
import { readCompetitor, readSequence } from "../../../../src/domain/sequences/read-sequence.ts";
import { CARD, change, GOOD, lineOf } from "./written.ts";

const problemsIn = (source: string): Problem[] => {
  const read = readSequence(source, "short.yaml");
  return read.ok ? [] : read.problems;
};

describe("reading a sequence file", () => {
  it("turns kebab-case keys into the typed sequence", () => {
    const read = readSequence(GOOD, "short.yaml");
    expect(read).toMatchObject({
      ok: true,
      sequence: { key: "short", lengthDays: 10, sponsorSequence: "brief", hold: "3 business days" },
    });
  });

  it("names file, line, column and remedy of an unknown key, and what was probably meant", () => {
    const source = change(GOOD, "    subject: One more thing", "    subjct: One more thing");
    const [unknown] = problemsIn(source).filter(({ rule }) => rule === "unknown-key");
    expect(unknown).toMatchObject({
      file: "short.yaml",
      line: lineOf(source, "subjct"),
      column: 5,
      path: "steps[1].subjct",
      message: 'The key "subjct" is not known here.',
    });
    expect(unknown?.remedy).toContain('Did you mean "subject"?');
  });

  it("suggests the keys of the block that was meant, not those of all blocks", () => {
    const source = change(GOOD, "minutes: 5 }", "minuts: 5 }");
    const [unknown] = problemsIn(source).filter(({ rule }) => rule === "unknown-key");
    expect(unknown?.remedy).toContain('Did you mean "minutes"?');
    expect(unknown?.remedy).not.toContain("prompt");
  });

  it("refuses keys written in camelCase and says how to write them", () => {
    const source = change(GOOD, "length-days: 10", "lengthDays: 10");
    expect(problemsIn(source)).toEqual([
      expect.objectContaining({ rule: "key-case", line: 6, remedy: 'Write "length-days".' }),
    ]);
  });

  it("refuses a key written twice", () => {
    const source = change(GOOD, "goal: Something", "goal: Other\ngoal: Something");
    expect(problemsIn(source)).toEqual([
      expect.objectContaining({ rule: "duplicate-key", line: 6, column: 1 }),
    ]);
  });

  it("reports all problems of a file at once", () => {
    const source = change(
      change(change(GOOD, "day: 2", "day: soon"), "kind: guide,", "kind: giude,"),
      "name: A",
      "nam: A",
    );
    const problems = problemsIn(source);
    expect(problems.map(({ rule }) => rule).sort()).toEqual([
      "missing-key",
      "unknown-key",
      "unknown-value",
      "wrong-type",
    ]);
    expect(problems.find(({ rule }) => rule === "unknown-value")?.remedy).toContain('Did you mean "guide"?');
    expect(problems.every(({ line, remedy }) => line >= 1 && remedy !== "")).toBe(true);
  });

  it("says which blocks there are when a type is not known", () => {
    const source = change(GOOD, "type: objective, key: done", "type: objectiv, key: done");
    const [problem] = problemsIn(source);
    expect(problem).toMatchObject({ rule: "unknown-block", line: lineOf(source, "objectiv,") });
    expect(problem?.remedy).toContain('Did you mean "objective"?');
  });

  it("says what a condition may be", () => {
    const source = change(GOOD, "    day: 2", "    day: 2\n    skip-when:\n      - task-don: self-check");
    const [problem] = problemsIn(source);
    expect(problem).toMatchObject({ rule: "wrong-condition", line: lineOf(source, "task-don") });
    expect(problem?.remedy).toContain('Did you mean "task-done"?');
  });

  it("shows the form of a span where it was written differently", () => {
    const source = change(GOOD, "length-days: 10", "length-days: 10\nhold: three days");
    expect(problemsIn(source)).toEqual([
      expect.objectContaining({
        rule: "wrong-format",
        line: 7,
        remedy: expect.stringContaining("3 business days"),
      }),
    ]);
  });

  it.each([
    ["an open quote", 'name: "A short track'],
    ["a tab for indentation", "name: A short track\nexit:\n\t- expired"],
    ["a colon in plain text", "name: A: short: track"],
    ["a second document", "name: A short track\n---\nkey: other"],
  ])("points at YAML that cannot be read: %s", (_, written) => {
    const problems = problemsIn(change(GOOD, "name: A short track", written));
    expect(problems.length).toBeGreaterThan(0);
    expect(
      problems.every(({ rule, line, remedy }) => rule === "yaml-syntax" && line >= 2 && remedy !== ""),
    ).toBe(true);
  });

  it("refuses anchors and aliases, so a small file cannot grow into a large one", () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b]\n`;
    const rules = problemsIn(bomb).map(({ rule }) => rule);
    expect(rules).toContain("yaml-alias");
  });

  it("A11: refuses a file of twenty thousand steps, and explains at most two hundred faults of a shorter one", () => {
    const steps = (count: number) => `key: x\nsteps:\n${"  - key: a\n".repeat(count)}`;
    expect(problemsIn(steps(20_000))).toEqual([expect.objectContaining({ rule: "file-too-large" })]);
    const told = problemsIn(steps(3000));
    expect(told.length).toBeGreaterThan(50);
    expect(told.length).toBeLessThanOrEqual(200);
  });

  it("A11: refuses a file over 256 KB without reading it", () => {
    expect(problemsIn(`${GOOD}# ${"x".repeat(300_000)}`)).toEqual([
      expect.objectContaining({ rule: "file-too-large", line: 1 }),
    ]);
  });

  it("refuses nesting that would exhaust the reader", () => {
    expect(problemsIn("[".repeat(100_000))).toEqual([expect.objectContaining({ rule: "yaml-too-deep" })]);
    expect(problemsIn(`a: ${"[".repeat(200)}${"]".repeat(200)}`).map(({ rule }) => rule)).toContain(
      "yaml-too-deep",
    );
  });

  it.each(["", "# only a comment", "just words", "- a\n- list", "42", "null"])(
    "refuses a file without keys: %j",
    (source) => {
      const problems = problemsIn(source);
      expect(problems.length).toBeGreaterThan(0);
      expect(describeProblem(problems[0] as Problem)).toMatch(/^short\.yaml:\d+:\d+ error: /);
    },
  );

  it("never throws, whatever is written", () => {
    const yamlish = fc.stringMatching(/^[a-z:{}[\]"'&*!|>\-#\n \t0-9,?%@~]{0,200}$/);
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ maxLength: 200 })), fc.nat(GOOD.length), (noise, at) => {
        for (const source of [noise, `${GOOD.slice(0, at)}${noise}${GOOD.slice(at)}`]) {
          const read = readSequence(source, "noise.yaml");
          if (!read.ok && read.problems.length === 0) throw new Error("refused without a reason");
        }
      }),
      { numRuns: 300 },
    );
    expect(true).toBe(true);
  });
});

describe("reading a competitor file", () => {
  it("keeps a term without an equal as null", () => {
    const read = readCompetitor(CARD, "mailharbor.yaml");
    expect(read).toMatchObject({
      ok: true,
      competitor: { termMap: [{}, {}, { theirs: "Score", ours: null }] },
    });
  });

  it("refuses a claim without a date", () => {
    const source = change(CARD, "source: Interviews, on: 2026-02-10", "source: Interviews, on: last winter");
    const read = readCompetitor(source, "mailharbor.yaml");
    expect(read.ok ? [] : read.problems).toEqual([
      expect.objectContaining({ path: "proof[0].on", remedy: expect.stringContaining("2026-11-22") }),
    ]);
  });
});
