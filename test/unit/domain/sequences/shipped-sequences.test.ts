import { describe, expect, it } from "vitest";
import { readinessTrack } from "../../../../src/domain/readiness/track.ts";
import { checkSequenceFiles } from "../../../../src/domain/sequences/lint.ts";
import type { Block, Sequence, Step } from "../../../../src/domain/sequences/sequence.ts";
import { mailsOf, mailTexts, mailWords } from "../../../../src/domain/sequences/texts.ts";
import { shippedCompetitor, shippedFiles, shippedSequence } from "../../../support/sequence-files.ts";

const TRACKS = ["internal", "external-new-function", "ex-competitor"];
const track = (key: string) => {
  const found = readinessTrack(shippedSequence(key));
  if (!found) throw new Error(`${key} has no readiness track`);
  return found;
};
const to = (audience: string, sequence: Sequence): Step[] =>
  sequence.steps.filter((step) => (step.audience ?? sequence.audience) === audience);
const step = (sequence: Sequence, key: string): Step => {
  const found = sequence.steps.find((one) => one.key === key);
  if (!found) throw new Error(`no step ${key}`);
  return found;
};
const days = (steps: readonly Step[]): (number | undefined)[] => steps.map(({ day }) => day);
const forms = (one: Step): (string | undefined)[] =>
  one.blocks.flatMap((block) => (block.type === "task" ? [block.form] : []));

describe("the sequences that ship", () => {
  it("have nothing to mend, not even a warning", () => {
    expect(checkSequenceFiles(shippedFiles(), "2026-11-22")).toEqual([]);
  });

  it("begin with the line that lets editors complete them", () => {
    for (const { file, source } of shippedFiles()) {
      const schema = file.includes("competitors/") ? "../competitor.schema.json" : "./sequence.schema.json";
      expect(source.split("\n")[0]).toBe(`# yaml-language-server: $schema=${schema}`);
    }
  });

  it.each(TRACKS)(
    "S0-35: %s gives each education mail a resource, a task and an objective, in variant B too",
    (key) => {
      const sequence = shippedSequence(key);
      for (const mail of to("contact", sequence).flatMap(mailsOf)) {
        expect(mail.blocks.map(({ type }) => type)).toEqual(
          expect.arrayContaining(["resource", "task", "objective"]),
        );
      }
    },
  );

  it.each(TRACKS)("%s stays under 180 words in every mail", (key) => {
    const lengths = to("contact", shippedSequence(key)).flatMap(mailsOf).map(mailWords);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(180);
  });

  it.each(TRACKS)("S0-31: %s assumes an existing account and S0-23: links to what was before", (key) => {
    const sequence = shippedSequence(key);
    expect(sequence.assumesExistingAccount).toBe(true);
    const pages = sequence.steps.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "resource" && block.page !== undefined ? [block.page] : [])),
    );
    expect(pages.length).toBeGreaterThan(3);
  });

  it("S0-23: links the story so far from the first mail of a person who needs it", () => {
    for (const key of ["internal", "external-new-function"]) {
      expect(shippedSequence(key).steps[0]?.blocks[0]).toMatchObject({
        type: "resource",
        page: "story-so-far",
      });
    }
  });

  it.each(TRACKS)("S0-14: %s runs beside the sponsor brief", (key) => {
    expect(shippedSequence(key).sponsorSequence).toBe("sponsor-brief");
  });

  it.each(TRACKS)(
    "S0-41, S0-42, S0-43: %s asks for priorities, a question, an intent and a meeting",
    (key) => {
      const blocks = shippedSequence(key).steps.flatMap((one) => one.blocks);
      const asks = (type: Block["type"]): boolean =>
        blocks.some((block) => block.type === type || (block.type === "task" && block.form === type));
      expect(
        ["priorities", "question", "intent", "meeting"].filter((type) => !asks(type as Block["type"])),
      ).toEqual([]);
    },
  );

  it("never leave a resource without something to read", () => {
    const bodies = TRACKS.flatMap((key) => shippedSequence(key).steps).flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.type === "resource" && block.page === undefined ? [block.body ?? ""] : [],
      ),
    );
    expect(bodies.length).toBeGreaterThan(5);
    expect(Math.min(...bodies.map((body) => body.split(/\s+/).length))).toBeGreaterThan(50);
  });
});

describe("D3: what readiness counts", () => {
  it.each([
    ["internal", 3, 4],
    ["external-new-function", 6, 6],
    ["ex-competitor", 4, 6],
  ])("%s has %i knowledge items and %i tasks that weigh", (key, items, tasks) => {
    const { items: knowledge, tasks: all } = track(key);
    const weighing = all.filter(({ weight }) => weight > 0);
    expect([knowledge.length, weighing.length]).toEqual([items, tasks]);
    expect(new Set(weighing.map(({ weight }) => weight))).toEqual(new Set([1]));
  });

  it("D6: task 5 of the external track is the real thing, worth five points", () => {
    const { tasks, weights } = track("external-new-function");
    const weighing = tasks.filter(({ weight }) => weight > 0);
    expect(weighing[4]?.key).toBe("do-one-real-thing");
    expect((weights.tasks * 100) / weighing.length).toBeCloseTo(5);
  });

  it.each([
    ["internal", ["settle-open-items", "confirm-a-number"]],
    ["external-new-function", ["recognise-your-setup", "do-one-real-thing", "edit-the-plan"]],
    ["ex-competitor", ["move-one-habit", "say-where-you-stand", "propose-improvement", "rank-priorities"]],
  ])("%s must have these done before anybody is ready", (key, musts) => {
    expect(
      track(key)
        .tasks.filter(({ must }) => must)
        .map((task) => task.key),
    ).toEqual(musts);
  });
});

describe("C1: internal replacement", () => {
  const internal = shippedSequence("internal");

  it("sends six mails, every second day, and ends within 14", () => {
    const always = internal.steps.filter(({ skipWhen }) => skipWhen.length === 0);
    expect(days(always)).toEqual([0, 2, 4, 6, 8, 10]);
    expect([internal.lengthDays, internal.targetDaysToReady]).toEqual([14, 9]);
  });

  it("S1-21: sends basics only for areas that the contact left unticked", () => {
    const basics = internal.steps.filter(({ key }) => key.startsWith("basics-"));
    expect(basics.map(({ skipWhen }) => skipWhen)).toEqual(
      ["everyday-work", "setup-and-access", "results"].map((area) => [
        { eventNotSeen: "areas-known" },
        { areaKnown: area },
      ]),
    );
  });

  it("S1-21: requires one value to be confirmed", () => {
    expect(step(internal, "what-it-is-worth").blocks).toContainEqual(
      expect.objectContaining({ type: "task", must: true, form: "value" }),
    );
  });

  it("asks only for priorities on day 8 when there are none", () => {
    const questions = step(internal, "your-questions");
    expect(questions.gate?.all).toEqual([{ eventSeen: "priorities-set" }]);
    expect(questions.variantB?.blocks).toContainEqual(
      expect.objectContaining({ type: "task", form: "priorities" }),
    );
  });

  it("offers the meeting to those who are on the way, and a person's call to the others", () => {
    expect(step(internal, "pick-a-time").gate).toMatchObject({
      all: [{ verdictIn: ["ready", "on_track"] }],
      onFail: "escalate",
    });
  });
});

describe("C2: external, new to the function", () => {
  const external = shippedSequence("external-new-function");

  it("sends ten mails, on days 0, 1, 3 and then every third day", () => {
    expect(days(external.steps)).toEqual([0, 1, 3, 6, 9, 12, 15, 18, 21, 24]);
    expect([external.lengthDays, external.targetDaysToReady]).toEqual([28, 20]);
  });

  it("holds the real task for four days, then makes the job smaller", () => {
    const real = step(external, "one-real-thing");
    expect(real.gate).toMatchObject({ hold: "4 days", onFail: "variant-b" });
    expect(real.variantB?.blocks).toContainEqual(
      expect.objectContaining({ type: "task", key: "do-one-real-thing" }),
    );
  });

  it("gives kind feedback to every answer of a check and grades none", () => {
    const feedback = external.steps.flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.type === "check"
          ? block.items.flatMap(({ choices }) => choices.map((choice) => choice.feedback))
          : [],
      ),
    );
    expect(feedback.length).toBeGreaterThan(9);
    expect(feedback.filter((text) => /\b(wrong|incorrect|false|fail|score|points?)\b/i.test(text))).toEqual(
      [],
    );
  });

  it("S1-22: informs about value and asks for the new person's view of it", () => {
    const types = step(external, "last-twelve-months").blocks.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["resource", "value", "task"]));
  });
});

describe("C3: external, from a competitor", () => {
  const ex = shippedSequence("ex-competitor");

  it("sends nine mails over 24 days; the worksheet goes only to those who weigh other products", () => {
    const mails = to("contact", ex);
    expect(days(mails)).toEqual([0, 2, 4, 6, 9, 11, 14, 16, 18]);
    expect([ex.lengthDays, ex.targetDaysToReady]).toEqual([24, 17]);
    expect(step(ex, "your-own-numbers").skipWhen).toEqual([{ intentIn: ["keep", "expand"] }]);
  });

  it("names the gaps before it asks for anything, and the intent half-way", () => {
    const order = to("contact", ex).map(({ key }) => key);
    expect(order.indexOf("what-they-do-better")).toBe(1);
    expect(forms(step(ex, "where-you-stand"))).toEqual(["intent"]);
  });

  it("S1-23: takes its text from the competitor's own card, so two competitors make two texts", () => {
    const shown = ex.steps.flatMap(({ blocks }) => blocks.filter((block) => block.type === "competitor"));
    expect(shown.map(({ show }) => show)).toEqual(["term-map", "strengths", "honest-gaps", "habit-map"]);
    const [one, other] = [shippedCompetitor("mailharbor"), shippedCompetitor("brontide-analytics")];
    for (const part of ["termMap", "honestGaps", "habitMap", "proof"] as const) {
      const otherTexts = JSON.stringify(other[part]);
      const shared = one[part].filter((entry) => otherTexts.includes(JSON.stringify(entry)));
      expect(shared).toEqual([]);
    }
  });

  it("S1-23: has a general text and a task for the CSM when the competitor is unknown", () => {
    const general = ex.steps.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "competitor" ? [block.otherwise] : [])),
    );
    expect(general.every((text) => text.length > 40)).toBe(true);
    expect(step(ex, "find-the-product")).toMatchObject({
      audience: "csm",
      class: "csm-task",
      skipWhen: [{ competitorKnown: true }],
    });
  });

  it("speaks ill of no competitor", () => {
    const texts = [
      ...ex.steps
        .flatMap(mailsOf)
        .flatMap(mailTexts)
        .map(({ source }) => source),
      ...["mailharbor", "brontide-analytics"].map((key) => JSON.stringify(shippedCompetitor(key))),
    ];
    const abuse =
      /\b(terrible|awful|useless|bad|worse|worst|outdated|clunky|inferior|garbage|joke|broken)\b/i;
    expect(texts.filter((text) => abuse.test(text))).toEqual([]);
  });
});

describe("C7: the sponsor brief", () => {
  const brief = shippedSequence("sponsor-brief");

  it("sends four mails at most to one sponsor, whichever track runs beside it", () => {
    const mails = to("sponsor", brief);
    const forTrack = (competitorKnown: boolean) =>
      mails.filter(
        (mail) =>
          !mail.skipWhen.some((one) => "competitorKnown" in one && one.competitorKnown === competitorKnown),
      );
    expect(days(forTrack(false))).toEqual([0, 5, 12, 30]);
    expect(days(forTrack(true))).toEqual([0, 5, 8, 30]);
  });

  it("S0-16: asks one thing per mail, without tasks, in 150 words", () => {
    const asks = to("sponsor", brief).map(({ blocks }) =>
      blocks.filter(({ type }) => type !== "resource").map(({ type }) => type),
    );
    expect(asks).toEqual([["endorse"], ["agreement"], ["priorities"], ["priorities"], ["meeting"]]);
    expect(Math.max(...to("sponsor", brief).flatMap(mailsOf).map(mailWords))).toBeLessThanOrEqual(150);
  });

  it("sends a person, not another mail, when the plan is not accepted", () => {
    const calls = to("csm", brief);
    expect(days(calls)).toEqual([12, 19]);
    expect(
      calls.every(({ skipWhen }) => JSON.stringify(skipWhen) === '[{"eventSeen":"agreement-accepted"}]'),
    ).toBe(true);
  });
});
