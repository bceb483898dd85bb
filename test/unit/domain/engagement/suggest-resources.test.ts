import { describe, expect, it } from "vitest";
import { questionKind } from "../../../../src/domain/engagement/question-kind.ts";
import { suggestResources } from "../../../../src/domain/engagement/suggest-resources.ts";

describe("what stands beside the question box (S0-28)", () => {
  const resources = [
    { title: "Your segments, one by one", topics: [] },
    { title: "{{account.name}}: the story so far", topics: ["history"] },
    { title: "Welcome", topics: [] },
  ];

  it("offers what shares words with the question, plural or not, and nothing by chance", () => {
    expect(suggestResources("How do I change a segment?", resources)).toEqual([resources[0]]);
    expect(suggestResources("What is our history?", resources)).toEqual([resources[1]]);
    expect(suggestResources("Who am I?", resources)).toEqual([]);
  });

  it("counts words of the text too, but one alone proves nothing, and the account's name never does", () => {
    const guide = {
      title: "The job in six minutes",
      topics: [],
      text: "Keep one list clean. They send less.",
    };
    const story = { title: "The story at Halden", topics: [] };
    expect(suggestResources("How clean must the list be?", [story, guide])).toEqual([guide]);
    expect(suggestResources("Which list?", [story, guide])).toEqual([]);
    expect(suggestResources("Who is new at Halden?", [story, guide], "Halden Outdoor")).toEqual([]);
  });

  it.each([
    ["What does another seat cost?", "commercial"],
    ["Mailharbor did this differently; how does it compare to yours?", "comparison"],
    ["Why did we buy this?", "why_us"],
    ["Is there an API limit?", "technical"],
    ["Who approves the spring plan?", "process"],
    ["How do I copy a mail?", "how_to"],
  ])("sorts “%s” as %s", (text, kind) => {
    expect(questionKind(text)).toBe(kind);
  });
});
