import { type CheerioAPI, load } from "cheerio";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aCase, anAccount } from "../../support/builders.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, postForm, signIn, type WebHouse } from "../../support/web-house.ts";

const RTL = "محمد عبد الرحمن الخطيب";
const LONG = "A".repeat(80);
let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());
// Each sentence starts from a house without accounts, as each is about what the page then shows.
beforeEach(async () => {
  await house.parts.db.$executeRawUnsafe("truncate account, contact, turnover_case, enrollment cascade");
});

type SignedIn = Awaited<ReturnType<typeof signIn>>;

async function show(url: string, as?: SignedIn): Promise<{ $: CheerioAPI; body: string; status: number }> {
  const { cookie } = as ?? (await signIn(house));
  const answer = await house.server.inject({ url, headers: { cookie } });
  return { $: load(answer.body), body: answer.body, status: answer.statusCode };
}

const post = (as: SignedIn, url: string, values: Record<string, string>) =>
  house.server.inject({
    method: "POST",
    url,
    headers: as.headers,
    payload: new URLSearchParams({ csrf: as.csrf, ...values }).toString(),
  });

async function somebodyWith(roles: string[]): Promise<SignedIn> {
  const email = `${roles.join("-")}@fernwick.test`;
  const user = { name: "Priya Raman", email, roles };
  await house.parts.db.user.upsert({
    where: { workspaceId_email: { workspaceId: house.workspaceId, email } },
    create: { workspaceId: house.workspaceId, ...user },
    update: user,
  });
  return signIn(house, email);
}

describe("my week", () => {
  it("tells a first-time user what Baton does in three steps, and where to begin", async () => {
    const { $ } = await show("/");
    expect($("h1").text()).toBe("Good morning, Dana");
    expect($("ol.first > li")).toHaveLength(3);
    expect($("main a[href='/enroll']").text()).toContain("Enroll the first contact");
    expect($("main a[href='/import']").text()).toContain("Import accounts");
  });

  it("says who, why, since when and by when, for how much, and has one button that leads to the place", async () => {
    const { turnover, enrollment, account } = await enrolled(house, {
      account: { name: "Halden Outdoor", arrMinor: 2_800_000n, currency: "EUR" },
    });
    const { page } = await aMail(house, enrollment, "the-job");
    await postForm(house, page, "question", { text: "Which list is right?" });
    const question = await house.parts.db.question.findFirstOrThrow({
      where: { enrollmentId: enrollment.id },
    });
    const { $ } = await show("/");
    const row = $("#queue li").filter((_, one) => $(one).text().includes("Imani Okafor's question"));
    expect(row).toHaveLength(1);
    expect(row.text()).toContain("Which list is right?");
    expect(row.text()).toContain(account.name);
    expect(row.text()).toContain("€28,000 a year");
    expect(row.text()).toMatch(/since today, 09:00/);
    expect(row.find("time").length).toBe(2);
    const buttons = row.find(".button, button");
    expect(buttons).toHaveLength(1);
    expect(buttons.text()).toBe("Answer: Imani Okafor");
    expect(buttons.attr("href")).toMatch(
      new RegExp(`^/cases/${turnover.id}\\?duty=[0-9a-f-]{36}#question-${question.id}$`),
    );
    const room = await show(`/cases/${turnover.id}`);
    expect(room.$(`#question-${question.id}`)).toHaveLength(1);
  });

  it("lands every button on its place in the room, also on the fourth duty and on a sponsor's question", async () => {
    const { turnover, sponsorEnrollment } = await enrolled(house);
    const { db } = house.parts;
    const due = (day: number) => new Date(Date.UTC(2026, 2, day, 12));
    const duty = { workspaceId: house.workspaceId, caseId: turnover.id, userId: house.csm.id };
    for (const day of [3, 4, 5, 6, 7])
      await db.csmTask.create({
        data: {
          ...duty,
          key: `step.${day}`,
          kind: "step",
          text: `Duty of day ${day}`,
          detail: "",
          dueAt: due(day),
          createdAt: due(1),
        },
      });
    const question = await db.question.create({
      data: {
        workspaceId: house.workspaceId,
        enrollmentId: sponsorEnrollment?.id ?? "",
        contactId: sponsorEnrollment?.contactId ?? "",
        text: "Who pays for it?",
        source: "reply",
        askedAt: due(1),
      },
    });
    await db.csmTask.create({
      data: {
        ...duty,
        key: `question.${question.id}`,
        kind: "question",
        text: "Answer Harriet Doyle's question",
        detail: "",
        dueAt: due(8),
        createdAt: due(1),
      },
    });
    const { $ } = await show("/");
    const buttons = $("#queue .need .button")
      .toArray()
      .map((button) => $(button).attr("href") ?? "");
    const duties = await db.csmTask.count({ where: { caseId: turnover.id, doneAt: null } });
    expect(buttons.filter((href) => /#(duty|question)-/.test(href))).toHaveLength(duties);
    expect(duties).toBeGreaterThan(5);
    expect(buttons).toContainEqual(expect.stringMatching(`#question-${question.id}$`));
    for (const href of buttons) {
      const [address = "", place = ""] = href.split("#");
      const room = await show(address);
      expect([href, room.status, room.$(`[id="${place}"]`).length]).toEqual([href, 200, 1]);
      expect([href, room.$(`[id="${place}"]`).parents("details:not([open])").length]).toEqual([href, 0]);
    }
    const quiet = await show(`/cases/${turnover.id}`);
    expect(quiet.$("#duties article")).toHaveLength(duties);
    expect(quiet.$("#duties details:has(article)").is("[open]")).toBe(false);
  });

  it("asks for a meeting that somebody wants once, not again because they are ready", async () => {
    const { enrollment } = await enrolled(house);
    const { db } = house.parts;
    await db.enrollment.update({ where: { id: enrollment.id }, data: { verdict: "ready", score: 75 } });
    expect((await show("/")).$("#queue .word").text()).toContain("Ready to meet");
    const { page } = await aMail(house, enrollment, "the-job");
    await postForm(house, page, "meeting", {});
    const { $ } = await show("/");
    const words = $("#queue .word")
      .toArray()
      .map((word) => $(word).text());
    expect(words).toContain("Asks to meet");
    expect(words).not.toContain("Ready to meet");
  });

  it("asks what came of a meeting once its time has passed", async () => {
    const { enrollment, turnover } = await enrolled(house);
    const { db } = house.parts;
    const meeting = { workspaceId: house.workspaceId, caseId: turnover.id, enrollmentId: enrollment.id };
    const requestedAt = new Date("2026-02-27T09:00:00Z");
    await db.meeting.create({
      data: { ...meeting, state: "booked", requestedAt, slotAt: new Date("2026-03-02T08:00:00Z") },
    });
    const { $ } = await show("/");
    expect($("#queue").text()).toContain("Say how the meeting with Imani Okafor went");
  });

  it("takes what was agreed with how a meeting went, and the case's history says it", async () => {
    const { enrollment, turnover } = await enrolled(house);
    const { db } = house.parts;
    const meeting = await db.meeting.create({
      data: {
        workspaceId: house.workspaceId,
        caseId: turnover.id,
        enrollmentId: enrollment.id,
        state: "booked",
        requestedAt: new Date("2026-02-27T09:00:00Z"),
        slotAt: new Date("2026-03-02T08:00:00Z"),
      },
    });
    const as = await signIn(house);
    const form = (await show(`/cases/${turnover.id}`, as)).$(
      `form[action="/meetings/${meeting.id}/outcome"]`,
    );
    expect(form.find("textarea[name=agreed]").attr("aria-describedby")).toBeTruthy();
    // Nobody came: then nothing is asked about it.
    expect(form.find("button[value=held]").is("[formnovalidate]")).toBe(false);
    expect(form.find("button[value=no_show]").is("[formnovalidate]")).toBe(true);
    const said = { outcome: "held", demo: "no", agreed: " Reminders move to 48 hours. " };
    await post(as, `/meetings/${meeting.id}/outcome`, { ...said, back: `/cases/${turnover.id}` });
    const { body } = await show(`/cases/${turnover.id}`, as);
    expect(body).toContain("The meeting took place; agreed: “Reminders move to 48 hours.”");
  });

  it("has a case that has not begun: to capture who takes over, then to enroll them", async () => {
    const { turnover } = await aHandover(house, { turnover: { replacementContactId: null } });
    const address = `/enroll?case=${turnover.id}`;
    const before = await show("/");
    expect(before.$(`#queue a[href='${address}']`).text()).toMatch(/^Capture/);
    const contact = await house.parts.db.contact.findFirstOrThrow({ where: { name: "Imani Okafor" } });
    await house.parts.db.case.update({
      where: { id: turnover.id },
      data: { replacementContactId: contact.id },
    });
    const after = await show("/");
    expect(after.$(`#queue a[href='${address}']`).text()).toBe("Enroll: Imani Okafor");
  });

  it("shows mine, and everybody's on demand, and keeps which after an act", async () => {
    const { enrollment } = await enrolled(house, { account: { name: "Mine Ltd" } });
    const other = await house.parts.db.user.create({
      data: { workspaceId: house.workspaceId, name: "Joel", email: `j${Date.now()}@x.test`, roles: ["csm"] },
    });
    await aHandover(house, { account: { name: "Theirs Ltd", csmId: other.id } });
    const as = await signIn(house);
    expect((await show("/", as)).body).not.toContain("Theirs Ltd");
    expect((await show("/?who=all", as)).body).toContain("Theirs Ltd");
    const paused = await post(as, `/enrollments/${enrollment.id}/pause`, { back: "/?who=all" });
    expect(paused.headers.location).toBe("/?who=all&said=paused");
    const { $ } = await show("/?who=all&said=paused", as);
    expect($("[role=status]").text()).toContain("Paused");
    expect($(".tile").first().text()).toMatch(/of \d+ steps/);
  });

  it("gives the mails that go next in their readers' time, each with a pause", async () => {
    const { enrollment } = await enrolled(house, { contact: { zone: "Asia/Tokyo" } });
    const { $ } = await show("/");
    const mail = $("form").filter(
      (_, form) => $(form).attr("action") === `/enrollments/${enrollment.id}/pause`,
    );
    expect(mail.find("button").text()).toBe("Pause: Imani Okafor");
    expect(mail.closest("li").text()).toContain("their time (Tokyo)");
  });

  it("lets a CSM take an account that nobody owns, once, with what waits in it and an audit entry", async () => {
    const { account, turnover } = await aHandover(house, { account: { name: "Osprey", csmId: null } });
    const { db } = house.parts;
    const now = house.desk.clock.now();
    await db.csmTask.create({
      data: {
        workspaceId: house.workspaceId,
        caseId: turnover.id,
        key: "call",
        kind: "call-known-person",
        text: "Call",
        dueAt: now,
        createdAt: now,
      },
    });
    const as = await signIn(house);
    const { $ } = await show("/", as);
    expect($(`form[action='/accounts/${account.id}/take'] button`).text()).toBe("Take it: Osprey");
    for (let time = 0; time < 2; time++) {
      const taken = await post(as, `/accounts/${account.id}/take`, { back: "/" });
      expect(taken.headers.location).toBe("/?said=taken");
    }
    expect((await db.account.findUniqueOrThrow({ where: { id: account.id } })).csmId).toBe(house.csm.id);
    expect((await db.csmTask.findFirstOrThrow({ where: { caseId: turnover.id } })).userId).toBe(house.csm.id);
    const audit = { workspaceId: house.workspaceId, action: "account-taken", subjectId: account.id };
    expect(await db.auditEntry.count({ where: audit })).toBe(1);
  });

  it("leaves an account with who took it first, and says so", async () => {
    const other = await house.parts.db.user.findFirstOrThrow({ where: { workspaceId: house.workspaceId } });
    const { account } = await aHandover(house, { account: { csmId: other.id } });
    const late = await somebodyWith(["cs_leader"]);
    const refused = await post(late, `/accounts/${account.id}/take`, { back: "/" });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain("Somebody else has taken this account meanwhile");
    const reader = await somebodyWith(["viewer"]);
    expect((await post(reader, `/accounts/${account.id}/take`, { back: "/" })).statusCode).toBe(403);
  });

  it("offers no act to who may only look", async () => {
    await enrolled(house);
    await aHandover(house, { account: { csmId: null } });
    const { $ } = await show("/", await somebodyWith(["viewer"]));
    expect($("main form")).toHaveLength(0);
    expect(
      $("#queue a.button")
        .toArray()
        .every((one) => $(one).text().startsWith("Look")),
    ).toBe(true);
  });

  it("pages a long queue, and stays under 60 KB with 200 cases", async () => {
    const { db } = house.parts;
    const { id: csmId } = house.csm;
    for (let index = 0; index < 200; index++) {
      const name = index === 0 ? LONG : index === 1 ? RTL : `Account ${index}`;
      await aCase(db, await anAccount(db, house.workspaceId, { name, csmId }));
    }
    const as = await signIn(house);
    const first = await show("/", as);
    expect(first.$("#queue .need")).toHaveLength(10);
    expect(first.$("#queue .pager").text()).toContain("1–10 of 200");
    expect((await show("/?page=3", as)).$("#queue .pager").text()).toContain("21–30 of 200");
    for (const path of ["/", "/cases", "/manager"]) {
      const { $, body } = await show(path, as);
      let bytes = Buffer.byteLength(body);
      for (const link of $("link[rel=stylesheet]").toArray())
        bytes += (await house.server.inject({ url: $(link).attr("href") ?? "" })).rawPayload.length;
      expect([path, bytes < 60 * 1024]).toEqual([path, true]);
    }
    const { $ } = await show(`/cases?search=${encodeURIComponent(RTL)}`, as);
    expect($("td bdi").first().text()).toBe(RTL);
  }, 60_000);
});

describe("the list of cases", () => {
  it("shows the open ones by default and the closed ones on demand", async () => {
    await enrolled(house, { account: { name: "Open Ltd" } });
    const account = await anAccount(house.parts.db, house.workspaceId, { name: "Over Ltd" });
    const closedAt = new Date("2026-02-20T09:00:00Z");
    await aCase(house.parts.db, account, { status: "closed", outcome: "saved", closedAt });
    const as = await signIn(house);
    const open = await show("/cases", as);
    expect(open.body).toContain("Open Ltd");
    expect(open.body).not.toContain("Over Ltd");
    const closed = await show("/cases?state=closed", as);
    expect(closed.$("tbody tr")).toHaveLength(1);
    expect(closed.$("tbody").text()).toContain("Saved");
    expect((await show("/cases?state=closed&csm=mine", as)).$("tbody tr")).toHaveLength(0);
  });

  it("narrows by verdict, stage, owner and name, and keeps what was chosen in the form", async () => {
    const { enrollment } = await enrolled(house, { account: { name: "Ravello Tiles" } });
    await house.parts.db.enrollment.update({
      where: { id: enrollment.id },
      data: { verdict: "stalled", score: 41 },
    });
    await aHandover(house, { account: { name: "Finch & Sons", csmId: null } });
    const as = await signIn(house);
    const names = async (query: string) => {
      const { $ } = await show(`/cases?${query}`, as);
      return $("tbody tr td:first-child a")
        .toArray()
        .map((link) => $(link).text());
    };
    expect(await names("verdict=stalled")).toEqual(["Ravello Tiles"]);
    expect(await names("csm=mine")).toEqual(["Ravello Tiles"]);
    expect(await names("csm=nobody")).toEqual(["Finch & Sons"]);
    expect(await names("status=re_onboarding")).toEqual(["Ravello Tiles"]);
    expect(await names("search=finch")).toEqual(["Finch & Sons"]);
    expect(await names("sort=account")).toEqual(["Finch & Sons", "Ravello Tiles"]);
    expect(await names("verdict=nonsense&page=x&sort=?")).toHaveLength(2);
    const { $ } = await show("/cases?verdict=stalled&search=rav", as);
    expect($("#verdict option[selected]").attr("value")).toBe("stalled");
    expect($("#search").attr("value")).toBe("rav");
    const none = await show("/cases?search=zzz", as);
    expect(none.body).toContain("No open case fits");
  });

  it("marks a case whose capture is unfinished, with the way on; who may only look is not sent there", async () => {
    const { turnover } = await aHandover(house, { turnover: { replacementContactId: null } });
    const { $ } = await show("/cases");
    expect($("tbody").text()).toContain("Unfinished");
    expect($(`a[href='/enroll?case=${turnover.id}']`).text()).toMatch(/^Continue/);
    const reader = await show("/cases", await somebodyWith(["viewer"]));
    expect(reader.$("main a[href^='/enroll']")).toHaveLength(0);
  });

  it("says what to do when there is no case at all", async () => {
    const { $ } = await show("/cases");
    expect($(".empty").text()).toContain("No case is open");
    expect($(".empty a").attr("href")).toBe("/enroll");
  });

  it("shows nothing of another workspace", async () => {
    const other = await aWebHouse();
    await enrolled(other, { account: { name: "Elsewhere" } });
    expect((await show("/cases")).body).not.toContain("Elsewhere");
    await other.close();
  });
});
