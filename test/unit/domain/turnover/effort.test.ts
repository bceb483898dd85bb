import { describe, expect, it } from "vitest";
import { AVOIDED_MINUTES, effortOf, SPENT_MINUTES } from "../../../../src/domain/turnover/effort.ts";

const counted = (act: string, count: number, minutes: number | null = null) => ({ act, count, minutes });

describe("minutes of a case (S0-27)", () => {
  it("each act counts with the usual minutes of its kind, and what was written down with its own", () => {
    const { spent } = effortOf([
      counted("written-down", 2, 50),
      counted("meeting-held", 1),
      counted("question-answered", 3),
    ]);
    expect(spent).toEqual({
      minutes: 3 * SPENT_MINUTES["question-answered"] + SPENT_MINUTES["meeting-held"] + 50,
      lines: [
        { act: "question-answered", count: 3, each: 10, minutes: 30 },
        { act: "meeting-held", count: 1, each: 45, minutes: 45 },
        { act: "written-down", count: 2, each: null, minutes: 50 },
      ],
    });
  });

  it("what automation spared is a sum of its own, never taken off the other", () => {
    const { spent, avoided } = effortOf([counted("step-mail", 4), counted("closing-mail", 1)]);
    expect(spent.minutes).toBe(0);
    expect(avoided.minutes).toBe(4 * AVOIDED_MINUTES["step-mail"] + AVOIDED_MINUTES["closing-mail"]);
  });

  it("the lines always add up to the sum, and a case without acts has none", () => {
    const everything = [...Object.keys(SPENT_MINUTES), ...Object.keys(AVOIDED_MINUTES)];
    const { spent, avoided } = effortOf(everything.map((act, at) => counted(act, at + 1)));
    for (const { minutes, lines } of [spent, avoided])
      expect(lines.reduce((sum, line) => sum + line.minutes, 0)).toBe(minutes);
    expect(spent.lines.length + avoided.lines.length).toBe(everything.length);
    expect(effortOf([])).toEqual({ spent: { minutes: 0, lines: [] }, avoided: { minutes: 0, lines: [] } });
  });
});
