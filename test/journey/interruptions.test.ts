import { DateTime } from "luxon";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Story } from "../../src/lab/demo/story-types.ts";
import { switchTrack } from "../../src/operations/switch-track.ts";
import { aCustomer, robinOf } from "./customers.ts";
import { arrivals, expectHumane, localDaysOf } from "./humane.ts";
import { headerOf, type Journey, openJourney } from "./journey.ts";

const ZONE = "Europe/Berlin";
const BERLIN = { zone: ZONE, holidayCountry: "DE-BE" };
const REFS = ["pauses", "stops", "wrong", "meets", "switches"] as const;
const accounts = REFS.map((ref) =>
  aCustomer(ref, { ...BERLIN, arrival: "external_new_function", enrollAt: "2026-03-02T09:00" }),
);
const stories: Story[] = [
  {
    account: "pauses",
    reader: "robin",
    beats: [
      {
        at: "2026-03-03T11:00",
        deed: { kind: "act", act: { kind: "pause-asked", until: "2026-03-16", reason: "Trade fair" } },
      },
    ],
  },
  {
    account: "wrong",
    reader: "robin",
    beats: [
      {
        at: "2026-03-03T11:00",
        deed: { kind: "act", act: { kind: "wrong-person", whoInstead: "Kim Sand in purchasing" } },
      },
    ],
  },
  {
    account: "meets",
    reader: "robin",
    beats: [
      {
        at: "2026-03-03T11:00",
        deed: { kind: "act", act: { kind: "meeting-requested", note: "About the spring letter" } },
      },
    ],
  },
  { account: "stops", reader: "robin" },
  { account: "switches", reader: "robin" },
];

describe("what interrupts a program", () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await openJourney({ start: "2026-03-02T07:00:00Z", accounts, stories });
    await journey.playUntil("2026-03-03T13:00:00Z");
    await oneClick(journey, "stops");
    const before = await journey.enrollment("switches");
    const switched = await switchTrack(journey.parts, {
      workspaceId: journey.workspaceId,
      enrollmentId: before.id,
      sequenceKey: "internal",
      reason: "They were in the company before",
      actor: "system",
    });
    if (!switched.ok) throw new Error(switched.problem.message);
    await journey.playUntil("2026-03-27T16:00:00Z");
  }, 300_000);

  afterAll(() => journey?.close());

  it("a pause of 12 days sends nothing, and then goes on without a burst", async () => {
    const mails = await journey.mails(robinOf("pauses"));
    expectHumane(mails, BERLIN);
    const days = localDaysOf(mails, ZONE);
    expect(days.slice(0, 2)).toEqual(["2026-03-02", "2026-03-03"]);
    expect(days.filter((day) => day > "2026-03-03" && day < "2026-03-16")).toEqual([]);
    const after = days.filter((day) => day >= "2026-03-16");
    expect(after.length).toBeGreaterThanOrEqual(1);
    expect(after.filter((day) => day <= "2026-03-20").length).toBeLessThanOrEqual(3);
  });

  it("one-click unsubscribe ends everything at once, the sponsor's brief aside", async () => {
    const { status, exitReason } = await journey.enrollment("stops");
    expect({ status, exitReason }).toEqual({ status: "exited", exitReason: "unsubscribed" });
    expect(localDaysOf(await journey.mails(robinOf("stops")), ZONE)).toEqual(["2026-03-02", "2026-03-03"]);
    const suppressed = await journey.parts.db.suppression.findMany({ where: { email: robinOf("stops") } });
    expect(suppressed).toHaveLength(1);
  });

  it("whoever says they are the wrong person gets nothing more, and a person is asked to look", async () => {
    const { status, exitReason, caseId } = await journey.enrollment("wrong");
    expect({ status, exitReason }).toEqual({ status: "exited", exitReason: "wrong_person" });
    expect(localDaysOf(await journey.mails(robinOf("wrong")), ZONE)).toEqual(["2026-03-02", "2026-03-03"]);
    const tasks = await journey.parts.db.csmTask.findMany({ where: { caseId } });
    expect(tasks.some(({ text, detail }) => `${text} ${detail}`.includes("Kim Sand"))).toBe(true);
  });

  it("a wish to meet gives a signal and a task at once, whatever the score", async () => {
    const enrollment = await journey.enrollment("meets");
    const signals = await journey.parts.db.readinessSignal.findMany({
      where: { enrollmentId: enrollment.id, kind: "meeting_requested" },
    });
    const asked = DateTime.fromISO("2026-03-03T11:00", { zone: ZONE }).toJSDate();
    expect(signals.map(({ at }) => at)).toEqual([asked]);
    const tasks = await journey.parts.db.csmTask.findMany({
      where: { caseId: enrollment.caseId, kind: "meeting-request" },
    });
    expect(tasks.map(({ createdAt }) => createdAt)).toEqual([asked]);
    const told = await journey.mails("alma.reyes@fernwick.example");
    expect(told.filter(({ subject }) => /asks for a meeting/.test(subject))).toHaveLength(1);
  });

  it("switching the track ends one program and starts the other, never both on one day", async () => {
    const now = await journey.enrollment("switches");
    expect(now.cycle).toBe(2);
    const first = await journey.parts.db.enrollment.findFirstOrThrow({
      where: { contactId: now.contactId, audience: "contact", cycle: 1 },
    });
    expect(first).toMatchObject({ status: "exited", exitReason: "superseded_by_track" });
    const mails = await journey.mails(robinOf("switches"));
    expectHumane(mails, BERLIN);
    expect(mails.some(({ subject }) => subject.startsWith("You've taken over"))).toBe(true);
  });
});

describe("a worker that was down for ten days", () => {
  it("re-plans what is late: one mail a day from then on, never a burst", async () => {
    const refs = ["late-a", "late-b"];
    const late = refs.map((ref) =>
      aCustomer(ref, { ...BERLIN, arrival: "external_new_function", enrollAt: "2026-03-02T09:00" }),
    );
    const journey = await openJourney({ start: "2026-03-02T07:00:00Z", accounts: late });
    try {
      await journey.playUntil("2026-03-02T16:00:00Z");
      await journey.stopWorker();
      journey.clock.advanceTo(new Date("2026-03-12T10:15:00Z"));
      await journey.startWorker();
      await journey.playUntil("2026-03-20T16:00:00Z");
      for (const ref of refs) {
        const mails = await journey.mails(robinOf(ref));
        expectHumane(mails, BERLIN);
        const days = localDaysOf(mails, ZONE);
        expect(days[0]).toBe("2026-03-02");
        expect(days.filter((day) => day > "2026-03-02" && day < "2026-03-12")).toEqual([]);
        const after = days.filter((day) => day >= "2026-03-12");
        expect(after.length, arrivals(mails).join(", ")).toBeGreaterThanOrEqual(2);
        expect(after.length).toBeLessThanOrEqual(4);
        const sends = await journey.sends((await journey.enrollment(ref)).id);
        expect(new Set(sends.map(({ stepKey }) => stepKey)).size).toBe(sends.length);
      }
    } finally {
      await journey.close();
    }
  }, 240_000);
});

/** What a mail program does when its reader presses "unsubscribe" (RFC 8058). */
async function oneClick(journey: Journey, ref: string): Promise<void> {
  const mail = (await journey.mails(robinOf(ref))).at(-1);
  if (mail === undefined) throw new Error("no mail to unsubscribe from");
  const url = /<(https?:[^>]+)>/.exec(headerOf(mail, "list-unsubscribe"))?.[1] ?? "";
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(response.status).toBe(200);
}
