import { describe, expect, it } from "vitest";
import { readinessTrack } from "../../../../src/domain/readiness/track.ts";
import { choosePolicy, PolicyRules } from "../../../../src/domain/sequences/choose-policy.ts";
import { planProgram } from "../../../../src/domain/sequences/plan-program.ts";
import { hasLightForm, underPolicy } from "../../../../src/domain/sequences/policy.ts";
import { simulate, UNSEEN_SEEDS } from "../../../../src/lab/simulate.ts";
import { CALENDAR } from "../../../../src/lab/simulation/world.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";
import { change, check, GOOD } from "./written.ts";

const TRACKS = ["internal", "external-new-function", "ex-competitor"] as const;
const mailsOf = (sequence: Parameters<typeof planProgram>[0]) =>
  planProgram(sequence, { start: new Date("2026-03-02T15:00:00Z"), calendar: CALENDAR })
    .filter(({ kind, recipient }) => kind === "mail" && recipient === "contact")
    .map(({ stepKey }) => stepKey);

describe("how much of a program people get (S0-44)", () => {
  it.each(TRACKS)("standard is the whole of %s, step for step as it was written", (key) => {
    const whole = shippedSequence(key);
    expect(underPolicy(whole, "standard")).toBe(whole);
  });

  it.each(TRACKS)("light has fewer mails in %s, each on its own day", (key) => {
    const whole = shippedSequence(key);
    const light = underPolicy(whole, "light");
    expect(hasLightForm(whole)).toBe(true);
    expect(mailsOf(light).length).toBeLessThan(mailsOf(whole).length);
    expect(mailsOf(whole)).toEqual(expect.arrayContaining(mailsOf(light)));
    for (const step of light.steps) expect(whole.steps).toContain(step);
  });

  it.each(TRACKS)("readiness in light %s asks for nothing that is not in it", (key) => {
    const light = underPolicy(shippedSequence(key), "light");
    const keys = light.steps.map((step) => step.key);
    const track = readinessTrack(light);
    const parts = [...(track?.items ?? []), ...(track?.tasks ?? [])];
    expect(parts.length).toBeGreaterThan(0);
    for (const { stepKey } of parts) expect(keys).toContain(stepKey);
    expect(track?.tasks.some(({ must }) => must)).toBe(true);
  });

  it("full sends unasked what standard sends only to who asks or hesitates", () => {
    const internal = shippedSequence("internal");
    const basics = ["basics-everyday-work", "basics-setup-and-access", "basics-results"];
    expect(mailsOf(internal)).not.toEqual(expect.arrayContaining(basics));
    expect(mailsOf(underPolicy(internal, "full"))).toEqual(expect.arrayContaining(basics));
    // What somebody says they know is still left out: that is their word, not our policy.
    for (const key of basics)
      expect(
        underPolicy(internal, "full")
          .steps.find((step) => step.key === key)
          ?.skipWhen.map(Object.keys),
      ).toEqual([["areaKnown"]]);
    const numbers = underPolicy(shippedSequence("ex-competitor"), "full").steps.find(
      ({ key }) => key === "your-own-numbers",
    );
    expect(numbers?.skipWhen).toEqual([]);
  });

  it("a step marked full comes under full alone, and a program without marks has no light form", () => {
    const whole = shippedSequence("external-new-function");
    const marked = {
      ...whole,
      steps: whole.steps.map((step) =>
        step.key === "people-who-can-help" ? { ...step, policy: "full" as const } : step,
      ),
    };
    const has = (policy: "light" | "standard" | "full") =>
      underPolicy(marked, policy).steps.some(({ key }) => key === "people-who-can-help");
    expect([has("light"), has("standard"), has("full")]).toEqual([false, false, true]);
    const brief = shippedSequence("sponsor-brief");
    expect(underPolicy(brief, "light")).toEqual(brief);
  });

  it("under light too the diligent become ready, and who is called ready is", { timeout: 120_000 }, () => {
    const sequences = TRACKS.map((key) => underPolicy(shippedSequence(key), "light"));
    const { runs, bars } = simulate({
      sequences,
      perCell: 10,
      seeds: UNSEEN_SEEDS.slice(0, 2),
      shifts: [1],
    });
    for (const { sequence, precision, recallOrdinary } of runs.flatMap(({ tracks }) => tracks)) {
      expect(precision?.share, sequence).toBeGreaterThanOrEqual(0.9);
      expect(recallOrdinary?.share, sequence).toBeGreaterThanOrEqual(0.75);
    }
    expect(bars.find(({ bar }) => bar.includes("machines"))).toMatchObject({ met: true });
  });
});

describe("which policy is proposed, and why (S0-44)", () => {
  const rules = PolicyRules.parse({
    segments: { mid_market: "standard", long_tail: "light" },
    roles: { decision_maker: "light", admin: "full" },
  });
  const whom = (segment: string, ...roles: string[]) => choosePolicy(rules, { segment, roles });

  it("names the rule in words", () => {
    expect(whom("mid_market")).toEqual({
      policy: "standard",
      reason: "Mid-market accounts get Standard.",
    });
    expect(whom("long_tail", "poc").reason).toBe("Long-tail accounts get Light.");
  });

  it("a role comes before the segment, and of several roles the uppermost with a rule", () => {
    expect(whom("long_tail", "admin")).toMatchObject({ policy: "full", reason: "Admins get Full." });
    expect(whom("mid_market", "poc", "admin", "decision_maker").policy).toBe("light");
  });

  it("where nothing is said everybody gets standard", () => {
    expect(choosePolicy(PolicyRules.parse({}), { segment: "smb", roles: ["decision_maker"] })).toEqual({
      policy: "standard",
      reason: "Everybody gets Standard unless the settings say otherwise.",
    });
    expect(whom("enterprise").policy).toBe("standard");
  });
});

describe("what an author hears about policies (S0-44)", () => {
  const MARK = "  - key: second\n";
  const rules = (source: string) => check(source).map(({ rule }) => rule);

  it("a word that is no policy is refused", () => {
    const [problem] = check(change(GOOD, MARK, `${MARK}    policy: lite\n`));
    expect(problem).toMatchObject({ severity: "error" });
  });

  const LIGHT = `${MARK}    policy: light\n`;

  it("a light step may not wait for a task that light leaves out", () => {
    const gated = change(
      change(GOOD, MARK, LIGHT),
      "    day: 2\n",
      "    day: 2\n    gate: { all: [{ task-done: self-check }] }\n",
    );
    expect(rules(gated)).toContain("policy-gate");
    const both = change(gated, "  - key: first\n", "  - key: first\n    policy: light\n");
    expect(rules(both)).not.toContain("policy-gate");
  });

  it("two light mails may not stand so far apart that their reader looks stalled", () => {
    const both = change(change(GOOD, MARK, LIGHT), "  - key: first\n", "  - key: first\n    policy: light\n");
    expect(rules(both)).not.toContain("policy-gap");
    expect(rules(change(both, "    day: 2\n", "    day: 9\n"))).toContain("policy-gap");
  });

  it("a light form without a mail to the reader is none", () => {
    const task = `  - key: prepare
    policy: light
    day: 1
    audience: csm
    class: csm-task
    subject: Prepare
    opening: Look at their numbers.
`;
    expect(rules(change(GOOD, MARK, `${task}${MARK}`))).toContain("policy-empty");
  });
});
