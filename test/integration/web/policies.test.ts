import { load } from "cheerio";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { caseRoom } from "../../../src/operations/case-room.ts";
import { changeWorkspace } from "../../../src/operations/change-workspace.ts";
import { contactPage } from "../../../src/operations/contact-page.ts";
import { mailOfStep } from "../../../src/operations/mail-of-step.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { switchTrack } from "../../../src/operations/switch-track.ts";
import { openVersionBook } from "../../../src/operations/version-book.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aWebHouse, bearer, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
  await house.desk.db.user.update({ where: { id: house.csm.id }, data: { roles: ["csm", "admin"] } });
});
afterAll(() => house.close());
beforeEach(() => rules({}));

async function rules(policyRules: { segments?: object; roles?: object }): Promise<void> {
  const { workspaceId } = house;
  const changed = await changeWorkspace(house.desk, {
    workspaceId,
    change: { policyRules: { segments: {}, roles: {}, ...policyRules } },
    actor: "cli",
  });
  if (!changed.ok) throw new Error(changed.problem.message);
}

const LIGHT = [
  "start-here",
  "your-setup",
  "one-real-thing",
  "what-comes-first",
  "make-the-plan-yours",
  "use-thirty-minutes",
];

async function browser() {
  const { headers, csrf } = await signIn(house);
  return {
    show: async (url: string) => load((await house.server.inject({ url, headers })).body),
    post: (url: string, fields: Record<string, string>) =>
      house.server.inject({
        method: "POST",
        url,
        headers,
        payload: new URLSearchParams({ csrf, ...fields }).toString(),
      }),
  };
}

describe("S0-44: how much of a program people get", () => {
  it("an admin says it by segment and role in a small table, on record; nonsense is refused", async () => {
    const { show, post } = await browser();
    expect(
      (await post("/settings/policies", { "segment.smb": "light", "role.admin": "full" })).statusCode,
    ).toBe(303);
    const $ = await show("/settings/policies");
    expect($("[id='segment.smb']").val()).toBe("light");
    expect($("[id='role.admin']").val()).toBe("full");
    expect($("[id='segment.enterprise']").val()).toBe("");
    expect((await post("/settings/policies", { "segment.smb": "everything" })).statusCode).toBe(422);
    const audit = await house.desk.db.auditEntry.findFirst({
      where: { workspaceId: house.workspaceId, action: "settings-changed" },
      orderBy: { id: "desc" },
    });
    expect(audit?.after).toMatchObject({
      policyRules: { segments: { smb: "light" }, roles: { admin: "full" } },
    });
  });

  it("everybody gets standard, the whole track, until the settings say otherwise", async () => {
    const { enrollment, turnover } = await enrolled(house);
    expect(enrollment.policy).toBe("standard");
    const room = await caseRoom(house.desk, { workspaceId: house.workspaceId, caseId: turnover.id });
    const main = room?.enrollments.find(({ audience }) => audience === "contact");
    expect(main?.steps).toHaveLength(10);
  });

  it("the wizard proposes it with the reason, shows the mails of what is chosen, and enrolls with that", async () => {
    await rules({ segments: { mid_market: "light" } });
    const { turnover, contact } = await aHandover(house, {
      account: { segment: "mid_market" },
      turnover: { destination: "external" },
    });
    const { show, post } = await browser();
    const track = await show(`/enroll/${turnover.id}/track`);
    expect(track("#policy").val()).toBe("light");
    expect(track("#policy-hint").text()).toContain("Mid-market accounts get Light.");
    expect(track("body").text()).toContain("6 mails in");

    const choose = (policy: string) =>
      post(`/enroll/${turnover.id}/track`, { track: "external-new-function", pace: "normal", policy });
    expect((await choose("standard")).statusCode).toBe(303);
    const standard = await show(`/enroll/${turnover.id}/confirm`);
    expect(standard("main").text()).toContain("10 mails");
    expect(standard("main").text()).toContain(
      "Chosen by hand instead of Light: Mid-market accounts get Light.",
    );
    expect((await choose("light")).statusCode).toBe(303);
    // What the rules say is not kept as a choice: it follows when the rules change.
    expect(await house.desk.db.case.findFirst({ where: { id: turnover.id } })).toMatchObject({
      chosenPolicy: null,
    });
    const light = await show(`/enroll/${turnover.id}/confirm`);
    expect(light("main").text()).toContain("6 mails");
    expect(light("main").text()).not.toContain("The job behind the tool");
    const form = light("form[action$='/confirm']");
    const hidden = (name: string) => String(form.find(`input[name=${name}]`).val());
    const pressed = await post(`/enroll/${turnover.id}/confirm`, {
      once: hidden("once"),
      promised: hidden("promised"),
    });
    expect(pressed.statusCode).toBe(303);
    const enrollment = await house.desk.db.enrollment.findFirstOrThrow({
      where: { contactId: contact.id, audience: "contact" },
    });
    expect(enrollment.policy).toBe("light");
    expect((await show(`/cases/${turnover.id}`))("#program").text()).toContain("Light");
  });

  it("is frozen: what runs keeps it when the rules change, also on another track", async () => {
    await rules({ roles: { decision_maker: "light" } });
    const { enrollment } = await enrolled(house, { contact: { roles: ["decision_maker"] } });
    await rules({ roles: { decision_maker: "full" } });
    const { workspaceId } = house;
    const again = await house.desk.db.enrollment.findFirstOrThrow({ where: { id: enrollment.id } });
    expect(again.policy).toBe("light");
    const switched = await switchTrack(house.desk, {
      workspaceId,
      enrollmentId: enrollment.id,
      sequenceKey: "internal",
      reason: "They were here before.",
      actor: "cli",
    });
    expect(switched).toMatchObject({ ok: true, enrollment: { policy: "light" } });
  });

  it("planner, case, the contact's own page and their tasks all know the same steps and no other", async () => {
    await rules({ segments: { mid_market: "light" } });
    const { enrollment, turnover } = await enrolled(house, { account: { segment: "mid_market" } });
    const { workspaceId } = house;
    const { db } = house.desk;
    const room = await caseRoom(house.desk, { workspaceId, caseId: turnover.id });
    const main = room?.enrollments.find(({ id }) => id === enrollment.id);
    expect(main?.policy).toBe("light");
    expect(main?.steps.map(({ key }) => key)).toEqual(LIGHT);
    const tasks = await db.task.findMany({ where: { enrollmentId: enrollment.id } });
    expect(tasks.length).toBeGreaterThan(0);
    for (const { stepKey } of tasks) expect(LIGHT).toContain(stepKey);
    const page = await contactPage(house.desk, enrollment.pageKey);
    expect(page?.course.steps.map(({ key }) => key)).toEqual(LIGHT);
  });

  it("is in the API: proposed with a preview, named with an enrollment, told of each", async () => {
    await rules({ segments: { enterprise: "light" } });
    const headers = await bearer(house, ["write"]);
    const { turnover, contact } = await aHandover(house, { account: { segment: "enterprise" } });
    const whom = { caseId: turnover.id, contactId: contact.id };
    const preview = async (more: object) => {
      const query = new URLSearchParams({ ...whom, ...more });
      return (await house.server.inject({ url: `/api/v1/preview?${query}`, headers })).json();
    };
    const proposed = await preview({});
    expect(proposed).toMatchObject({
      policy: "light",
      policyReason: "Enterprise accounts get Light.",
      proposedPolicy: "light",
    });
    expect(proposed.steps.map(({ stepKey }: { stepKey: string }) => stepKey)).toEqual(LIGHT);
    expect((await preview({ policy: "full" })).steps.length).toBeGreaterThan(LIGHT.length);
    const made = await house.server.inject({
      method: "POST",
      url: "/api/v1/enrollments",
      headers,
      payload: { ...whom, policy: "standard" },
    });
    expect(made.json()).toMatchObject({ enrollment: { policy: "standard" } });
  });

  it("the planner goes from light mail to light mail, and each is counted among its own", async () => {
    await rules({ segments: { mid_market: "light" } });
    const { enrollment } = await enrolled(house, { account: { segment: "mid_market" } });
    const { workspaceId, desk } = house;
    const sql = new pg.Pool({ connectionString: house.database.url, options: "-c timezone=UTC" });
    try {
      const parts = { ...desk, sql, versions: openVersionBook(desk.db) };
      for (let day = 2; day <= 8; day += 1) {
        desk.setNow(`2026-03-0${day}T15:00:00Z`);
        await planDueSteps(parts, { workspaceId });
      }
    } finally {
      await sql.end();
      desk.setNow("2026-03-02T09:00:00Z");
    }
    const sends = await desk.db.send.findMany({
      where: { enrollmentId: enrollment.id, kind: "step" },
      orderBy: { dueAt: "asc" },
    });
    expect(sends.map(({ stepKey }) => stepKey)).toEqual(["start-here", "your-setup"]);
    const mail = await mailOfStep(desk, {
      workspaceId,
      enrollmentId: enrollment.id,
      stepKey: "your-setup",
      variant: "a",
    });
    expect(mail).toMatchObject({ ok: true, text: expect.stringMatching(/2 of 6/) });
  });
});
