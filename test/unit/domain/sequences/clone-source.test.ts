import { describe, expect, it } from "vitest";
import { cloneSource } from "../../../../src/domain/sequences/clone-source.ts";
import { readSequence } from "../../../../src/domain/sequences/read-sequence.ts";

const source = `# how it begins
key: base
name: Base
audience: contact
description: A course
goal: Ready
length-days: 14
steps:
  - key: first
    subject: "key: not this one"
    opening: Hello
`;

describe("a clone of a sequence's text (S0-30)", () => {
  it("has its own key and name, is marked for people who take over, and keeps every other line", () => {
    const clone = cloneSource(source, { key: "retail", name: 'For "retail": $1' });
    const read = readSequence(clone, "retail.yaml");
    if (!read.ok) throw new Error(read.problems[0]?.message);
    expect(read.sequence).toMatchObject({
      key: "retail",
      name: 'For "retail": $1',
      assumesExistingAccount: true,
    });
    expect(read.sequence.steps[0]).toMatchObject({ key: "first", subject: "key: not this one" });
    const others = (text: string) => text.split("\n").filter((line) => !/^(key|name|assumes)/.test(line));
    expect(others(clone)).toEqual(others(source));
  });

  it("is marked also when the base said that it is for beginners", () => {
    const base = source.replace("goal:", "assumes-existing-account: false\ngoal:");
    const clone = cloneSource(base, { key: "retail", name: "Retail" });
    expect(clone).toContain("assumes-existing-account: true");
    expect(clone).not.toContain("assumes-existing-account: false");
  });
});
