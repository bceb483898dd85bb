import { describe, expect, it } from "vitest";
import { classifyEvidence, readEventLog } from "../../../../src/domain/engagement/classify-evidence.ts";

const at = "2026-03-30T09:00:00-05:00";

describe("evidence classes (domain.md D2)", () => {
  it("asks content of a strong act: a button alone is weak", () => {
    expect(classifyEvidence({ kind: "task-done", at, task: "t", evidenceText: "the list" })).toBe("strong");
    expect(classifyEvidence({ kind: "task-done", at, task: "t", evidenceText: "  " })).toBe("weak");
    expect(classifyEvidence({ kind: "goal-confirmed", at, goal: "g", edited: false })).toBe("weak");
    expect(classifyEvidence({ kind: "resource-confirmed", at, item: "i" })).toBe("weak");
  });

  it("takes opens, clicks and automatic answers for machine-made, and a page for read after 15 seconds", () => {
    expect(classifyEvidence({ kind: "open", at })).toBe("machine");
    expect(classifyEvidence({ kind: "click", at })).toBe("machine");
    expect(classifyEvidence({ kind: "auto-reply", at })).toBe("machine");
    expect(classifyEvidence({ kind: "page-visit", at, seconds: 14 })).toBe("machine");
    expect(classifyEvidence({ kind: "page-visit", at, seconds: 15 })).toBe("human_probable");
  });
});

describe("reading an event log", () => {
  const lines = [
    { kind: "reply", at, text: "hello" },
    { kind: "enrolled", at: "2026-03-13T14:00:00Z", zone: "America/Denver" },
    { kind: "open", at, id: "o1" },
    { kind: "open", at, id: "o1" },
  ].map((line) => JSON.stringify(line));

  it("gives one order and stable ids, whatever the order of the lines, and drops repetitions", () => {
    const { events } = readEventLog(lines.join("\n"));
    expect(events.map((event) => event.kind)[0]).toBe("enrolled");
    expect(events).toHaveLength(3);
    expect(readEventLog([...lines].reverse().join("\r\n")).events).toEqual(events);
  });

  it("names the line and the remedy for what it cannot read, and keeps the rest", () => {
    const { events, problems } = readEventLog(`${lines[0]}\n{oops\n{"kind":"opened","at":"${at}"}\n`);
    expect(events).toHaveLength(1);
    expect(problems.map((problem) => problem.line)).toEqual([2, 3]);
    expect(problems[0]?.problem).toContain("one event object per line");
  });
});
