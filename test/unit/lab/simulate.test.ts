import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSequence } from "../../../src/domain/sequences/read-sequence.ts";
import type { Sequence } from "../../../src/domain/sequences/sequence.ts";
import { formatReport } from "../../../src/lab/format-report.ts";
import { machineSignals } from "../../../src/lab/personas/mail-software.ts";
import { type MailSeen, shifted, type Traits } from "../../../src/lab/personas/persona.ts";
import { personaNamed, personas } from "../../../src/lab/personas/roster.ts";
import { seeded } from "../../../src/lab/random.ts";
import { simulate } from "../../../src/lab/simulate.ts";
import { meetingWouldNotBeADemo, wilson } from "../../../src/lab/simulation/labels.ts";

const sequences = ["internal", "external-new-function", "ex-competitor"].map((key): Sequence => {
  const file = new URL(`../../../sequences/${key}.yaml`, import.meta.url);
  const read = readSequence(readFileSync(file, "utf8"), `${key}.yaml`);
  if (!read.ok) throw new Error(`${key}.yaml does not read: ${read.problems[0]?.message ?? ""}`);
  return read.sequence;
});
const report = simulate({ sequences, perCell: 1, seeds: ["unit"], shifts: [1] });

describe("the simulation (domain.md D10)", () => {
  it("plays every persona through every track", () => {
    expect(report.runs[0]?.tracks.map((track) => track.contacts)).toEqual([22, 22, 22]);
    expect(report.runs[0]?.personas.map((persona) => persona.persona)).toEqual(
      personas().map((one) => one.name),
    );
  });

  it("makes nobody ready who only has software, and makes somebody ready who means it", () => {
    expect(report.runs.flatMap((run) => run.tracks).every((track) => track.machineOnlyReady === 0)).toBe(
      true,
    );
    expect(report.runs.flatMap((run) => run.tracks).some((track) => track.becameReady > 0)).toBe(true);
  });

  it("is the same again from the same seed, to the byte, and another from another seed", () => {
    const again = (seed: string) =>
      JSON.stringify(simulate({ sequences, perCell: 1, seeds: [seed], shifts: [1] }).runs);
    expect(again("unit")).toBe(JSON.stringify(report.runs));
    expect(again("other")).not.toBe(JSON.stringify(report.runs));
  });

  it("fails a run only on the personas as written, and on machines always", () => {
    const { bars } = simulate({
      sequences: sequences.slice(0, 1),
      perCell: 1,
      seeds: ["unit"],
      shifts: [1, 0.7],
    });
    expect(bars.map(({ shift, binding }) => [shift, binding])).toEqual([
      ...[1, 1, 1, 1].map((shift) => [shift, true]),
      ...[false, false, false, true].map((binding) => [0.7, binding]),
    ]);
  });

  it("prints its bars, whether met or missed", () => {
    const text = formatReport(report);
    for (const { bar } of report.bars) expect(text).toContain(bar);
  });

  it("refuses to simulate nothing", () => {
    expect(() => simulate({ sequences: [] })).toThrow("at least one contact track");
  });
});

describe("what the simulation measures against", () => {
  it("is in the head alone: knowledge, a priority, a question, and no wish to replace", () => {
    const mind = {
      ...personaNamed("diligent").start("internal", seeded("x")),
      knowledge: 0.5,
      priorities: ["a"],
      questions: ["b"],
    };
    expect(meetingWouldNotBeADemo({ ...mind, intent: "keep" })).toBe(true);
    expect(meetingWouldNotBeADemo({ ...mind, intent: "replace" })).toBe(false);
    expect(meetingWouldNotBeADemo({ ...mind, intent: "keep", knowledge: 0.49 })).toBe(false);
  });

  it("has Wilson's interval", () => {
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(95, 100)?.low).toBeCloseTo(0.888, 3);
    expect(wilson(100, 100)?.high).toBe(1);
  });
});

describe("personas", () => {
  const traits = { reads: 0.95, replies: 0.2, delayHours: 10 } as Traits;

  it("are shifted by their inclinations: rare acts by the whole factor, no chance beyond certainty", () => {
    expect(shifted(traits, 0.7).reads).toBeCloseTo(0.877, 3);
    expect(shifted(traits, 1.3).reads).toBeCloseTo(0.98, 2);
    expect(shifted({ ...traits, replies: 0.01 }, 0.7).replies).toBeCloseTo(0.007, 4);
    expect(shifted(traits, 0.7).delayHours).toBeCloseTo(14.29, 2);
    expect(shifted(traits, 1).reads).toBeCloseTo(0.95, 10);
  });

  const mail: MailSeen = {
    stepKey: "step",
    variant: "a",
    day: 0,
    before: 0,
    blocks: sequences[1]?.steps[1]?.blocks ?? [],
    personal: false,
    stillOpen: [],
    goals: [],
    values: [],
  };

  it("leave no act when only software reads", () => {
    for (const name of ["apple-prefetch-only", "scanner-only"]) {
      const persona = personaNamed(name);
      const mind = persona.start("internal", seeded("x"));
      expect(persona.react(mail, mind, seeded("y"))).toEqual({ mind, acts: [] });
    }
  });

  it("act in the order of their minutes, the box-ticker within one", () => {
    const persona = personaNamed("box-ticker");
    const reactions = Array.from({ length: 40 }, (_, number) =>
      persona.react(mail, persona.start("internal", seeded("x")), seeded(`b${number}`)),
    ).filter((reaction) => reaction.acts.length > 3);
    expect(reactions.length).toBeGreaterThan(0);
    for (const { acts } of reactions) {
      const minutes = acts.map((act) => act.afterMinutes);
      expect([...minutes].sort((a, b) => a - b)).toEqual(minutes);
      expect((minutes.at(-1) ?? 0) - (minutes[0] ?? 0)).toBeLessThan(1);
    }
  });

  it("are known by name, and an unknown one is refused with the names there are", () => {
    expect(() => personaNamed("nobody")).toThrow("box-ticker");
  });

  it("have software that fetches every link of a mail in a burst", () => {
    const signals = machineSignals(mail, { prefetches: true, gateway: true }, seeded("z"));
    const clicks = signals.filter((signal) => signal.kind === "click");
    expect(clicks.length).toBeGreaterThan(2);
    expect((clicks.at(-1)?.afterMinutes ?? 0) - (clicks[0]?.afterMinutes ?? 0)).toBeLessThan(0.1);
  });
});
