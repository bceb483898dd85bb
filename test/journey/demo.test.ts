import { DateTime } from "luxon";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Readiness } from "../../src/domain/readiness/readiness.ts";
import type { ReadinessAssessment } from "../../src/drivers/store/generated/client.ts";
import { STORIES } from "../../src/lab/demo/stories.ts";
import { STORY_END, STORY_START, WORLD } from "../../src/lab/demo/world.ts";
import { expectHumane, localDaysOf } from "./humane.ts";
import { type Journey, MAIL_DOMAIN, openJourney } from "./journey.ts";

let journey: Journey;

beforeAll(async () => {
  journey = await openJourney({ start: STORY_START.toISOString(), accounts: WORLD, stories: STORIES });
  await journey.playUntil(STORY_END.toISOString());
}, 900_000);

afterAll(() => journey?.close());

const accountOf = (ref: string) => {
  const account = WORLD.find((one) => one.ref === ref);
  if (account === undefined) throw new Error(`no account ${ref}`);
  return account;
};

async function assessments(ref: string): Promise<ReadinessAssessment[]> {
  const { id } = await journey.enrollment(ref);
  return journey.parts.db.readinessAssessment.findMany({
    where: { enrollmentId: id },
    orderBy: { at: "asc" },
  });
}

/** The last assessment of a local day in the account's zone. */
async function endOfDay(ref: string, day: string): Promise<ReadinessAssessment> {
  const { zone } = accountOf(ref);
  const end = DateTime.fromISO(day, { zone }).endOf("day").toJSDate();
  const row = (await assessments(ref)).findLast(({ at }) => at <= end);
  if (row === undefined) throw new Error(`${ref} was not assessed by ${day}`);
  return row;
}

async function verdicts(ref: string): Promise<{ verdict: string; day: string }[]> {
  const { zone } = accountOf(ref);
  return (await assessments(ref)).map(({ verdict, at }) => ({
    verdict,
    day: DateTime.fromJSDate(at, { zone }).toISODate() ?? "",
  }));
}

const contactMails = async (ref: string) => {
  const { contactId } = await journey.enrollment(ref);
  const contact = await journey.parts.db.contact.findUniqueOrThrow({ where: { id: contactId } });
  return programMails(contact.email ?? "");
};

/** Without what somebody is owed outside the program, which comes when it is due: an answer, the time of a meeting. */
async function programMails(address?: string) {
  const sends = await journey.parts.db.send.findMany({
    where: { workspaceId: journey.workspaceId, mailClass: "program" },
    select: { messageId: true },
  });
  const ids = new Set(sends.map(({ messageId }) => messageId));
  return (await journey.mails(address)).filter(({ messageId }) => ids.has(messageId));
}

describe("the weeks of domain.md G", () => {
  it("A3: Imani is on track with 65.55 on 28 March and ready with 78.36 on 29 March", async () => {
    expect(await endOfDay("A3", "2026-03-28")).toMatchObject({
      activeDay: 15,
      score: 65.55,
      verdict: "on_track",
    });
    expect(await endOfDay("A3", "2026-03-29")).toMatchObject({
      activeDay: 16,
      score: 78.36,
      verdict: "ready",
    });
  });

  it("A3: the scanner's clicks on her first mail are listed and give nothing", async () => {
    const result = (await endOfDay("A3", "2026-03-29")).result as unknown as Readiness;
    expect(result.machineSignals.clicks + result.machineSignals.other).toBeGreaterThanOrEqual(5);
    const first = (await assessments("A3")).filter(({ activeDay }) => activeDay < 2);
    expect(first.every(({ score }) => score === 0)).toBe(true);
  });

  it("A5: Noa's gateway gives 0 points and makes nobody hot", async () => {
    const enrollment = await journey.enrollment("A5");
    expect(enrollment).toMatchObject({ score: 0, verdict: "at_risk" });
    const result = (await endOfDay("A5", "2026-03-29")).result as unknown as Readiness;
    const { opens, clicks, other } = result.machineSignals;
    expect(opens + clicks + other).toBeGreaterThan(20);
    expect(result.strongActs + result.weakActs).toBe(0);
  });

  it("A1: Jonas is ready on 27 February, and later completed with intent keep", async () => {
    expect(await endOfDay("A1", "2026-02-27")).toMatchObject({ verdict: "ready", meetingReady: true });
    const enrollment = await journey.enrollment("A1");
    expect(enrollment.status).toBe("completed");
    const intents = await journey.parts.db.intent.findMany({ where: { enrollmentId: enrollment.id } });
    expect(intents.map(({ value }) => value)).toContain("keep");
  });

  it("A2: Victor is at risk on 23 February and comes back", async () => {
    const days = await verdicts("A2");
    expect(days.find(({ verdict }) => verdict === "at_risk")?.day).toBe("2026-02-23");
    expect(days.some(({ verdict, day }) => verdict === "ready" && day >= "2026-03-17")).toBe(true);
    expect((await journey.enrollment("A2")).status).toBe("completed");
  });

  it("A2: 09:00 in Toronto is 14:00 UTC before 8 March and 13:00 UTC after", async () => {
    for (const { receivedAt, subject } of await contactMails("A2")) {
      const local = DateTime.fromJSDate(receivedAt, { zone: "America/Toronto" });
      if (local.toFormat("HH:mm") !== "09:00") continue;
      expect(receivedAt.getUTCHours(), subject).toBe(local.toFormat("yyyy-MM-dd") < "2026-03-08" ? 14 : 13);
    }
  });

  it("A6: Abdullah is paused over Eid, and nothing is sent on his weekend, on closed days or in a burst", async () => {
    const mails = await contactMails("A6");
    const { zone, holidayCountry, workWeek, closedDays } = accountOf("A6");
    expectHumane(mails, { zone, holidayCountry, workWeek, closedDays });
    const days = localDaysOf(mails, zone);
    // One mail meets his absence, is answered by it, and is the last until he is back on the 29th.
    expect(days.filter((day) => day >= "2026-03-17" && day < "2026-03-29")).toHaveLength(1);
    expect(days.filter((day) => day >= "2026-03-29").length).toBeLessThanOrEqual(2);
    const during = await endOfDay("A6", "2026-03-22");
    expect((during.result as unknown as Readiness).paused).toBe(true);
    expect((await verdicts("A6")).map(({ verdict }) => verdict)).not.toContain("stalled");
  });

  it("B4: Gareth wants the other one back: at risk", async () => {
    expect(await endOfDay("B4", "2026-03-20")).toMatchObject({ verdict: "at_risk" });
  });

  it("B3: Fergus ticks boxes, stalls, and is never ready", async () => {
    const all = (await verdicts("B3")).map(({ verdict }) => verdict);
    expect(all).not.toContain("ready");
    expect(["stalled", "at_risk"]).toContain(all.at(-1));
  });

  it("A7, A8: nobody at Penhallow or Tern & Vale is written to", async () => {
    const domains = ["A7", "A8"].map((ref) => accountOf(ref).domain);
    const there = (await journey.mails()).flatMap(({ to }) => to);
    expect(there.filter((to) => domains.some((domain) => to.endsWith(`@${domain}`)))).toEqual([]);
  });

  it("everybody: one program mail a day at most, 08:30 to 16:30 on a working day that is no holiday", async () => {
    const enrollments = await journey.parts.db.enrollment.findMany({
      where: { workspaceId: journey.workspaceId },
      include: { contact: true, account: true },
    });
    expect(enrollments.length).toBeGreaterThanOrEqual(20);
    for (const { contact, account, zone } of enrollments) {
      const world = accountOf(account.externalRef ?? "");
      const mails = await programMails(contact.email ?? "");
      const { holidayCountry, workWeek, closedDays } = world;
      expectHumane(mails, { zone, holidayCountry, workWeek, closedDays });
    }
  });

  it("every account: three program mails a day at most", async () => {
    const all = await programMails();
    for (const { domain, zone } of WORLD) {
      const mails = all.filter(({ to }) => to[0]?.endsWith(`@${domain}`) === true);
      const days = localDaysOf(mails, zone);
      for (const day of days) expect(days.filter((other) => other === day).length).toBeLessThanOrEqual(3);
    }
  });

  it("nothing is left over: every send ended as submitted, and each reached the mailbox once", async () => {
    const sends = await journey.parts.db.send.findMany({ where: { workspaceId: journey.workspaceId } });
    const submitted = sends.filter(({ status }) => status === "submitted");
    expect(sends.filter(({ status }) => ["failed", "uncertain", "transmitting"].includes(status))).toEqual(
      [],
    );
    const ours = (await journey.mails()).filter(({ from }) => from.endsWith(`@${MAIL_DOMAIN}`));
    const ids = ours.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(submitted.map(({ messageId }) => messageId).sort());
  });
});
