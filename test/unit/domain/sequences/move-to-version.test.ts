import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EnrollmentFacts, Move } from "../../../../src/domain/sequences/move.ts";
import { moveToVersion } from "../../../../src/domain/sequences/move-to-version.ts";
import { nextMove } from "../../../../src/domain/sequences/next-move.ts";
import { startProgress } from "../../../../src/domain/sequences/progress.ts";
import type { Sequence } from "../../../../src/domain/sequences/sequence.ts";
import { factsOf, mail, sequenceOf } from "./walk.ts";

const START = "2026-03-02T08:00:00Z";

/** A program of ungated mails, one every other day. */
const program = (keys: readonly string[]): Sequence =>
  sequenceOf(keys.map((key, index) => mail(key, index * 2, { ungated: true })));

const at = (done: readonly string[], position: number, more = {}) => ({
  ...startProgress(),
  done: [...done],
  position,
  ...more,
});

function moved(from: Sequence, to: Sequence, progress = startProgress()) {
  const outcome = moveToVersion(from, to, progress);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome;
}

/** Lets the planner act until it has sent so many mails, or the program is over. */
function goOn(sequence: Sequence, start: EnrollmentFacts, from: Date, mails: number) {
  let facts = start;
  let now = from;
  const sent: string[] = [];
  let end: Move["kind"] = "wait";
  for (let look = 0; look < 500 && sent.length < mails; look++) {
    const move = nextMove(sequence, facts, now);
    end = move.kind;
    if (move.kind === "complete" || move.kind === "exit") break;
    facts = { ...facts, progress: move.progress };
    if (move.kind === "send") {
      sent.push(move.stepKey);
      facts = { ...facts, takenDates: new Set([...facts.takenDates, move.localDate]) };
    }
    now = (move.kind === "wait" ? move.until : move.nextDueAt) ?? now;
  }
  return { sent, facts, now, end };
}

describe("moving somebody to another version (F13)", () => {
  it("finds the next step by its key, wherever it stands now", () => {
    const outcome = moved(program(["a", "b", "c", "d"]), program(["d", "a", "c", "b"]), at(["a", "b"], 2));
    expect(outcome.next?.key).toBe("d");
    const { sent } = goOn(
      program(["d", "a", "c", "b"]),
      factsOf(START, { progress: outcome.progress }),
      new Date("2026-03-09T08:00:00Z"),
      9,
    );
    expect(sent).toEqual(["d", "c"]);
  });

  it("gives a new step only when it stands after all that is behind them", () => {
    const from = program(["a", "b", "c"]);
    const to = program(["early", "a", "between", "b", "late", "c"]);
    const outcome = moved(from, to, at(["a"], 1));
    expect(outcome).toMatchObject({ added: ["between", "late"], passedOver: ["early"] });
    expect(outcome.next?.key).toBe("between");
  });

  it("drops what the other version does not have, and says so", () => {
    const outcome = moved(program(["a", "b", "c"]), program(["a", "c"]), at(["a"], 1));
    expect(outcome).toMatchObject({ dropped: ["b"], next: { key: "c" } });
  });

  it("does not bring back what a branch had jumped over", () => {
    const outcome = moved(program(["a", "b", "c", "d"]), program(["a", "d", "b", "c"]), at(["a"], 2));
    expect(outcome.next?.key).toBe("d");
    expect(outcome.passedOver).toEqual(["b"]);
    expect(outcome.progress.done.at(-1)).toBe("a");
  });

  it("says that nothing more comes when every step is behind them", () => {
    const outcome = moved(program(["a", "b"]), program(["a"]), at(["a"], 1));
    expect(outcome.next).toBeNull();
    expect(outcome.progress.position).toBe(1);
  });

  it("keeps how long the gate of the next step has held, and forgets it when another step comes next", () => {
    const held = at(["a"], 1, { holdingSince: START });
    const same = moved(program(["a", "b"]), program(["a", "b", "c"]), held);
    const other = moved(program(["a", "b"]), program(["a", "x", "b"]), held);
    expect(same.progress.holdingSince).toBe(START);
    expect(other.progress.holdingSince).toBeNull();
  });

  it("counts the days from the last mail as the other version numbers it", () => {
    const from = program(["a", "b", "c"]);
    const to = sequenceOf([mail("a", 0), mail("b", 10), mail("c", 13)]);
    const progress = at(["a", "b"], 2, { lastSentAt: START, anchorDay: 2, anchorAuthored: 2 });
    expect(moved(from, to, progress).progress).toMatchObject({ anchorDay: 2, anchorAuthored: 10 });
  });

  it("refuses when nothing that they had or were to get is there any more", () => {
    const outcome = moveToVersion(program(["a", "b"]), program(["x", "y"]), at(["a"], 1));
    expect(outcome).toMatchObject({ ok: false });
    expect(moveToVersion(program(["a", "b"]), program(["x", "y"]), startProgress()).ok).toBe(true);
  });

  it("whatever is edited, reordered, deleted or inserted: nobody gets a step twice and nobody is stuck", () => {
    const keys = ["a", "b", "c", "d", "e", "f", "g"];
    const edited = fc
      .shuffledSubarray([...keys, "n1", "n2", "n3"], { minLength: 1 })
      .filter((list) => list.some((key) => keys.includes(key)));
    fc.assert(
      fc.property(edited, fc.nat(7), (list, mails) => {
        const [from, to] = [program(keys), program(list)];
        const before = goOn(from, factsOf(START), new Date(START), mails);
        const outcome = moveToVersion(from, to, before.facts.progress);
        if (!outcome.ok) return;
        const after = goOn(to, { ...before.facts, progress: outcome.progress }, before.now, 99);
        const all = [...before.sent, ...after.sent];
        expect(new Set(all).size).toBe(all.length);
        expect(after.end).toBe("complete");
        expect(after.sent[0]).toBe(outcome.next?.key);
        const owed = keys.filter((key) => !before.sent.includes(key) && list.includes(key));
        expect([...owed, ...outcome.added].sort()).toEqual([...after.sent].sort());
      }),
      { numRuns: 150 },
    );
  });
});
