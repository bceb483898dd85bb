import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoff, CONNECTION_TROUBLE, TEMPORARY_REFUSAL } from "../../../../src/domain/sending/backoff.ts";
import { guardSend, type SendFacts } from "../../../../src/domain/sending/guards.ts";
import { canMove, isEnded, SEND_STATUSES } from "../../../../src/domain/sending/send-ladder.ts";

describe("the send ladder", () => {
  it("goes up one rung at a time", () => {
    expect(canMove("planned", "claimed")).toBe(true);
    expect(canMove("claimed", "transmitting")).toBe(true);
    expect(canMove("transmitting", "submitted")).toBe(true);
    expect(canMove("planned", "transmitting")).toBe(false);
    expect(canMove("claimed", "submitted")).toBe(false);
  });

  it("leaves nothing after submitted, and reaches it from nowhere but the wire or evidence", () => {
    expect(SEND_STATUSES.filter((to) => canMove("submitted", to))).toEqual([]);
    expect(SEND_STATUSES.filter((from) => canMove(from, "submitted"))).toEqual(["transmitting", "uncertain"]);
  });

  it("never resends an uncertain mail by itself: neither claimed nor deferred follow it", () => {
    expect(SEND_STATUSES.filter((to) => canMove("uncertain", to))).toEqual([
      "planned",
      "submitted",
      "failed",
    ]);
    expect(isEnded("uncertain")).toBe(true);
  });
});

describe("backoff", () => {
  it("grows at every attempt, is the same on every worker, and ends", () => {
    fc.assert(
      fc.property(fc.uuid(), (sendId) => {
        let before = 0;
        for (let attempt = 1; attempt < 7; attempt++) {
          const answer = backoff(TEMPORARY_REFUSAL, sendId, attempt);
          expect(answer).toEqual(backoff(TEMPORARY_REFUSAL, sendId, attempt));
          const after = answer.kind === "retry" ? answer.afterSeconds : 0;
          expect(after).toBeGreaterThan(before);
          before = after;
        }
        expect(backoff(TEMPORARY_REFUSAL, sendId, 12)).toEqual({
          kind: "give-up",
          attempts: 12,
        });
      }),
    );
  });

  it("never gives up because our own connection is in trouble, and looks again every quarter of an hour", () => {
    for (const attempts of [20, 200, 2_000]) {
      const answer = backoff(CONNECTION_TROUBLE, "send", attempts);
      expect(answer.kind).toBe("retry");
      expect(answer).toHaveProperty("afterSeconds", expect.closeTo(1_012, -3));
    }
  });

  it("spreads sends that were deferred together", () => {
    const waits = Array.from({ length: 200 }, (_, index) => backoff(CONNECTION_TROUBLE, `send-${index}`, 4));
    expect(new Set(waits.map((wait) => JSON.stringify(wait))).size).toBeGreaterThan(5);
  });
});

describe("guards", () => {
  const now = new Date("2026-03-30T14:00:00Z");
  const facts = (parts: Partial<SendFacts> = {}): SendFacts => ({
    mailClass: "program",
    endsWithUnsubscribe: true,
    recipient: { address: "jonas@halden.example", departed: false },
    suppression: null,
    enrollment: { state: "active", pause: null },
    hold: null,
    caseClosed: false,
    sender: { address: "dana@fernwick.example" },
    missingFields: [],
    dueAt: new Date("2026-03-30T13:00:00Z"),
    staleAfter: new Date("2026-04-02T13:00:00Z"),
    windowOpensAt: null,
    ...parts,
  });
  const later = new Date("2026-03-31T07:00:00Z");

  it("let a mail go when nothing objects", () => {
    expect(guardSend(facts(), now)).toBeNull();
  });

  it("let the last mail of a program go that completed when it was planned", () => {
    expect(guardSend(facts({ enrollment: { state: "completed", pause: null } }), now)).toBeNull();
  });

  it("hold a mail until the pause is over, though the enrollment is called active meanwhile", () => {
    const paused = facts({ enrollment: { state: "active", pause: { until: later } } });
    expect(guardSend(paused, now)).toMatchObject({ outcome: "deferred", until: later });
  });

  it("never report a suppressed address as merely deferred", () => {
    const all = facts({
      suppression: "unsubscribed",
      windowOpensAt: later,
      enrollment: { state: "paused", pause: { until: later } },
    });
    expect(guardSend(all, now)).toEqual({ outcome: "suppressed", reason: "unsubscribed" });
  });

  it.each([
    [{ suppression: "hard_bounce" as const }, "suppressed"],
    [{ suppression: "complaint" as const, mailClass: "service" as const }, "suppressed"],
    [{ recipient: { address: "a@b.example", departed: true } }, "suppressed"],
    [{ enrollment: { state: "exited" as const, pause: null } }, "skipped"],
    [{ caseClosed: true }, "skipped"],
    [{ recipient: { address: null, departed: false } }, "blocked"],
    [{ recipient: { address: "a@b.example\r\nx", departed: false } }, "blocked"],
    [{ sender: null }, "blocked"],
    [{ missingFields: ["account.name"] }, "blocked"],
    [{ enrollment: { state: "paused" as const, pause: { until: later } } }, "deferred"],
    [{ enrollment: { state: "paused" as const, pause: null } }, "deferred"],
    [{ enrollment: { state: "active" as const, pause: { until: later } } }, "deferred"],
    [{ enrollment: { state: "completed" as const, pause: { until: later } } }, "deferred"],
    [{ hold: "too many complaints" }, "deferred"],
    [{ hold: "too many complaints", mailClass: "service" as const }, "deferred"],
    [{ dueAt: later }, "deferred"],
    [{ staleAfter: new Date("2026-03-29T00:00:00Z") }, "deferred"],
    [{ windowOpensAt: later }, "deferred"],
  ])("answer %j with %s", (parts, outcome) => {
    expect(guardSend(facts(parts), now)?.outcome).toBe(outcome);
  });

  it("say when a deferred mail may go", () => {
    expect(guardSend(facts({ windowOpensAt: later }), now)).toMatchObject({
      outcome: "deferred",
      until: later,
    });
  });

  it("let a service notice pass an unsubscribe, and the window, as domain.md B3 says", () => {
    const notice = facts({
      mailClass: "service",
      endsWithUnsubscribe: false,
      suppression: "unsubscribed",
      windowOpensAt: later,
      enrollment: null,
    });
    expect(guardSend(notice, now)).toBeNull();
  });
});
