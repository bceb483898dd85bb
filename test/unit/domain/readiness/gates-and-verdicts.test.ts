import { describe, expect, it } from "vitest";
import type { EngagementEvent } from "../../../../src/domain/engagement/events.ts";
import { assessReadiness } from "../../../../src/domain/readiness/assess-readiness.ts";
import {
  type EventFacts,
  enrolled,
  imani,
  instant,
  on,
  task,
  trackOf,
} from "../../../support/readiness-builders.ts";

const track = trackOf("external_new_function");
const at = (events: readonly EngagementEvent[], day: number, time = "23:00") =>
  assessReadiness(track, events, instant(day, time));
const verdict = (events: readonly EngagementEvent[], day: number) => at(events, day).verdict;
const failing = (events: readonly EngagementEvent[], day = 16) =>
  at(events, day)
    .gates.filter((gate) => !gate.passed)
    .map((gate) => gate.id);
const without = (...kinds: string[]) => imani().filter((event) => !kinds.includes(event.kind));
const mailed = on(0, "09:00", { kind: "mail-submitted", stepKey: "start-here" });

describe("the gates of ready (domain.md D4)", () => {
  it("G1 asks for 70 points", () => expect(failing(imani(), 15)).toEqual(["G1"]));
  it("G2 asks for a priority", () => expect(failing(without("priorities-set"))).toContain("G2"));

  it("G3 asks for a question, or an explicit none", () => {
    const silent = without("question-asked");
    expect(failing(silent)).toContain("G3");
    expect(
      failing([...silent, on(15, "10:00", { kind: "no-question", because: "Rosa told me" })]),
    ).not.toContain("G3");
  });

  it("G4 asks for the must-tasks, one of them with evidence; a waived one is not asked for", () => {
    const reopened = on(16, "20:00", { kind: "task-reopened", task: "task-1", reason: "the link is empty" });
    const bare = on(16, "20:30", { kind: "task-done", task: "task-1" });
    const waived = on(16, "20:30", { kind: "task-waived", task: "task-1", reason: "not her job" });
    expect(failing([...imani(), reopened])).toContain("G4");
    expect(failing([...imani(), reopened, bare])).not.toContain("G4");
    expect(failing([...imani(), reopened, waived])).not.toContain("G4");
    const bothBare = [reopened, bare].map(
      (e) => ({ ...e, id: `${e.id}-2`, task: "task-2" }) as EngagementEvent,
    );
    expect(failing([...imani(), reopened, bare, ...bothBare])).toContain("G4");
  });

  it("G5 asks for an own act within 14 active days", () => {
    expect(failing(imani(), 30)).not.toContain("G5");
    expect(failing(imani(), 31)).toContain("G5");
  });

  it("G6 asks for four strong acts on two days", () => {
    const oneDay = ["10:00", "10:05", "10:10", "10:15", "10:20"].map((time, index) =>
      on(3, time, { kind: "task-done", task: `task-${index + 1}`, evidenceText: "done" }),
    );
    expect(failing([enrolled(), ...oneDay], 4)).toContain("G6");
    expect(failing([enrolled(), ...oneDay, on(4, "10:00", { kind: "reply" })], 4)).not.toContain("G6");
  });

  it("G7 asks for an intent that is not replace, and no strong objection open", () => {
    const objection = on(16, "21:00", {
      kind: "question-asked",
      question: "o",
      text: "It is slow",
      severity: "high",
    });
    const answered = on(16, "22:00", { kind: "question-answered", question: "o" });
    expect(failing(without("intent-stated"))).toContain("G7");
    expect(failing([...imani(), on(16, "21:00", { kind: "intent-stated", intent: "replace" })])).toContain(
      "G7",
    );
    expect(failing([...imani(), objection])).toEqual(["G7"]);
    expect(failing([...imani(), objection, answered])).toEqual([]);
  });

  it("G8 asks for an address that works and a contact who is there", () => {
    const bounced = on(16, "21:00", { kind: "bounce", hard: true });
    expect(failing([...imani(), bounced])).toEqual(["G8"]);
    expect(failing([...imani(), bounced, on(16, "22:00", { kind: "address-corrected" })])).toEqual([]);
    expect(failing([...imani(), on(16, "21:00", { kind: "contact-departed" })])).toEqual(["G8"]);
    expect(failing([...imani(), on(16, "21:00", { kind: "bounce", hard: false })])).toEqual([]);
  });
});

describe("the verdict (domain.md D5)", () => {
  it("is unreachable after a hard bounce, a complaint, a departure, or from the wrong person, before anything else", () => {
    const ends: EventFacts[] = [
      { kind: "bounce", hard: true },
      { kind: "complaint" },
      { kind: "contact-departed" },
      { kind: "wrong-person" },
    ];
    const replace = on(16, "20:30", { kind: "intent-stated", intent: "replace" });
    for (const end of ends)
      expect(verdict([...imani(), replace, on(16, "21:00", end)], 16)).toBe("unreachable");
  });

  it("is at risk with the intent to replace; with a review only while the sponsor is silent", () => {
    const review = on(16, "21:00", { kind: "intent-stated", intent: "review_alternatives" });
    const sponsor = on(16, "22:00", { kind: "account-changed", sponsorEngaged: true });
    expect(verdict([...imani(), on(16, "21:00", { kind: "intent-stated", intent: "replace" })], 16)).toBe(
      "at_risk",
    );
    expect(verdict([...imani(), review], 16)).toBe("at_risk");
    expect(verdict([...imani(), review, sponsor], 16)).toBe("ready");
  });

  it("is at risk when a strong objection waits more than two business days; the weekend does not count", () => {
    // Day 12 is Wednesday 25 March, day 14 a Friday.
    const objection = on(14, "12:00", {
      kind: "question-asked",
      question: "o",
      text: "It is slow",
      severity: "high",
    });
    const log = [enrolled(), mailed, objection];
    expect([15, 16, 17, 18, 19].map((day) => verdict(log, day) === "at_risk")).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    const sundayToThursday = [enrolled({ workWeek: [7, 1, 2, 3, 4] }), mailed, objection];
    expect(verdict(sundayToThursday, 18)).toBe("at_risk");
  });

  it("is not started for twelve active days after the first mail, then at risk", () => {
    expect(verdict([enrolled(), mailed], 12)).toBe("not_started");
    expect(verdict([enrolled(), mailed], 13)).toBe("at_risk");
    expect(verdict([enrolled()], 40)).toBe("not_started");
  });

  it("is stalled beyond the track's limit, and at risk if the renewal is near", () => {
    const log = [mailed, on(3, "10:00", { kind: "reply" })];
    expect(verdict([enrolled(), ...log], 12)).toBe("warming");
    expect(verdict([enrolled(), ...log], 13)).toBe("stalled");
    expect(verdict([enrolled({ renewalOn: "2026-12-31" }), ...log], 13)).toBe("stalled");
    expect(verdict([enrolled({ renewalOn: "2026-06-01" }), ...log], 13)).toBe("at_risk");
  });

  it("is at risk after unsubscribing without another relation, and with a merged role whose usage falls", () => {
    const gone = on(15, "10:00", { kind: "unsubscribe" });
    expect(verdict([...imani(), gone], 15)).toBe("at_risk");
    expect(
      verdict(
        [...imani(), gone, on(15, "11:00", { kind: "account-changed", hasOtherRelationship: true })],
        15,
      ),
    ).toBe("on_track");
    const falls = on(15, "10:00", { kind: "account-changed", usageChangePercent: -30 });
    const merged = imani().map((e) => (e.kind === "enrolled" ? { ...e, roleOutcome: "merging" } : e));
    expect(verdict([...merged, falls], 15)).toBe("at_risk");
    expect(verdict([...imani(), falls], 15)).toBe("on_track");
  });

  it("is on track from 80 % of what the day asks, and warming below", () => {
    expect(at([...imani()], 9)).toMatchObject({ verdict: "on_track", expected: 31.5 });
    expect(verdict([enrolled(), mailed, on(8, "10:00", { kind: "reply" })], 10)).toBe("warming");
  });
});

describe("hysteresis (domain.md D5)", () => {
  const reopened = on(17, "10:00", { kind: "task-reopened", task: "task-1", reason: "look again" });

  it("leaves ready on the second daily evaluation with a failing gate", () => {
    expect([17, 18].map((day) => verdict([...imani(), reopened], day))).toEqual(["ready", "on_track"]);
  });

  it("forgets a failing day when the gates pass again", () => {
    const again = on(17, "12:00", { kind: "task-done", task: "task-1", evidenceText: "with the link" });
    const later = on(18, "10:00", { kind: "task-reopened", task: "task-1", reason: "again" });
    expect([17, 18, 19].map((day) => verdict([...imani(), reopened, again, later], day))).toEqual([
      "ready",
      "ready",
      "on_track",
    ]);
  });

  it("lets G7 and G8 act at once", () => {
    const objection = on(17, "10:00", {
      kind: "question-asked",
      question: "o",
      text: "Too slow",
      severity: "high",
    });
    expect(verdict([...imani(), objection], 17)).toBe("on_track");
  });

  it("remembers a ready that lasted only part of a day", () => {
    const sameDay = on(16, "21:00", { kind: "task-reopened", task: "task-1", reason: "look again" });
    expect(at([...imani(), sameDay], 16)).toMatchObject({ verdict: "ready", meetingReady: false });
    expect(verdict([...imani(), sameDay], 17)).toBe("on_track");
  });
});

describe("what to do about somebody ready", () => {
  it("is to propose the meeting, and once it took place to do what was agreed", () => {
    expect(at(without("slot-chosen"), 16).explanation.nextAction).toBe(
      "propose the meeting; what they did stays fresh for 14 more days.",
    );
    const met = on(17, "10:00", { kind: "meeting-held", demo: "no" });
    expect(at([...imani(), met], 17)).toMatchObject({ verdict: "ready" });
    expect(at([...imani(), met], 17).explanation.nextAction).toBe(
      "you have met: do what was agreed, and name the next date.",
    );
  });
});

describe("time that does not count", () => {
  it("stands still while paused, and says so beside the verdict", () => {
    const paused = on(17, "08:00", { kind: "paused", reason: "away to 9 April" });
    const resumed = on(29, "08:00", { kind: "resumed" });
    const during = at([...imani(), paused], 25);
    expect(during).toMatchObject({ paused: true, activeDay: 16, score: 78.36, verdict: "ready" });
    expect(at([...imani(), paused, resumed], 29)).toMatchObject({
      paused: false,
      activeDay: 17,
      verdict: "ready",
    });
    expect(at([...imani(), paused, resumed], 43).verdict).toBe("ready");
    const early = on(3, "08:00", { kind: "paused", reason: "away" });
    expect(at([enrolled(), mailed, early], 24).explanation.nextAction).toBe("wait until they are back.");
  });
});

describe("what is not believed", () => {
  it("gives nothing for 48 signals of a gateway (A5), and lists them", () => {
    const log: EngagementEvent[] = [enrolled()];
    for (let mail = 0; mail < 6; mail++) {
      log.push(on(mail * 2, "09:00", { kind: "mail-submitted", stepKey: `step-${mail}` }));
      log.push(on(mail * 2, "09:01", { kind: "open" }));
      for (let position = 1; position <= 7; position++)
        log.push(on(mail * 2, "09:01", { kind: "click", position, rules: ["burst"] }));
    }
    const readiness = at(log, 13);
    expect(readiness).toMatchObject({ score: 0, verdict: "at_risk", confidence: "low" });
    expect(readiness.machineSignals).toMatchObject({ opens: 6, clicks: 42, other: 0 });
    expect(readiness.machineSignals.eventIds).toHaveLength(48);
    expect(readiness.explanation.notCounted?.text).toBe("6 opens and 42 clicks look machine-made");
  });

  it("counts more than four buttons within a minute as one (B3)", () => {
    const ticks = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        on(1, `10:00`, { kind: "task-done", task: `task-${index + 1}` }),
      ).map((event, index) => ({
        ...event,
        at: new Date(Date.parse(event.at) + index * 9000).toISOString(),
      }));
    const tasks = (log: EngagementEvent[]) =>
      at([enrolled(), ...log], 1).components.find((one) => one.id === "tasks")?.raw;
    expect(tasks(ticks(4))).toBe(40);
    expect(tasks(ticks(6))).toBe(10);
    expect(at([enrolled(), ...ticks(6)], 1)).toMatchObject({ weakActs: 1, strongActs: 0 });
    expect(at([enrolled(), mailed, ...ticks(6)], 13).verdict).toBe("stalled");
    expect(at([enrolled(), ...ticks(6)], 1).explanation.notCounted?.text).toBe(
      "5 buttons pressed within the same minute as another",
    );
  });

  it("counts a question once, however often it is asked", () => {
    const ask = (time: string, text: string) => on(2, time, { kind: "question-asked", question: time, text });
    const log = [
      enrolled(),
      ask("10:00", "Who reads the report?"),
      ask("11:00", "who reads  the REPORT"),
      ask("12:00", "Why weekly?"),
    ];
    expect(at(log, 2).components.find((one) => one.id === "questions")?.raw).toBe(85);
  });

  it("gives at most five points for pages looked at", () => {
    const seen = track.items.map((item) =>
      on(1, "10:00", { kind: "page-visit", item: item.key, seconds: 99 }),
    );
    expect(at([enrolled(), ...seen], 1).score).toBe(5);
  });
});

describe("weights", () => {
  it("leave knowledge out for somebody who takes the role on top of their own", () => {
    const internal = trackOf("internal");
    const events = [enrolled({ roleOutcome: "merging" })];
    const weights = assessReadiness(internal, events, instant(1)).components.map((one) => one.weight);
    expect(weights.slice(0, 5)).toEqual([0, 0.3529, 0.2941, 0.1765, 0.1765]);
  });

  it("leave out what was waived or passed over, unless it helps", () => {
    const skipping = trackOf("internal", {
      tasks: [task(1), task(2), task(3, { skipWhen: [{ areaKnown: "setup" }] }), task(4)],
    });
    const raw = (...events: EngagementEvent[]) =>
      assessReadiness(skipping, [enrolled(), ...events], instant(3)).components.find(
        (one) => one.id === "tasks",
      )?.raw;
    const done = on(1, "10:00", { kind: "task-done", task: "task-1", evidenceText: "yes" });
    const known = on(1, "11:00", { kind: "areas-known", areas: ["setup"] });
    const waived = on(1, "12:00", { kind: "task-waived", task: "task-4", reason: "no access" });
    expect(raw(done)).toBe(25);
    expect(raw(done, known)).toBe(33.33);
    expect(raw(done, known, waived)).toBe(50);
    expect(
      raw(
        done,
        known,
        waived,
        on(2, "10:00", { kind: "task-done", task: "task-3", evidenceText: "all the same" }),
      ),
    ).toBe(66.67);
  });
});

describe("a log that cannot be judged", () => {
  it("is refused with the remedy", () => {
    expect(() => assessReadiness(track, [mailed], instant(3))).toThrow('no "enrolled" event');
    expect(() => assessReadiness(track, [enrolled({ zone: "Mars/Base" })], instant(3))).toThrow("IANA zone");
    expect(() => assessReadiness(track, [enrolled()], "tomorrow")).toThrow("write it like");
  });
});
