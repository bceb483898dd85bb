import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrollContact } from "../../../src/operations/enroll-contact.ts";
import { switchTrack } from "../../../src/operations/switch-track.ts";
import { withdrawEnrollment } from "../../../src/operations/withdraw-enrollment.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHandover, aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

const enroll = (handover: { turnover: { id: string }; contact: { id: string } }, more: object = {}) =>
  enrollContact(house.desk, {
    workspaceId: house.workspaceId,
    caseId: handover.turnover.id,
    contactId: handover.contact.id,
    actor: "cli",
    ...more,
  });

describe("enrolling a contact", () => {
  it("chooses the track from the case, freezes its version and zone, and starts the log", async () => {
    const { enrollment, account, contact } = await enrolled(house, { contact: { zone: "America/Denver" } });
    expect(enrollment).toMatchObject({
      status: "active",
      audience: "contact",
      zone: "America/Denver",
      senderId: house.csm.id,
    });
    expect(enrollment.dueAt).toEqual(house.desk.clock.now());
    const version = await house.desk.db.sequenceVersion.findUniqueOrThrow({
      where: { id: enrollment.versionId },
    });
    expect(version.key).toBe("external-new-function");
    const [first] = await house.desk.db.engagementEvent.findMany({ where: { enrollmentId: enrollment.id } });
    expect(first).toMatchObject({ kind: "enrolled", evidenceClass: "system", contactId: contact.id });
    expect(first?.payload).toMatchObject({
      zone: "America/Denver",
      tier: "high",
      hasOtherRelationship: true,
    });
    const tasks = await house.desk.db.task.findMany({ where: { enrollmentId: enrollment.id } });
    expect(tasks.length).toBeGreaterThan(5);
    expect(tasks.every((task) => task.state === "open")).toBe(true);
    const turnover = await house.desk.db.case.findFirstOrThrow({ where: { accountId: account.id } });
    expect(turnover.status).toBe("re_onboarding");
  });

  it("S0-14: starts the sponsor's brief beside it, or asks the CSM for a sponsor", async () => {
    const { enrollment, sponsorEnrollment, sponsor } = await enrolled(house);
    expect(sponsorEnrollment).toMatchObject({
      audience: "sponsor",
      besideId: enrollment.id,
      contactId: sponsor.id,
    });

    const alone = await aHandover(house);
    await house.desk.db.account.update({ where: { id: alone.account.id }, data: { sponsorContactId: null } });
    const result = await enroll(alone);
    expect(result).toMatchObject({ ok: true, sponsorEnrollment: null });
    const tasks = await house.desk.db.csmTask.findMany({ where: { caseId: alone.turnover.id } });
    expect(tasks.map((task) => task.key)).toContain("no-sponsor");
  });

  it("S0-21: gives the CSM a sponsor-outreach task, due by tier", async () => {
    const { turnover } = await enrolled(house);
    const task = await house.desk.db.csmTask.findFirstOrThrow({
      where: { caseId: turnover.id, key: "sponsor-outreach" },
    });
    // High tier: two business days, to the end of the window in the account's zone.
    expect(task.dueAt.toISOString()).toBe("2026-03-04T15:30:00.000Z");
    expect(task.userId).toBe(house.csm.id);
  });

  it("S1-23: takes the competitor's card when there is one, and asks for it when there is none", async () => {
    const known = await enrolled(house, {
      turnover: { replacementType: "ex_competitor", competitorKey: "mailharbor" },
    });
    expect(known.enrollment.competitorVersionId).not.toBeNull();
    const unknown = await enrolled(house, {
      turnover: { replacementType: "ex_competitor", competitorKey: "nobody-knows" },
    });
    expect(unknown.enrollment.competitorVersionId).toBeNull();
    const task = await house.desk.db.csmTask.findFirstOrThrow({
      where: { caseId: unknown.turnover.id, key: "unknown-competitor" },
    });
    expect(task.detail).toContain("nobody-knows");
  });

  it("enrolls once, however many ask at the same time", async () => {
    const handover = await aHandover(house);
    const results = await Promise.all(Array.from({ length: 100 }, () => enroll(handover)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const problems = results.flatMap((result) => (result.ok ? [] : [result.problem.code]));
    expect(new Set(problems)).toEqual(new Set(["already-enrolled"]));
    const rows = await house.desk.db.enrollment.findMany({ where: { contactId: handover.contact.id } });
    expect(rows).toHaveLength(1);
  });

  it("gives the same enrollment for the same idempotency key", async () => {
    const handover = await aHandover(house);
    const results = await Promise.all(
      Array.from({ length: 100 }, () => enroll(handover, { idempotencyKey: "order-7" })),
    );
    const ids = results.map((result) => (result.ok ? result.enrollment.id : "refused"));
    expect(new Set(ids).size).toBe(1);
    expect(results.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
  });

  it("waits, with the reason, while nobody signs the mails (S1-27)", async () => {
    const { enrollment, sponsorEnrollment } = await enrolled(house, { account: { csmId: null } });
    expect(enrollment).toMatchObject({ status: "blocked", dueAt: null });
    expect(enrollment.blockedReason).toContain("no customer success manager");
    expect(sponsorEnrollment?.status).toBe("blocked");
  });

  it.each([
    ["no-address", { email: null }],
    ["address-control", { email: "imani@customer.test\r\nBcc: all@customer.test" }],
    ["address-form", { email: "imani, other@customer.test" }],
    ["contact-departed", { roles: ["departed"] }],
    ["unreachable", { mailStatus: "hard_bounced" }],
    ["unknown-zone", { zone: "Mars/Olympus" }],
  ])("refuses with %s and writes nothing", async (code, contact) => {
    const handover = await aHandover(house, { contact });
    const result = await enroll(handover);
    expect(result).toMatchObject({ ok: false, problem: { code } });
    if (!result.ok) expect(result.problem.remedy).not.toBe("");
    expect(await house.desk.db.enrollment.count({ where: { contactId: handover.contact.id } })).toBe(0);
  });

  it("refuses a suppressed address whatever its case", async () => {
    const handover = await aHandover(house, { contact: { email: "Stop.Me@customer.test" } });
    await house.desk.db.suppression.create({
      data: {
        workspaceId: house.workspaceId,
        email: "stop.me@customer.test",
        reason: "unsubscribed",
        createdAt: house.desk.clock.now(),
      },
    });
    expect(await enroll(handover)).toMatchObject({ ok: false, problem: { code: "suppressed" } });
  });

  it("sends no education mail to an account that leaves the space (S1-18)", async () => {
    const handover = await aHandover(house, { turnover: { roleOutcome: "leaving_space" } });
    expect(await enroll(handover)).toMatchObject({ ok: false, problem: { code: "no-sequence" } });
  });

  it("gives the same track for the same case (S1-26)", async () => {
    const first = await enrolled(house);
    const second = await enrolled(house);
    expect(first.enrollment.versionId).toBe(second.enrollment.versionId);
    expect(first.reason).toBe(second.reason);
  });

  it("never reaches into another workspace", async () => {
    const handover = await aHandover(house);
    const other = await aHouse(database.db);
    const result = await enrollContact(other.desk, {
      workspaceId: other.workspaceId,
      caseId: handover.turnover.id,
      contactId: handover.contact.id,
      actor: "cli",
    });
    expect(result).toMatchObject({ ok: false, problem: { code: "unknown-case" } });
  });
});

describe("leaving a track", () => {
  it("withdraws the contact and the sponsor beside, and enrolls again in the next cycle", async () => {
    const before = await enrolled(house);
    const { workspaceId } = house;
    const enrollmentId = before.enrollment.id;
    const result = await withdrawEnrollment(house.desk, {
      workspaceId,
      enrollmentId,
      reason: "asked by phone",
      actor: "cli",
    });
    expect(result).toMatchObject({ ok: true, enrollment: { status: "exited", exitReason: "manual" } });
    const sponsor = await house.desk.db.enrollment.findFirstOrThrow({ where: { besideId: enrollmentId } });
    expect(sponsor.status).toBe("exited");
    expect(await enroll(before)).toMatchObject({ ok: true, enrollment: { cycle: 2 } });
  });

  it("switches the track, and keeps the old one when the new one is refused", async () => {
    const before = await enrolled(house);
    const call = {
      workspaceId: house.workspaceId,
      enrollmentId: before.enrollment.id,
      reason: "knows the job",
      actor: "cli" as const,
    };
    const refused = await switchTrack(house.desk, { ...call, sequenceKey: "no-such-track" });
    expect(refused).toMatchObject({ ok: false, problem: { code: "unknown-sequence" } });
    const still = await house.desk.db.enrollment.findUniqueOrThrow({ where: { id: before.enrollment.id } });
    expect(still.status).toBe("active");
    const switched = await switchTrack(house.desk, { ...call, sequenceKey: "internal" });
    expect(switched).toMatchObject({
      ok: true,
      ended: { exitReason: "superseded_by_track" },
      enrollment: { cycle: 2 },
    });
  });
});
