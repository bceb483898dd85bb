import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bookMeeting } from "../../../src/operations/book-meeting.ts";
import { caseRoom } from "../../../src/operations/case-room.ts";
import { holdMeeting } from "../../../src/operations/hold-meeting.ts";
import { previewProgram } from "../../../src/operations/preview-program.ts";
import { recordHistory } from "../../../src/operations/record-history.ts";
import { aCase, aContact, anAccount } from "../../support/builders.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, bearer, postForm, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let headers: Record<string, string>;
beforeAll(async () => {
  house = await aWebHouse();
  headers = await bearer(house);
});
afterAll(() => house.close());

const get = async (url: string) => (await house.server.inject({ url: `/api/v1${url}`, headers })).json();

describe("what an account shows before anybody leaves", () => {
  it("S0-45: every account says which plan would start today, and beside it which words to the sponsor", async () => {
    await anAccount(house.desk.db, house.workspaceId, { productKey: "campaigns", segment: "smb" });
    await anAccount(house.desk.db, house.workspaceId, { productKey: "campaigns", segment: "enterprise" });
    const { items } = (await get("/accounts")) as { items: { id: string }[] };
    for (const { id } of items) {
      const plan = (await get(`/accounts/${id}/plan-preview`)) as { items: Record<string, unknown>[] };
      expect(plan.items).toMatchObject([
        { replacementType: "internal", sequenceKey: "internal", sponsorKey: "sponsor-brief" },
        { replacementType: "external_new_function", sequenceKey: "external-new-function" },
        { replacementType: "ex_competitor", sequenceKey: "ex-competitor" },
      ]);
      for (const { reason } of plan.items) expect(reason).toMatch(/because/);
    }
  });

  it("S0-19: an account without a decision maker is a visible gap of its case", async () => {
    const { db } = house.desk;
    const account = await anAccount(db, house.workspaceId, { csmId: house.csm.id });
    const leaver = await aContact(db, account);
    const { id: caseId } = await aCase(db, account, { departedContactId: leaver.id });
    const room = await caseRoom(house.desk, { workspaceId: house.workspaceId, caseId });
    expect(room?.missing).toContainEqual({ field: "sponsorContactId", text: "Who decides at the account" });
  });
});

describe("the account's story", () => {
  it("S0-22: keeps milestones, decisions and values with date, author and source", async () => {
    const { account, turnover } = await enrolled(house);
    const told = await recordHistory(house.desk, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      timeline: [
        {
          date: "2026-01-12",
          kind: "decision",
          text: "Two lists, not one",
          why: "Two brands",
          visibility: "customer",
          source: "kick-off notes",
        },
      ],
      values: [],
      actor: `user:${house.csm.id}`,
    });
    expect(told).toMatchObject({ ok: true });
    const room = await caseRoom(house.desk, { workspaceId: house.workspaceId, caseId: turnover.id });
    expect(room?.timeline).toMatchObject([
      {
        kind: "decision",
        text: "Two lists, not one",
        author: `user:${house.csm.id}`,
        source: "kick-off notes",
      },
    ]);
  });
});

describe("the sponsor", () => {
  it("S0-20: is asked for two lines of introduction, and that they came is recorded", async () => {
    const { sponsorEnrollment } = await enrolled(house);
    if (sponsorEnrollment === null) throw new Error("No sponsor's brief was started.");
    const { page } = await aMail(house, sponsorEnrollment, "what-changed");
    const shown = await house.server.inject({ url: page });
    expect(shown.statusCode).toBe(200);
    const answer = await postForm(house, page, "endorse", {
      text: "Imani decides about campaigns from now on.",
    });
    expect(answer.statusCode).toBe(303);
    const [line] = await house.desk.db.engagementEvent.findMany({
      where: { enrollmentId: sponsorEnrollment.id, kind: "endorsed" },
    });
    expect(line).toMatchObject({ payload: { text: "Imani decides about campaigns from now on." } });
  });
});

describe("meetings that stay away from demos", () => {
  it("S0-32: every held meeting says whether it turned into a demo, and the rate is computed", async () => {
    const between = `from=${encodeURIComponent("2026-01-01T00:00:00Z")}&to=${encodeURIComponent("2027-01-01T00:00:00Z")}`;
    expect(await get(`/meetings/figures?${between}`)).toEqual({
      held: 0,
      withoutDemo: 0,
      demoFreeRate: null,
    });
    for (const demo of ["no", "no", "partly", "yes"] as const) {
      const { enrollment } = await enrolled(house);
      const actor = `user:${house.csm.id}` as const;
      const { workspaceId } = house;
      const booked = await bookMeeting(house.desk, {
        workspaceId,
        enrollmentId: enrollment.id,
        slotAt: new Date("2026-03-10T13:00:00Z"),
        actor,
      });
      if (!booked.ok) throw new Error(booked.problem.message);
      const meeting = { workspaceId, meetingId: booked.meeting.id, actor };
      expect(await holdMeeting(house.desk, { ...meeting, outcome: "held" })).toMatchObject({
        ok: false,
        problem: { code: "demo-needed" },
      });
      expect(await holdMeeting(house.desk, { ...meeting, outcome: "held", demo })).toMatchObject({
        ok: true,
      });
    }
    expect(await get(`/meetings/figures?${between}`)).toEqual({ held: 4, withoutDemo: 2, demoFreeRate: 0.5 });
  });
});

describe("cadence", () => {
  it("S0-34: the same track keeps the cadence of each product", async () => {
    const { db } = house.desk;
    const { workspaceId } = house;
    await db.product.create({ data: { workspaceId, key: "journeys", name: "Journeys", cadence: "weekly" } });
    const weekly = await enrolled(house, { account: { productKey: "journeys" } });
    const usual = await enrolled(house);
    expect(weekly.enrollment.versionId).toBe(usual.enrollment.versionId);
    const days = async ({ turnover, contact }: typeof usual) => {
      const program = await previewProgram(house.desk, {
        workspaceId,
        caseId: turnover.id,
        contactId: contact.id,
      });
      if (!program.ok) throw new Error(program.problem.message);
      return program.steps
        .filter(({ recipient, kind }) => recipient === "contact" && kind === "mail")
        .map(({ localDate }) => localDate);
    };
    const [slow, normal] = [await days(weekly), await days(usual)];
    expect(slow.length).toBe(normal.length);
    const gaps = (list: string[]) =>
      list.slice(1).map((day, at) => (Date.parse(day) - Date.parse(list[at] ?? "")) / 86_400_000);
    expect(Math.min(...gaps(slow))).toBeGreaterThanOrEqual(7);
    expect(Math.min(...gaps(normal))).toBeLessThan(7);
    expect([weekly.enrollment.cadence, usual.enrollment.cadence]).toEqual(["weekly", null]);
  });
});
