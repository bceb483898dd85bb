import { describe, expect, it } from "vitest";
import { nextMove } from "../../../../src/domain/sequences/next-move.ts";
import { calendarIn, SUN_THU } from "../calendar/zones-twelve.ts";
import {
  datesOf,
  diligent,
  done,
  event,
  factsOf,
  internal,
  mail,
  sequenceOf,
  variantB,
  walk,
} from "./walk.ts";

const MONDAY = "2026-06-01T08:00:00.000Z"; // 10:00 in Oslo

describe("the first mail", () => {
  it("goes at once inside the window of a working day", () => {
    const move = nextMove(internal(), factsOf(MONDAY), new Date(MONDAY));
    expect(move).toMatchObject({
      kind: "send",
      stepKey: "d0",
      variant: "a",
      occurrence: 1,
      localDate: "2026-06-01",
    });
    expect(move).toMatchObject({ at: new Date(MONDAY), nextDueAt: new Date("2026-06-03T07:00:00Z") });
  });

  it.each([
    ["before the window opens", "2026-06-01T04:00:00Z", "2026-06-01T06:30:00.000Z"],
    ["in the evening", "2026-06-01T18:00:00Z", "2026-06-02T06:30:00.000Z"],
    ["on a Saturday", "2026-06-06T10:00:00Z", "2026-06-08T06:30:00.000Z"],
  ])("waits for the next opening when enrolled %s", (_, startedAt, opening) => {
    const move = nextMove(internal(), factsOf(startedAt), new Date(startedAt));
    expect(move).toMatchObject({ kind: "wait", until: new Date(opening) });
    const sent = walk(internal(), factsOf(startedAt), { react: diligent() }).sends[0];
    expect(sent?.at.toISOString()).toBe(opening);
  });
});

describe("a workspace whose days are full (A21)", () => {
  const at = (day: string) => new Date(`${day}T08:00:00.000Z`);
  const look = (day: string, crowded: readonly string[]) =>
    nextMove(internal(), { ...factsOf(MONDAY), crowdedDates: new Set(crowded) }, at(day));

  it("puts a mail off to the next working day with room", () => {
    expect(look("2026-06-01", ["2026-06-01"])).toMatchObject({
      kind: "wait",
      until: new Date("2026-06-02T06:30:00.000Z"),
    });
    expect(look("2026-06-05", ["2026-06-04", "2026-06-05"])).toMatchObject({
      kind: "wait",
      until: new Date("2026-06-08T06:30:00.000Z"),
    });
  });

  it("lets whoever stood in line go on the first day with room: they are not late, and their days count from then", () => {
    const line = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-08"];
    const move = look("2026-06-09", line);
    expect(move).toMatchObject({ kind: "send", stepKey: "d0", localDate: "2026-06-09" });
    expect(move).toMatchObject({ nextDueAt: new Date("2026-06-11T07:00:00.000Z") });
    // Without the line it would be the worker that was late, and a late mail gets a new slot.
    expect(look("2026-06-09", [])).toMatchObject({ kind: "wait", why: expect.stringContaining("too late") });
  });

  it("expires nobody who has only stood in line, and everybody who had their time", () => {
    expect(look("2026-10-01", ["2026-09-30"])).toMatchObject({ kind: "send", stepKey: "d0" });
    expect(look("2026-10-01", [])).toMatchObject({ kind: "exit", reason: "expired" });
  });

  it("holds back no task of ours and no service notice", () => {
    const course = sequenceOf([mail("d0", 0, { class: "csm-task" })]);
    const facts = { ...factsOf(MONDAY), crowdedDates: new Set(["2026-06-01"]) };
    expect(nextMove(course, facts, at("2026-06-01"))).toMatchObject({ kind: "csm-task" });
  });
});

describe("the days of a program", () => {
  it("are the author's, moved off the weekend, never two on a day and never more than three in seven", () => {
    const result = walk(internal(), factsOf(MONDAY), { react: diligent() });
    expect(datesOf(result)).toEqual([
      "2026-06-01",
      "2026-06-03",
      "2026-06-05",
      "2026-06-08",
      "2026-06-10",
      "2026-06-12",
    ]);
    expect(result.end).toBe("complete");
    expect(result.sends.slice(1).every(({ at }) => at.toISOString().endsWith("T07:00:00.000Z"))).toBe(true);
  });

  it("stretch at a slow pace and shrink at a fast one, from the last mail on", () => {
    const course = sequenceOf([0, 4, 8].map((day) => mail(`d${day}`, day)));
    expect(datesOf(walk(course, factsOf(MONDAY), { react: diligent() }))).toEqual([
      "2026-06-01",
      "2026-06-05",
      "2026-06-09",
    ]);
    const slow = walk(course, factsOf(MONDAY, { pace: "slow" }), { react: diligent() });
    expect(datesOf(slow)).toEqual(["2026-06-01", "2026-06-08", "2026-06-15"]);
    const fast = walk(course, factsOf(MONDAY, { pace: "fast" }), { react: diligent() });
    expect(datesOf(fast)).toEqual(["2026-06-01", "2026-06-03", "2026-06-05"]);
  });

  it("follow the product's cadence instead, weekly or daily (S0-34)", () => {
    const weekly = walk(internal(), factsOf(MONDAY, { cadence: "weekly" }), { react: diligent() });
    expect(datesOf(weekly)).toEqual([
      "2026-06-01",
      "2026-06-08",
      "2026-06-15",
      "2026-06-22",
      "2026-06-29",
      "2026-07-06",
    ]);
    const daily = walk(internal(), factsOf(MONDAY, { cadence: "daily" }), { react: diligent() });
    expect(datesOf(daily)).toEqual([
      "2026-06-01",
      "2026-06-02",
      "2026-06-03",
      "2026-06-04",
      "2026-06-05",
      "2026-06-08",
    ]);
  });

  it("come back to the week's own day after a holiday moved one weekly mail", () => {
    const calendar = calendarIn("Europe/Oslo", { closedDays: new Map([["2026-06-08", "Day off"]]) });
    const weekly = walk(internal(), factsOf(MONDAY, { cadence: "weekly", calendar }), { react: diligent() });
    expect(datesOf(weekly).slice(0, 3)).toEqual(["2026-06-01", "2026-06-09", "2026-06-15"]);
  });

  it("are one cadence after the step before where the author gives no day", () => {
    const course = sequenceOf([mail("one"), mail("two"), mail("three")], {
      cadence: "every 2 business days",
    });
    const result = walk(course, factsOf("2026-06-04T08:00:00Z"), { react: diligent() });
    expect(datesOf(result)).toEqual(["2026-06-04", "2026-06-08", "2026-06-10"]);
  });

  it("leave free the days that are taken by another mail or full for the account", () => {
    const facts = factsOf(MONDAY, {
      takenDates: new Set(["2026-06-03"]),
      fullDates: new Set(["2026-06-04"]),
    });
    expect(datesOf(walk(internal(), facts, { react: diligent() })).slice(0, 2)).toEqual([
      "2026-06-01",
      "2026-06-05",
    ]);
  });

  it("put the author's time into the window", () => {
    const early = walk(internal({ sendAt: "06:00" }), factsOf(MONDAY), { react: diligent() });
    expect(early.sends[1]?.at.toISOString()).toBe("2026-06-03T06:30:00.000Z");
  });
});

describe("the common gate", () => {
  it("lets the next mail go on its day when the must-task before is done", () => {
    expect(datesOf(walk(internal(), factsOf(MONDAY), { react: diligent() }))[1]).toBe("2026-06-03");
  });

  it("holds the next mail three business days, then sends its variant B, and moves the rest along", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("two", 2, { variantB: variantB("two") }),
      mail("three", 4),
    ]);
    const result = walk(course, factsOf(MONDAY), {
      react: (move) => (move.kind === "send" && move.stepKey === "two" ? diligent()(move) : []),
    });
    expect(result.sends.map(({ stepKey, variant, localDate }) => [stepKey, variant, localDate])).toEqual([
      ["one", "a", "2026-06-01"],
      ["two", "b", "2026-06-08"],
      ["three", "a", "2026-06-10"],
    ]);
  });

  it("is met by the smaller task of variant B", () => {
    const course = sequenceOf([mail("one", 0, { variantB: variantB("one") }), mail("two", 2)]);
    const result = walk(course, factsOf(MONDAY), {
      react: (move) =>
        move.kind === "send" && move.stepKey === "one" ? [done("one-small", "2026-06-02T08:00:00Z")] : [],
    });
    expect(datesOf(result)).toEqual(["2026-06-01", "2026-06-03"]);
  });

  it("lets the mail go as soon as the task is done while it is held", () => {
    const course = sequenceOf([mail("one", 0), mail("two", 2)]);
    const result = walk(course, factsOf(MONDAY), {
      react: (move) =>
        move.kind === "send" ? [done(`${move.stepKey}-task`, "2026-06-04T09:20:00.000Z")] : [],
    });
    expect(result.sends[1]).toMatchObject({ variant: "a", at: new Date("2026-06-04T09:20:00Z") });
  });

  it("counts a waived task and not one that was opened again", () => {
    const course = sequenceOf([mail("one", 0), mail("two", 2)]);
    const waived = walk(course, factsOf(MONDAY), {
      react: () => [
        event("2026-06-02T08:00:00Z", { kind: "task-waived", task: "one-task", reason: "known" }),
      ],
      looks: 600,
    });
    expect(datesOf(waived)[1]).toBe("2026-06-03");
    const reopened = walk(course, factsOf(MONDAY), {
      react: (move) =>
        move.kind === "send" && move.stepKey === "one"
          ? [
              done("one-task", "2026-06-02T08:00:00Z"),
              event(
                "2026-06-02T09:00:00Z",
                { kind: "task-reopened", task: "one-task", reason: "empty" },
                "system",
              ),
            ]
          : [],
    });
    expect(datesOf(reopened)[1]).toBe("2026-06-08");
  });

  it("asks a person after two reminders in a row and sends no third", () => {
    const result = walk(internal(), factsOf(MONDAY));
    expect(result.sends.map(({ stepKey }) => stepKey)).toEqual(["d0", "d2", "d4"]);
    const tasks = result.lines.flatMap(({ move }) => (move.kind === "csm-task" ? [move.taskKey] : []));
    expect(tasks).toEqual(["silent.d6"]);
    expect(result.end).toBe("exit");
    expect(result.lines.at(-1)?.move).toMatchObject({ kind: "exit", reason: "expired" });
  });

  it.each([
    ["the contact acts", event("2026-06-29T08:00:00Z", { kind: "reply" }), ["2026-07-02"]],
    [
      "the CSM resumes it",
      event("2026-06-29T08:00:00Z", { kind: "resumed" }, "system"),
      ["2026-06-29", "2026-07-06"],
    ],
  ])("goes on after that when %s", (_, act, dates) => {
    const result = walk(internal(), factsOf(MONDAY, { events: [act] }), {
      until: new Date("2026-07-08T00:00:00Z"),
    });
    const asked = result.lines.find(({ move }) => move.kind === "csm-task")?.at ?? new Date(act.at);
    expect(asked < new Date(act.at)).toBe(true);
    expect(datesOf(result).filter((date) => date >= "2026-06-29")).toEqual(dates);
  });

  it("is not moved by opens, clicks and auto-replies", () => {
    const machines = ["open", "click", "auto-reply"].map((kind) =>
      event("2026-06-29T08:00:00Z", { kind } as { kind: "open" }, "machine"),
    );
    const result = walk(internal(), factsOf(MONDAY, { events: machines }));
    expect(result.sends).toHaveLength(3);
  });
});

describe("a gate of the step's own", () => {
  const gated = (gate: unknown, more = {}) =>
    sequenceOf([mail("one", 0), mail("two", 2, { gate, ...more } as never)]);
  const answersOne = (move: { kind: string }) => (move.kind === "send" ? diligent()(move as never) : []);

  it("replaces the common one: all of these and any of those", () => {
    const gate = { all: [{ taskDone: "one-task" }], any: [{ eventSeen: "reply" }, { intentIn: ["keep"] }] };
    const events = [event("2026-06-04T08:00:00Z", { kind: "intent-stated", intent: "keep" })];
    const result = walk(gated(gate), factsOf(MONDAY, { events }), { react: answersOne });
    expect(datesOf(result)[1]).toBe("2026-06-04");
  });

  it("waits as long as its own hold says", () => {
    const gate = { all: [{ eventSeen: "reply" }], hold: "1 week" };
    expect(datesOf(walk(gated(gate), factsOf(MONDAY), { react: answersOne }))[1]).toBe("2026-06-10");
  });

  it("leaves the step out when told to skip", () => {
    const result = walk(gated({ all: [{ eventSeen: "reply" }], onFail: "skip" }), factsOf(MONDAY));
    expect(result.sends).toHaveLength(1);
    expect(result.lines.some(({ move }) => move.kind === "skip" && move.stepKey === "two")).toBe(true);
  });

  it("hands over to the CSM when told to escalate: only ready or on track, else a CSM task (C1)", () => {
    const course = gated({ all: [{ verdictIn: ["ready", "on_track"] }], onFail: "escalate" });
    const ready = walk(course, factsOf(MONDAY, { verdict: "on_track" }), { react: answersOne });
    expect(datesOf(ready)[1]).toBe("2026-06-03");
    const not = walk(course, factsOf(MONDAY, { verdict: "warming" }));
    expect(not.sends).toHaveLength(1);
    expect(not.lines.filter(({ move }) => move.kind === "csm-task")).toHaveLength(1);
  });

  it("lets the step go when the CSM resumes after an escalation", () => {
    const course = gated({ all: [{ verdictIn: ["ready"] }], onFail: "escalate" });
    const events = [event("2026-06-15T08:00:00Z", { kind: "resumed" }, "system")];
    const result = walk(course, factsOf(MONDAY, { verdict: "warming", events }));
    expect(result.sends.map(({ stepKey, localDate }) => [stepKey, localDate])[1]).toEqual([
      "two",
      "2026-06-15",
    ]);
  });

  it("is looked at every day when the calendar alone may open it", () => {
    const gate = { any: [{ eventSeen: "reply" }, { activeDayAtLeast: 4 }], hold: "2 weeks" };
    expect(datesOf(walk(gated(gate), factsOf(MONDAY)))[1]).toBe("2026-06-05");
  });

  it("knows every condition", () => {
    const cases: [unknown, ReturnType<typeof event>[]][] = [
      [{ taskEvidence: "one-task" }, [done("one-task", "2026-06-02T08:00:00Z")]],
      [{ stepAnswered: "one" }, [done("one-task", "2026-06-02T08:00:00Z")]],
      [{ areaKnown: "basics" }, [event("2026-06-02T08:00:00Z", { kind: "areas-known", areas: ["basics"] })]],
      [{ eventNotSeen: "reply" }, []],
      [{ competitorKnown: true }, []],
    ];
    for (const [condition, events] of cases) {
      const result = walk(gated({ all: [condition] }), factsOf(MONDAY, { events }));
      expect([condition, datesOf(result)[1]]).toEqual([condition, "2026-06-03"]);
    }
    const weak = event("2026-06-02T08:00:00Z", { kind: "task-done", task: "one-task" }, "weak");
    const noEvidence = walk(
      gated({ all: [{ taskEvidence: "one-task" }] }),
      factsOf(MONDAY, { events: [weak] }),
    );
    expect(datesOf(noEvidence)[1]).toBe("2026-06-08");
  });
});

describe("steps left out, jumped to and moved", () => {
  it("are skipped when a condition of skipWhen holds (S0-30, C3 day 14)", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("two", 2, { skipWhen: [{ intentIn: ["keep"] }] }),
      mail("three", 4),
    ]);
    const events = [event("2026-06-02T08:00:00Z", { kind: "intent-stated", intent: "keep" })];
    const result = walk(course, factsOf(MONDAY, { events }), { react: diligent() });
    expect(result.sends.map(({ stepKey, localDate }) => [stepKey, localDate])).toEqual([
      ["one", "2026-06-01"],
      ["three", "2026-06-05"],
    ]);
    expect(result.facts.progress.skipped).toEqual(["two"]);
  });

  it("are jumped over by a branch, once what it asks is true", () => {
    const branch = [{ when: { intentIn: ["replace"] as ["replace"] }, goTo: "last" }];
    const course = sequenceOf([mail("one", 0, { branch }), mail("two", 2), mail("last", 4)]);
    const events = [event("2026-06-02T08:00:00Z", { kind: "intent-stated", intent: "replace" })];
    const jumped = walk(course, factsOf(MONDAY, { events }), { react: diligent() });
    expect(jumped.sends.map(({ stepKey }) => stepKey)).toEqual(["one", "last"]);
    const straight = walk(course, factsOf(MONDAY), { react: diligent() });
    expect(straight.sends.map(({ stepKey }) => stepKey)).toEqual(["one", "two", "last"]);
  });

  it("never go out twice when a branch leads back", () => {
    const branch = [{ when: { competitorKnown: true }, goTo: "one" }];
    const course = sequenceOf([mail("one", 0), mail("two", 2, { branch }), mail("three", 4)]);
    const result = walk(course, factsOf(MONDAY), { react: diligent() });
    expect(result.sends.map(({ stepKey }) => stepKey)).toEqual(["one", "two", "three"]);
  });
});

describe("mails and tasks beside the line", () => {
  it("share the first day: contact, sponsor and the CSM's prep card (C3)", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("prep-card", 0, { audience: "csm", class: "csm-task" }),
      mail("brief", 0, { audience: "sponsor", class: "sponsor-brief" }),
      mail("two", 2),
    ]);
    const result = walk(course, factsOf(MONDAY), { react: diligent() });
    expect(result.sends.map(({ stepKey, localDate }) => [stepKey, localDate])).toEqual([
      ["one", "2026-06-01"],
      ["brief", "2026-06-01"],
      ["two", "2026-06-03"],
    ]);
    expect(result.lines[1]?.move).toMatchObject({ kind: "csm-task", taskKey: "step.prep-card" });
  });

  it("become one task to find the sponsor where there is none", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("brief", 0, { audience: "sponsor" }),
      mail("midway", 2, { audience: "sponsor" }),
    ]);
    const result = walk(course, factsOf(MONDAY, { hasSponsor: false }), { react: diligent() });
    expect(result.sends.map(({ stepKey }) => stepKey)).toEqual(["one"]);
    const tasks = result.lines.flatMap(({ move }) => (move.kind === "csm-task" ? [move.taskKey] : []));
    expect(tasks).toEqual(["find-sponsor"]);
  });

  it("move back before a day off when they are service notices (O1)", () => {
    const calendar = calendarIn("Europe/Oslo", { closedDays: new Map([["2026-06-05", "Day off"]]) });
    const course = sequenceOf([mail("one", 0), mail("notice", 4, { class: "service-notice" })]);
    const result = walk(course, factsOf(MONDAY, { calendar }), { react: diligent() });
    expect(datesOf(result)).toEqual(["2026-06-01", "2026-06-04"]);
  });
});

describe("meetings", () => {
  it("are no duty of the planner's: the act that asks has made the one there is", () => {
    const events = [event("2026-06-02T18:00:00Z", { kind: "meeting-requested", note: "Tuesdays" })];
    const asked = walk(internal(), factsOf(MONDAY, { events }), { react: diligent() });
    const silent = walk(internal(), factsOf(MONDAY), { react: diligent() });
    expect(asked.lines.filter(({ move }) => move.kind === "csm-task")).toEqual([]);
    expect(datesOf(asked)).toEqual(datesOf(silent));
  });

  it("end the wait for a person when one is booked", () => {
    const events = [event("2026-06-29T08:00:00Z", { kind: "meeting-booked" }, "system")];
    const result = walk(internal(), factsOf(MONDAY, { events }));
    expect(result.sends).toHaveLength(3);
    expect(result.lines.at(-1)).toMatchObject({
      at: new Date("2026-06-29T08:00:00Z"),
      move: { kind: "complete" },
    });
  });

  it("leave only the must-mails once one is booked", () => {
    const course = sequenceOf([mail("one", 0), mail("two", 2), mail("three", 4, { must: true })]);
    const events = [event("2026-06-02T08:00:00Z", { kind: "meeting-booked" })];
    const result = walk(course, factsOf(MONDAY, { events }), { react: diligent() });
    expect(result.sends.map(({ stepKey }) => stepKey)).toEqual(["one", "three"]);
  });
});

describe("the end of an enrollment", () => {
  it.each([
    [{ kind: "wrong-person" as const }, "wrong-person"],
    [{ kind: "contact-departed" as const }, "replaced-contact-left"],
    [{ kind: "unsubscribe" as const }, "unsubscribed"],
    [{ kind: "bounce" as const, hard: true }, "hard-bounce"],
    [{ kind: "complaint" as const }, "complained"],
  ])("comes at once with %o", (kind, reason) => {
    const facts = factsOf(MONDAY, { events: [event("2026-06-01T07:00:00Z", kind, "system")] });
    expect(nextMove(internal(), facts, new Date(MONDAY))).toMatchObject({ kind: "exit", reason });
  });

  it("does not come with a soft bounce or a fact of tomorrow", () => {
    const events = [
      event("2026-06-01T07:00:00Z", { kind: "bounce", hard: false }, "system"),
      event("2026-06-02T07:00:00Z", { kind: "unsubscribe" }, "system"),
    ];
    expect(nextMove(internal(), factsOf(MONDAY, { events }), new Date(MONDAY)).kind).toBe("send");
  });

  it("is completion when they are ready and the meeting was held", () => {
    const events = [event("2026-06-01T07:00:00Z", { kind: "meeting-held", demo: "no" })];
    const look = (verdict: "ready" | "on_track") =>
      nextMove(internal(), factsOf(MONDAY, { events, verdict }), new Date(MONDAY));
    expect(look("ready")).toMatchObject({ kind: "complete", because: "goal-reached" });
    expect(look("on_track").kind).toBe("send");
  });

  it("waits for the meeting after the last mail of a program that leads to one", () => {
    const readiness = { track: "internal" };
    const open = walk(internal({ readiness }), factsOf(MONDAY), { react: diligent() });
    expect(open.end).toBe("complete");
    expect(open.lines.at(-1)?.at.toISOString().slice(0, 10)).toBe("2026-07-15");
    const events = [event("2026-06-18T08:00:00Z", { kind: "meeting-held" })];
    const met = walk(internal({ readiness }), factsOf(MONDAY, { events, verdict: "ready" }), {
      react: diligent(),
    });
    expect(met.lines.at(-1)).toMatchObject({
      at: new Date("2026-06-18T08:00:00Z"),
      move: { kind: "complete" },
    });
  });
});

describe("time away", () => {
  it("does not count: twelve days away at Eid are followed by the next mail alone, on a Sunday (A6)", () => {
    const calendar = calendarIn("Asia/Riyadh", { workWeek: SUN_THU });
    const pauses = [
      { from: "2026-03-17T08:00:00Z", until: "2026-03-28T21:00:00Z", reason: "away until 28 March" },
    ];
    const course = sequenceOf([0, 1, 3, 6, 9, 12].map((day) => mail(`d${day}`, day)));
    const result = walk(course, factsOf("2026-03-11T07:00:00Z", { calendar, pauses }), { react: diligent() });
    expect(datesOf(result)).toEqual([
      "2026-03-11",
      "2026-03-12",
      "2026-03-15",
      "2026-03-29",
      "2026-04-01",
      "2026-04-05",
    ]);
  });

  it("is looked at again every working day while it has no end", () => {
    const pauses = [{ from: MONDAY, until: null, reason: "asked to pause" }];
    const move = nextMove(internal(), factsOf(MONDAY, { pauses }), new Date(MONDAY));
    expect(move).toMatchObject({
      kind: "wait",
      until: new Date("2026-06-02T06:30:00Z"),
      why: "paused: asked to pause",
    });
  });

  it("stops the hold of a gate", () => {
    const course = sequenceOf([mail("one", 0), mail("two", 2)]);
    const pauses = [{ from: "2026-06-04T06:00:00Z", until: "2026-06-10T06:00:00Z", reason: "away" }];
    expect(datesOf(walk(course, factsOf(MONDAY, { pauses })))).toEqual(["2026-06-01", "2026-06-12"]);
  });
});

describe("a late worker", () => {
  const acts = internal().steps.map(({ key }) => done(`${key}-task`, "2026-06-01T12:00:00Z"));

  it("sends on the same day or the next when it is a little late", () => {
    const late = (look: number) => (look === 1 ? 3 * 3_600_000 : 0);
    const result = walk(internal(), factsOf(MONDAY, { events: acts }), { lateBy: late });
    expect(datesOf(result)[1]).toBe("2026-06-03");
  });

  it("plans anew after ten days and never fires a burst: the author's spacing goes on from there", () => {
    const started = nextMove(internal(), factsOf(MONDAY), new Date(MONDAY));
    const back = new Date("2026-06-15T08:00:00Z"); // Monday 10:00, ten working days later
    const facts = factsOf(MONDAY, {
      progress: started.progress,
      events: acts,
      takenDates: new Set(["2026-06-01"]),
    });
    const move = nextMove(internal(), facts, back);
    expect(move).toMatchObject({ kind: "wait", until: new Date("2026-06-16T07:00:00Z") });
    let now = back;
    let current = facts;
    const sent: string[] = [];
    for (let look = 0; look < 40 && sent.length < 5; look++) {
      const next = nextMove(internal(), current, now);
      current = { ...current, progress: next.progress };
      if (next.kind === "send") {
        sent.push(next.localDate);
        current = { ...current, takenDates: new Set([...current.takenDates, next.localDate]) };
      }
      now = next.kind === "wait" ? next.until : "nextDueAt" in next && next.nextDueAt ? next.nextDueAt : now;
    }
    expect(sent).toEqual(["2026-06-16", "2026-06-18", "2026-06-22", "2026-06-23", "2026-06-25"]);
  });
});
