import { describe, expect, it } from "vitest";
import { checkSequenceFiles } from "../../../../src/domain/sequences/lint.ts";
import { BRIEF, CARD, change, check, GOOD, lineOf } from "./written.ts";

const words = (count: number): string =>
  Array.from({ length: count }, (_, index) => `word${index}`).join(" ");
const OPENING = "Hello {{contact.firstName}}, one more thing for today, and a reason for it.";
const RESOURCE_LINE =
  '      - { type: resource, key: guide, title: A guide, kind: guide, minutes: 2, url: "https://help.fernwick.example/guide" }\n';
const TASK_LINE = "      - { type: task, key: do-it, text: Do it once, minutes: 5 }\n";
const OBJECTIVE_LINE = "      - { type: objective, key: done, text: After this it is done. }\n";
const MUST = change(GOOD, "minutes: 1\n", "minutes: 1\n        must: true\n");
const B = `    variant-b:
      subject: Just one thing
      opening: Hello {{contact.firstName}}, one thing.
      blocks:
        - { type: resource, key: guide, title: A guide, kind: guide, minutes: 1, body: Short. }
        - { type: task, key: do-it, text: Do a little of it, minutes: 2 }
        - { type: objective, key: done, text: After this it is begun. }
`;

/** [what the rule says, the bad file, the rule, a piece that stands on the reported line] */
const BAD: [string, string, string, string][] = [
  ["S0-35: an education mail has a resource", change(GOOD, RESOURCE_LINE, ""), "no-resource", "key: second"],
  ["S0-35: an education mail has a task", change(GOOD, TASK_LINE, ""), "no-task", "key: second"],
  [
    "S0-35: an education mail has an objective",
    change(GOOD, OBJECTIVE_LINE, ""),
    "no-objective",
    "key: second",
  ],
  ["a contact's mail has at most 180 words", change(GOOD, OPENING, words(190)), "too-long", "opening: word0"],
  [
    "S0-31: new-customer phrases are refused for people who take over",
    change(GOOD, OPENING, "Please sign up and create your workspace first."),
    "new-customer-phrase",
    "opening: Please sign up",
  ],
  [
    "S0-31: a phrase broken over two lines is still found",
    change(GOOD, OPENING, "|\n      We are glad to welcome to the\n      trial all of you."),
    "new-customer-phrase",
    "opening: |",
  ],
  [
    "S0-31: subjects count too",
    change(GOOD, "subject: One more thing", "subject: Your first contract"),
    "new-customer-phrase",
    "subject: Your first contract",
  ],
  [
    "S0-32: a mail about the meeting speaks of no demo",
    change(GOOD, "text: Do it once, minutes: 5", "text: Choose a time for a demo, minutes: 5, form: meeting"),
    "demo-in-meeting",
    "form: meeting",
  ],
  [
    "S0-32: nor of a tour",
    change(
      GOOD,
      'kind: guide, minutes: 2, url: "https://help.fernwick.example/guide"',
      "kind: account-page, minutes: 2, page: agenda",
    ).replace("text: After this it is done.", "text: After this we tour your setup."),
    "demo-in-meeting",
    "we tour your setup",
  ],
  [
    "S0-14: a track says something to the sponsor, or why not",
    change(GOOD, "sponsor-sequence: brief\n", ""),
    "no-sponsor-step",
    "key: short",
  ],
  [
    "S0-14: the sponsor's sequence exists",
    change(GOOD, "sponsor-sequence: brief", "sponsor-sequence: breif"),
    "unknown-sponsor-sequence",
    "sponsor-sequence: breif",
  ],
  [
    "S0-14: and is written for sponsors",
    change(GOOD, "sponsor-sequence: brief", "sponsor-sequence: short"),
    "unknown-sponsor-sequence",
    "sponsor-sequence: short",
  ],
  ["days go forward", change(GOOD, "day: 0", "day: 5"), "day-order", "day: 2"],
  ["no step lies behind the end", change(GOOD, "day: 2", "day: 12"), "day-order", "day: 12"],
  [
    "a gate waits for a task that exists",
    change(GOOD, "    day: 2\n", `    day: 2\n    gate:\n      all:\n        - task-done: self-chek\n`) + B,
    "unknown-reference",
    "task-done: self-chek",
  ],
  [
    "a gate waits for nothing that comes later",
    change(
      GOOD,
      "    day: 0\n",
      `    day: 0\n    gate:\n      on-fail: skip\n      all:\n        - task-done: do-it\n`,
    ),
    "looks-ahead",
    "task-done: do-it",
  ],
  [
    "a gate waits for an event that the log knows",
    change(GOOD, "    day: 2\n", `    day: 2\n    skip-when:\n      - event-seen: priority-set\n`),
    "unknown-reference",
    "event-seen: priority-set",
  ],
  [
    "a gate knows the verdicts",
    change(
      GOOD,
      "    day: 2\n",
      `    day: 2\n    gate:\n      on-fail: skip\n      all:\n        - verdict-in: [reddy]\n`,
    ),
    "unknown-reference",
    "verdict-in: [reddy]",
  ],
  [
    "an area is offered before it is asked about",
    change(GOOD, "    day: 2\n", `    day: 2\n    skip-when:\n      - area-known: basic\n`),
    "unknown-reference",
    "area-known: basic",
  ],
  [
    "a gate has a condition",
    change(GOOD, "    day: 2\n", `    day: 2\n    gate:\n      on-fail: skip\n`),
    "empty-gate",
    "gate:",
  ],
  ["a step behind a must-task has a variant B", MUST, "no-variant-b", "key: second"],
  [
    "variant B has one task",
    MUST +
      B.replace(
        "        - { type: objective",
        "        - { type: task, key: more, text: More, minutes: 1 }\n        - { type: objective",
      ),
    "variant-b-tasks",
    "variant-b:",
  ],
  [
    "variant B is shorter",
    MUST + change(B, "one thing.", `one thing. ${words(30)}`),
    "variant-b-length",
    "one thing. word0",
  ],
  [
    "a branch leads to a step that exists",
    change(
      GOOD,
      "    day: 0\n",
      `    day: 0\n    branch:\n      - { when: { task-done: self-check }, go-to: secnd }\n`,
    ),
    "unknown-go-to",
    "go-to: secnd",
  ],
  [
    "a branch leads forward",
    change(
      GOOD,
      "    day: 2\n",
      `    day: 2\n    branch:\n      - { when: { task-done: self-check }, go-to: first }\n`,
    ),
    "goes-back",
    "go-to: first",
  ],
  [
    "somebody gets every step: none is skipped whatever happens",
    change(
      GOOD,
      "    day: 2\n",
      `    day: 2\n    skip-when:\n      - competitor-known: true\n      - competitor-known: false\n`,
    ),
    "unreachable",
    "key: second",
  ],
  [
    "a step's key is used once",
    change(GOOD, "key: second", "key: first"),
    "duplicate-name",
    "key: first\n    day: 2",
  ],
  [
    "a task's key is used once",
    change(GOOD, "key: do-it", "key: self-check"),
    "duplicate-name",
    "text: Do it once",
  ],
  [
    "an objective's key is used once",
    change(GOOD, "key: done", "key: know"),
    "duplicate-name",
    "After this it is done",
  ],
  [
    "merge fields are known",
    change(GOOD, OPENING, "Hello {{contact.surname}}."),
    "merge-field",
    "contact.surname",
  ],
  [
    "fields that can be empty have a fallback",
    change(GOOD, OPENING, "Ask {{sponsor.name}}."),
    "merge-field",
    "sponsor.name",
  ],
  [
    "resources lead to web addresses",
    change(GOOD, "https://help", "javascript://help"),
    "bad-address",
    "key: guide",
  ],
  [
    "addresses hide no user name",
    change(GOOD, "https://help", "https://fernwick@help"),
    "bad-address",
    "key: guide",
  ],
  [
    "links in Markdown too",
    change(GOOD, OPENING, '"See [this](data:text/html,x)."'),
    "bad-address",
    "See [this]",
  ],
  [
    "a text can be read in no time",
    change(GOOD, OPENING, `"${"_a__b ".repeat(400)}"`),
    "too-much-markdown",
    "_a__b",
  ],
  ["no HTML is written", change(GOOD, OPENING, '"Hello <img src=x> there."'), "raw-html", "<img"],
  [
    "a resource has one place",
    change(
      GOOD,
      'url: "https://help.fernwick.example/guide"',
      'url: "https://help.fernwick.example/guide", body: Both',
    ),
    "resource-place",
    "key: guide",
  ],
  [
    "a resource has a place at all",
    change(GOOD, ', url: "https://help.fernwick.example/guide"', ""),
    "resource-place",
    "key: guide",
  ],
  [
    "a choice offers something to choose",
    change(GOOD, "text: Do it once, minutes: 5", "text: Do it once, minutes: 5, evidence: choice"),
    "no-choices",
    "key: do-it",
  ],
  [
    "S1-23: a competitor's card stands only in the track for people who come from one",
    `${GOOD}      - { type: competitor, show: term-map, otherwise: In general. }\n`,
    "competitor-block",
    "type: competitor",
  ],
  [
    "a check has a right answer",
    `${GOOD}      - type: check
        key: look
        items:
          - key: which
            question: Which?
            choices:
              - { key: a, text: A, feedback: Hm. }
              - { key: b, text: B, feedback: Hm. }
`,
    "check-without-answer",
    "choices:\n              - { key: a",
  ],
  [
    "weights add up to 1",
    change(
      GOOD,
      "  track: internal",
      "  track: internal\n  weights: { knowledge: 0.2, tasks: 0.3, priorities: 0.25, questions: 0.15, reciprocity: 0.15 }",
    ),
    "weights-sum",
    "weights:",
  ],
  [
    "a weight moves by 0.10 at most",
    change(
      GOOD,
      "  track: internal",
      "  track: internal\n  weights: { knowledge: 0.15, tasks: 0.45, priorities: 0.15, questions: 0.15, reciprocity: 0.10 }",
    ),
    "weights-room",
    "weights:",
  ],
  [
    "a contact's track says how readiness is weighed",
    change(GOOD, "readiness:\n  track: internal\n", ""),
    "no-readiness-track",
    "audience: contact",
  ],
];

describe("checking sequences", () => {
  it("has nothing to say about a right one", () => {
    expect(check(GOOD)).toEqual([]);
    expect(check(MUST + B)).toEqual([]);
  });

  it.each(BAD)("%s", (_, source, rule, piece) => {
    const problem = check(source).find((one) => one.rule === rule);
    expect(problem).toMatchObject({
      severity: "error",
      file: "sequences/short.yaml",
      line: lineOf(source, piece),
    });
    expect(problem?.message).not.toBe("");
    expect(problem?.remedy).not.toBe("");
  });

  it("S0-14: accepts a stated reason instead of a sponsor's step", () => {
    const reason = change(GOOD, "sponsor-sequence: brief", "no-sponsor-reason: The owner is the contact.");
    expect(check(reason)).toEqual([]);
  });

  it("finds a step that two branches together always jump over", () => {
    const third = GOOD.slice(GOOD.indexOf("  - key: second"))
      .replace("key: second", "key: third")
      .replace("day: 2", "day: 4")
      .replace("key: do-it", "key: do-more")
      .replace("key: done", "key: more-done");
    const source = change(
      GOOD,
      "    day: 0\n",
      "    day: 0\n    branch:\n      - { when: { competitor-known: true }, go-to: third }\n      - { when: { competitor-known: false }, go-to: third }\n",
    );
    expect(check(source + third)).toEqual([
      expect.objectContaining({
        rule: "unreachable",
        path: "steps[1].key",
        message: 'Nobody ever gets to "second".',
      }),
    ]);
  });

  it("warns about a long subject and about a host in another alphabet, and stops nothing for it", () => {
    const long = change(GOOD, "subject: One more thing", `subject: ${words(14)}`);
    expect(check(long)).toEqual([expect.objectContaining({ severity: "warning", rule: "subject-length" })]);
    const host = change(GOOD, "https://help.fernwick.example", "https://hеlp.fernwick.example");
    expect(check(host)).toEqual([
      expect.objectContaining({ severity: "warning", message: expect.stringContaining("xn--") }),
    ]);
  });

  it("counts words as a reader does: a link is its words, a field is a value, a guide on the page is not in the mail", () => {
    const exactly = change(GOOD, OPENING, `"[${words(160)}](https://help.fernwick.example/a/b/c)"`);
    expect(check(exactly)).toEqual([]);
    const body = change(GOOD, 'url: "https://help.fernwick.example/guide"', `body: ${words(500)}`);
    expect(check(body)).toEqual([]);
  });
});

describe("S1-23: a mail with a competitor's card", () => {
  const track = change(
    `${GOOD}      - { type: competitor, show: honest-gaps, otherwise: In general. }\n`,
    "readiness:\n",
    "applies-to: { replacement: [ex_competitor] }\nreadiness:\n",
  );
  const checkWith = (card: string) =>
    checkSequenceFiles(
      [
        { file: "sequences/short.yaml", source: track },
        { file: "sequences/brief.yaml", source: BRIEF },
        { file: "sequences/competitors/mailharbor.yaml", source: card },
      ],
      "2026-11-22",
    );

  it("keeps to 180 words with every card that may fill it", () => {
    expect(checkWith(CARD)).toEqual([]);
    expect(checkWith(change(CARD, "gap: A gap", `gap: ${words(170)}`))).toEqual([
      expect.objectContaining({
        rule: "too-long",
        file: "sequences/short.yaml",
        line: lineOf(track, "type: competitor"),
        message: expect.stringContaining("With the card of Mailharbor"),
      }),
    ]);
  });
});

describe("S0-16: a sponsor's mail", () => {
  const sponsor = (brief: string) =>
    checkSequenceFiles([{ file: "sequences/brief.yaml", source: brief }], "2026-11-22");

  it.each([
    ["has at most 150 words", change(BRIEF, "are the goals right?", words(150)), "too-long"],
    ["has one ask", `${BRIEF}      - { type: agreement, prompt: And accept the plan }\n`, "sponsor-asks"],
    [
      "has one task at most",
      change(
        BRIEF,
        "{ type: endorse, prompt: Confirm the goals }",
        "{ type: task, key: a, text: One, minutes: 1 }\n      - { type: task, key: b, text: Two, minutes: 1 }",
      ),
      "sponsor-asks",
    ],
    [
      "has no task list",
      change(
        BRIEF,
        "opening: Hello {{contact.firstName}}, are the goals right?",
        "opening: |\n      Please:\n\n      - do this\n      - do that",
      ),
      "sponsor-task-list",
    ],
  ])("%s", (_, source, rule) => {
    expect(sponsor(source)).toEqual([
      expect.objectContaining({ severity: "error", rule, file: "sequences/brief.yaml" }),
    ]);
  });
});

describe("checking files together", () => {
  it("warns about a competitor's card that was reviewed more than 180 days ago", () => {
    const cards = (today: string) =>
      checkSequenceFiles([{ file: "sequences/competitors/mailharbor.yaml", source: CARD }], today);
    expect(cards("2027-05-01")).toEqual([]);
    expect(cards("2027-05-02")).toEqual([
      expect.objectContaining({
        severity: "warning",
        rule: "competitor-stale",
        line: 3,
        message: expect.stringContaining("181 days"),
      }),
    ]);
  });

  it("refuses two files with one key, naming the other", () => {
    const files = ["a", "b"].map((name) => ({ file: `sequences/${name}.yaml`, source: BRIEF }));
    expect(checkSequenceFiles(files, "2026-11-22")).toEqual([
      expect.objectContaining({
        rule: "duplicate-file-key",
        file: "sequences/b.yaml",
        message: expect.stringContaining("sequences/a.yaml"),
      }),
    ]);
  });

  it("checks the readable files even if another cannot be read", () => {
    const files = [
      { file: "sequences/broken.yaml", source: "key: [" },
      { file: "sequences/short.yaml", source: change(GOOD, TASK_LINE, "") },
    ];
    const rules = checkSequenceFiles(files, "2026-11-22").map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(["yaml-syntax", "no-task", "unknown-sponsor-sequence"]));
  });
});
