import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../../src/drivers/store/generated/client.ts";
import { publishSequences } from "../../../src/operations/publish-sequence.ts";
import { testMailWriter } from "../../../src/operations/write-test-mail.ts";
import { enrolled, ownSequences } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let author: User;
let approver: User;
beforeAll(async () => {
  house = await aWebHouse();
  const person = (name: string, role: string) =>
    house.parts.db.user.create({
      data: {
        workspaceId: house.workspaceId,
        name,
        email: `${role}@fernwick.test`,
        roles: [role],
      },
    });
  author = await person("Ada Writer", "author");
  approver = await person("Abel Judge", "approver");
});
afterAll(() => house.close());

interface Person {
  get(url: string): Promise<{ statusCode: number; body: string; text: string; $: ReturnType<typeof load> }>;
  post(
    url: string,
    fields: Record<string, string | readonly string[]>,
  ): Promise<{ statusCode: number; body: string; location: string; json: () => unknown }>;
}

/** Somebody of the vendor at their browser. */
async function at(email: string): Promise<Person> {
  const { cookie, csrf, headers } = await signIn(house, email);
  return {
    async get(url) {
      const { statusCode, body } = await house.server.inject({ url, headers: { cookie } });
      const $ = load(body);
      return { statusCode, body, $, text: $("main").text().replace(/\s+/g, " ") };
    },
    async post(url, fields) {
      const body = new URLSearchParams({ csrf });
      for (const [name, value] of Object.entries(fields))
        for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
      const answer = await house.server.inject({ method: "POST", url, headers, payload: body.toString() });
      return {
        statusCode: answer.statusCode,
        body: answer.body,
        location: String(answer.headers.location ?? ""),
        json: () => answer.json(),
      };
    },
  };
}

function sourceOf(key: string): string {
  const file = ownSequences().find(({ name }) => name === `sequences/${key}.yaml`);
  if (file === undefined) throw new Error(`no file of ${key}`);
  return file.source;
}

/** Publishes a new version of a sequence with its text changed. */
async function publish(key: string, change: (source: string) => string): Promise<number> {
  const current = await house.parts.db.sequenceVersion.findFirstOrThrow({
    where: { workspaceId: house.workspaceId, key },
    orderBy: { version: "desc" },
  });
  const report = await publishSequences(house.parts, {
    workspaceId: house.workspaceId,
    files: [{ name: `${key}.yaml`, source: change(current.source) }],
    actor: "cli",
    reason: "a test",
  });
  const [done] = report.published;
  if (done === undefined) throw new Error(JSON.stringify(report));
  return done.version;
}

describe("the studio's first page", () => {
  it("lists each program with whom it is for, its steps, its people, its version and what the linter says", async () => {
    await enrolled(house);
    const { get } = await at(house.csm.email);
    const { $, text } = await get("/studio");
    const row = $("tr").filter((_, one) => $(one).find("a[href='/studio/external-new-function']").length > 0);
    expect(row.find("[data-label='For']").text()).toBe("Contact");
    expect(Number(row.find("[data-label='Steps']").text())).toBeGreaterThan(8);
    expect(Number(row.find("[data-label='People on it']").text())).toBeGreaterThanOrEqual(1);
    expect(row.text()).toContain("Version 1");
    expect(row.find("[data-label='Lint']").text()).toMatch(/No complaints|warning/);
    expect(text).toContain("Mailharbor");
  });

  it("answers the old addresses with the new ones", async () => {
    const { cookie } = await signIn(house);
    for (const [old, now] of [
      ["/sequences", "/studio"],
      ["/sequences/internal", "/studio/internal"],
      [
        "/sequences/internal/steps/in-flight/html?variant=b",
        "/studio/internal/steps/in-flight/html?variant=b",
      ],
    ] as const) {
      const answer = await house.server.inject({ url: old, headers: { cookie } });
      expect([answer.statusCode, answer.headers.location]).toEqual([301, now]);
    }
  });

  it("shows a competitor's facts with their sources", async () => {
    const { get } = await at(house.csm.email);
    const { statusCode, text } = await get("/studio/competitors/mailharbor");
    expect(statusCode).toBe(200);
    expect(text).toContain("Honest gaps");
  });
});

describe("a program's pages", () => {
  it("draw every step in order with its day, what it waits for, when it is left out, and its lint", async () => {
    const { get } = await at(house.csm.email);
    const { $, text } = await get("/studio/internal");
    const steps = $(".program > li");
    expect(steps.length).toBe(sourceOf("internal").match(/^ {2}- key:/gm)?.length);
    expect(steps.first().text()).toContain("Day 0");
    expect(text).toContain('Waits for task "settle-open-items" done');
    expect(text).toContain("Left out when");
    expect(text).toContain("variant B");
    expect($("form[action='/studio/internal/draft']").length).toBe(0);
  });

  it("show the source with its line numbers to link to", async () => {
    const { get } = await at(house.csm.email);
    const { $ } = await get("/studio/internal/source");
    const lines = sourceOf("internal").trimEnd().split("\n");
    expect($(".source > li").length).toBe(lines.length);
    expect($("#L1").text()).toBe(lines[0]);
  });

  it("show a mail wide, on a phone, as text and in the dark, with samples or with a person's own values", async () => {
    const { turnover, contact } = await enrolled(house, {
      contact: { name: "محمد الخطيب", firstName: "محمد" },
    });
    const { get } = await at(house.csm.email);
    const step = "/studio/external-new-function/steps/the-job";
    const sample = await get(step);
    expect(sample.$("iframe").attr("sandbox")).toBe("");
    const as = `${turnover.id}.${contact.id}`;
    const text = await get(`${step}?view=text&as=${as}`);
    expect(text.$("pre").text()).toContain("محمد");
    const dark = await get(`${step}?view=dark&as=${as}`);
    const frame = await house.server.inject({
      url: String(dark.$("iframe").attr("src")),
      headers: { cookie: (await signIn(house)).cookie },
    });
    expect(frame.headers["content-security-policy"]).toContain("sandbox");
    expect(frame.body).not.toContain("prefers-color-scheme");
    expect(frame.body).toContain("color-scheme:only dark");
    expect(frame.body).toContain("محمد");
  });

  it("say a missing value instead of a mail, with what to do", async () => {
    const { turnover, contact, account } = await enrolled(house);
    await house.parts.db.account.update({ where: { id: account.id }, data: { csmId: null } });
    const { get } = await at(house.csm.email);
    const { statusCode, text } = await get(
      `/studio/external-new-function/steps/the-job?as=${turnover.id}.${contact.id}`,
    );
    expect(statusCode).toBe(200);
    expect(text).toContain("cannot be written for this person");
  });

  it("are of their own workspace only, and answer 404 for what is not there", async () => {
    const other = await house.parts.db.workspace.create({ data: { key: "elsewhere", name: "Elsewhere" } });
    const draft = await house.parts.db.sequenceDraft.create({
      data: {
        workspaceId: other.id,
        key: "x",
        source: "key: x",
        authorId: author.id,
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    const { get, post } = await at(approver.email);
    for (const url of [`/studio/drafts/${draft.id}`, "/studio/nothing", "/studio/internal/steps/nothing"])
      expect((await get(url)).statusCode).toBe(404);
    const saved = await post(`/studio/drafts/${draft.id}/save`, { revision: "1", source: "key: y" });
    expect(saved.statusCode).toBe(404);
  });
});

describe("drafts", () => {
  async function aDraft(person: Person, key = "internal"): Promise<string> {
    const current = await house.parts.db.sequenceVersion.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, key },
      orderBy: { version: "desc" },
    });
    const answer = await person.post(`/studio/${key}/draft`, { version: String(current.version) });
    expect(answer.statusCode).toBe(303);
    return String(answer.location.split("?")[0]);
  }
  const rowOf = (address: string) =>
    house.parts.db.sequenceDraft.findUniqueOrThrow({ where: { id: String(address.split("/").at(-1)) } });

  it("S0-36: an author writes and submits, an approver reads the changes and publishes; the author may not", async () => {
    const ada = await at(author.email);
    const abel = await at(approver.email);
    const draft = await aDraft(ada);
    const source = sourceOf("internal").replace("What is in flight this month", "What is in flight just now");
    const saved = await ada.post(`${draft}/save`, {
      revision: "1",
      source: source.replaceAll("\n", "\r\n"),
      note: "A word that lasts longer.",
      // biome-ignore lint/suspicious/noThenProperty: the name of a button, never awaited
      then: "submit",
    });
    expect(saved.location).toBe(`${draft}?said=draft-submitted`);
    const { revision } = await rowOf(draft);
    const own = await ada.get(draft);
    expect(own.$("form[action$='/publish']").length).toBe(0);
    expect(
      (await ada.post(`${draft}/publish`, { revision: String(revision), against: "1" })).statusCode,
    ).toBe(403);
    const read = await abel.get(draft);
    expect(read.text).toContain("Subject changed");
    expect(read.$("ins").text()).toContain("just now");
    expect((await abel.get("/studio")).text).toContain("Waits for an approver");
    const published = await abel.post(`${draft}/publish`, { revision: String(revision), against: "1" });
    expect(published.location).toBe("/studio/internal?said=draft-published");
    const version = await house.parts.db.sequenceVersion.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, key: "internal", version: 2 },
    });
    expect(version.source).toBe(source);
    expect(version.publishedBy).toBe(`user:${approver.id}`);
    const audit = await house.parts.db.auditEntry.findMany({
      where: { workspaceId: house.workspaceId, subjectType: "sequence-draft" },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ action }) => action)).toEqual([
      "draft-started",
      "draft-submitted",
      "draft-published",
    ]);
    const versions = await abel.get("/studio/internal/versions");
    expect(versions.text).toContain("From version 1 to version 2");
    expect(versions.text).toMatch(/Step \d+ “What is in flight just now”/);
    expect(versions.$(".patch ins").text()).toContain("just now");
  });

  it("are kept while they are wrong, say where, and cannot be submitted then", async () => {
    const ada = await at(author.email);
    const draft = await aDraft(ada, "ex-competitor");
    const wrong = sourceOf("ex-competitor").replace("goal:", "goals-of-ours:");
    await ada.post(`${draft}/save`, { revision: "1", source: wrong, note: "not yet" });
    expect((await rowOf(draft)).source).toBe(wrong);
    const page = await ada.get(draft);
    expect(page.$("#lint").text()).toMatch(/line \d+, column \d+/);
    const submitted = await ada.post(`${draft}/save`, {
      revision: "2",
      source: wrong,
      note: "now",
      // biome-ignore lint/suspicious/noThenProperty: the name of a button, never awaited
      then: "submit",
    });
    expect(submitted.statusCode).toBe(422);
    expect(submitted.body).toMatch(/Line \d+/);
    expect((await rowOf(draft)).status).toBe("draft");
    await ada.post(`${draft}/discard`, { revision: String((await rowOf(draft)).revision) });
    expect((await rowOf(draft)).status).toBe("discarded");
  });

  it("answer the linter and the mail of a step while somebody types, and keep nothing of it", async () => {
    const ada = await at(author.email);
    const draft = await aDraft(ada, "sponsor-brief");
    const before = await rowOf(draft);
    const source = sourceOf("sponsor-brief");
    const checked = (await ada.post(`${draft}/check`, { source })).json() as {
      html: string;
      steps: { key: string; line: number }[];
    };
    expect(checked.steps.length).toBeGreaterThan(2);
    const [first] = checked.steps;
    expect(source.split("\n")[(first?.line ?? 0) - 1]).toContain(first?.key);
    const broken = (await ada.post(`${draft}/check`, { source: `${source}\n  bad` })).json() as {
      html: string;
    };
    expect(broken.html).toContain("Error");
    const mail = await ada.post(`${draft}/preview`, { source, step: first?.key ?? "" });
    expect(mail.statusCode).toBe(200);
    expect(mail.body).toContain("<html");
    expect(await rowOf(draft)).toEqual(before);
    expect((await (await at(house.csm.email)).post(`${draft}/check`, { source })).statusCode).toBe(403);
    await ada.post(`${draft}/discard`, { revision: String(before.revision) });
  });

  it("tell the second of two who saved, and lose neither text", async () => {
    const ada = await at(author.email);
    const abel = await at(approver.email);
    const draft = await aDraft(ada, "sponsor-brief");
    const source = sourceOf("sponsor-brief");
    expect(
      (await abel.post(`${draft}/save`, { revision: "1", source: `${source}# Abel\n` })).statusCode,
    ).toBe(303);
    const late = await ada.post(`${draft}/save`, { revision: "1", source: `${source}# Ada\n`, note: "mine" });
    expect(late.statusCode).toBe(409);
    const page = load(late.body);
    expect(page("#source").text()).toContain("# Ada");
    expect(page("#theirs").text()).toContain("# Abel");
    expect(page("#note").text()).toBe("mine");
    expect((await rowOf(draft)).source).toContain("# Abel");
    const again = page("form[action$='/save'] input[name=revision]").attr("value") ?? "";
    expect(
      (await ada.post(`${draft}/save`, { revision: again, source: `${source}# Ada\n` })).statusCode,
    ).toBe(303);
    await ada.post(`${draft}/discard`, { revision: String((await rowOf(draft)).revision) });
  });

  it("go back to the author with a comment, and are not published when they are not what was read", async () => {
    const ada = await at(author.email);
    const abel = await at(approver.email);
    const draft = await aDraft(ada, "sponsor-brief");
    const submit = async (line: string) => {
      const { revision } = await rowOf(draft);
      await ada.post(`${draft}/save`, {
        revision: String(revision),
        source: `${sourceOf("sponsor-brief")}${line}\n`,
        note: "a comment",
        // biome-ignore lint/suspicious/noThenProperty: the name of a button, never awaited
        then: "submit",
      });
      return String((await rowOf(draft)).revision);
    };
    const first = await submit("# one");
    expect((await abel.post(`${draft}/send-back`, { revision: first, comment: " " })).statusCode).toBe(422);
    await abel.post(`${draft}/send-back`, { revision: first, comment: "Say it shorter." });
    const back = await ada.get(draft);
    expect(back.text).toContain("Say it shorter.");
    await submit("# two");
    expect((await abel.post(`${draft}/publish`, { revision: first, against: "1" })).statusCode).toBe(409);
    const { revision } = await rowOf(draft);
    expect(
      (await abel.post(`${draft}/publish`, { revision: String(revision), against: "7" })).statusCode,
    ).toBe(409);
    await ada.post(`${draft}/take-back`, { revision: String(revision) });
    expect((await rowOf(draft)).status).toBe("draft");
    await ada.post(`${draft}/discard`, { revision: String((await rowOf(draft)).revision) });
  });

  it("S0-14: a track that says nothing to the sponsor is published only with a reason, which is recorded", async () => {
    const ada = await at(author.email);
    const abel = await at(approver.email);
    const draft = await aDraft(ada, "external-new-function");
    const silent = sourceOf("external-new-function").replace(/^sponsor-sequence:.*\n/m, "");
    const save = (source: string, revision: number) =>
      ada.post(`${draft}/save`, {
        revision: String(revision),
        source,
        note: "quiet",
        // biome-ignore lint/suspicious/noThenProperty: the name of a button, never awaited
        then: "submit",
      });
    expect((await save(silent, 1)).body).toContain("This track says nothing to the sponsor.");
    const reasoned = silent.replace(/^goal:/m, "no-sponsor-reason: The sponsor asked for silence.\ngoal:");
    expect((await save(reasoned, (await rowOf(draft)).revision)).statusCode).toBe(303);
    expect((await abel.get(draft)).text).toContain("Nothing goes to the sponsor.");
    const { revision } = await rowOf(draft);
    await abel.post(`${draft}/publish`, { revision: String(revision), against: "1" });
    const version = await house.parts.db.sequenceVersion.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, key: "external-new-function", version: 2 },
    });
    expect(version.reason).toBe("The sponsor asked for silence.");
  });

  it("S0-30: clone a program under a key of its own, marked for people who take over", async () => {
    const ada = await at(author.email);
    const clone = (key: string) => ada.post("/studio/internal/clone", { version: "1", key, name: "Retail" });
    for (const [key, why] of [
      ["Not A Key", "not a key"],
      ["templates", "place in the studio"],
      ["sponsor-brief", "already"],
    ] as const) {
      const refused = await clone(key);
      expect(refused.statusCode).toBe(422);
      expect(load(refused.body)("#clone-key-complaint").text()).toContain(why);
      expect(load(refused.body)("#clone-key").attr("value")).toBe(key);
    }
    const made = await clone("internal-retail");
    const row = await rowOf(String(made.location.split("?")[0]));
    expect(row.source).toContain("key: internal-retail\n");
    expect(row.source).toContain("assumes-existing-account: true");
    expect(row.baseVersion).toBeNull();
    expect((await clone("internal-retail")).location).toContain("said=draft-already");
  });
});

describe("the weight of the studio's pages", () => {
  it("is at most 60 KB of HTML, styles and scripts, the longest program's text included", async () => {
    const { cookie } = await signIn(house);
    const draft = await house.parts.db.sequenceDraft.create({
      data: {
        workspaceId: house.workspaceId,
        key: "heavy",
        source: sourceOf("external-new-function"),
        authorId: author.id,
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    await house.parts.db.user.update({ where: { id: house.csm.id }, data: { roles: ["csm", "approver"] } });
    const bytes = async (url: string) =>
      Buffer.byteLength((await house.server.inject({ url, headers: { cookie } })).body);
    for (const url of [
      "/studio",
      "/studio/external-new-function",
      "/studio/external-new-function/source",
      `/studio/drafts/${draft.id}`,
    ]) {
      const { body } = await house.server.inject({ url, headers: { cookie } });
      const $ = load(body);
      const assets = $("link[rel=stylesheet], script[src]")
        .toArray()
        .map((one) => String($(one).attr("href") ?? $(one).attr("src")));
      let sum = Buffer.byteLength(body);
      for (const asset of assets) sum += await bytes(asset);
      expect([url, sum <= 60 * 1024, assets.length > 1]).toEqual([url, true, true]);
    }
    await house.parts.db.user.update({ where: { id: house.csm.id }, data: { roles: ["csm"] } });
  });
});

describe("moving people on purpose", () => {
  it("shows each person's next step by its key, moves them with a reason, and resends nothing", async () => {
    const { enrollment } = await enrolled(house, { turnover: { replacementType: "ex_competitor" } });
    const { db } = house.parts;
    const own = await db.sequenceVersion.findUniqueOrThrow({ where: { id: enrollment.versionId } });
    const keys = (own.definition as unknown as { steps: { key: string; subject: string }[] }).steps;
    const [first, second, third] = keys;
    await db.enrollment.update({
      where: { id: enrollment.id },
      data: {
        position: 1,
        progress: { position: 1, done: [first?.key ?? ""], lastSentAt: "2026-03-02T09:00:00.000Z" },
      },
    });
    const waiting = await db.send.create({
      data: {
        workspaceId: house.workspaceId,
        enrollmentId: enrollment.id,
        contactId: enrollment.contactId,
        accountId: enrollment.accountId,
        stepKey: "gone-by-then",
        dueAt: house.desk.clock.now(),
        nextAttemptAt: house.desk.clock.now(),
        localDate: new Date("2026-03-05"),
        plannedAt: house.desk.clock.now(),
      },
    });
    const version = await publish(own.key, (source) => `${source}\n# the same, published anew\n`);
    const csm = await at(house.csm.email);
    const move = `/studio/${own.key}/move`;
    expect((await csm.get(`${move}?to=${version}&person=${enrollment.id}`)).statusCode).toBe(403);
    const abel = await at(approver.email);
    const people = await abel.get(`/studio/${own.key}/people?version=${own.version}`);
    expect(people.$(`input[name=person][value='${enrollment.id}']`).length).toBe(1);
    const shown = await abel.get(`${move}?to=${version}&person=${enrollment.id}`);
    expect(shown.text).toContain(second?.key);
    expect(shown.text).not.toContain(third?.key);
    expect((await db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } })).versionId).toBe(own.id);
    const unreasoned = await abel.post(move, { to: String(version), person: enrollment.id, reason: " " });
    expect(unreasoned.statusCode).toBe(422);
    const moved = await abel.post(move, {
      to: String(version),
      person: enrollment.id,
      reason: "Better words",
    });
    expect(moved.location).toBe(`/studio/${own.key}/people?said=moved`);
    const after = await db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(after.versionId).not.toBe(own.id);
    expect(after.progress).toMatchObject({ position: 1, done: [first?.key] });
    expect(await db.send.findUniqueOrThrow({ where: { id: waiting.id } })).toMatchObject({
      status: "skipped",
    });
    const audit = await db.auditEntry.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, action: "enrollment-moved" },
    });
    expect(audit).toMatchObject({
      subjectId: enrollment.id,
      reason: "Better words",
      actor: `user:${approver.id}`,
    });
  });

  it("moves those it can, and names the one whose place is not to be found, with the reason", async () => {
    const { db } = house.parts;
    const one = await enrolled(house, { turnover: { replacementType: "ex_competitor" } });
    const two = await enrolled(house, { turnover: { replacementType: "ex_competitor" } });
    await db.enrollment.update({
      where: { id: two.enrollment.id },
      data: { status: "exited", exitReason: "expired" },
    });
    const own = await db.sequenceVersion.findUniqueOrThrow({ where: { id: one.enrollment.versionId } });
    const version = await publish(own.key, (source) => `${source}\n# once more\n`);
    const abel = await at(approver.email);
    const answer = await abel.post(`/studio/${own.key}/move`, {
      to: String(version),
      person: [one.enrollment.id, two.enrollment.id],
      reason: "Both",
    });
    expect(answer.statusCode).toBe(200);
    expect(load(answer.body)("main").text()).toContain("Their program has ended.");
    const target = await db.enrollment.findUniqueOrThrow({
      where: { id: one.enrollment.id },
      include: { version: true },
    });
    expect(target.version.version).toBe(version);
  });

  it("says what to do when nobody is on a version", async () => {
    const abel = await at(approver.email);
    expect((await abel.get("/studio/sponsor-brief/people?version=99")).text).toContain(
      "Nobody is on this version",
    );
  });
});

describe("a test mail", () => {
  it("goes to the person's own address, is marked, and leads to the preview; a contact never gets one", async () => {
    const { turnover, contact } = await enrolled(house);
    const ada = await at(author.email);
    const step = "/studio/external-new-function/steps/the-job";
    const answer = await ada.post(`${step}/test`, {
      variant: "a",
      as: `${turnover.id}.${contact.id}`,
      back: `${step}?view=phone`,
    });
    expect(answer.location).toBe(`${step}?view=phone&said=test-sent`);
    const send = await house.parts.db.send.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, kind: "test" },
    });
    expect(send).toMatchObject({
      userId: author.id,
      contactId: null,
      enrollmentId: null,
      mailClass: "internal",
    });
    const write = testMailWriter(house.parts);
    const mail = await write(send as unknown as Parameters<typeof write>[0]);
    if (mail.kind !== "written") throw new Error(mail.kind);
    expect(mail.subject).toMatch(/^\[Test\] /);
    expect(mail.html).toContain("Imani");
    const links = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? "");
    expect(
      links.some((href) => href.startsWith("https://baton.test/studio/external-new-function/steps/")),
    ).toBe(true);
    expect(
      links.some((href) => /\/(p|u|c)\//.test(new URL(href, "https://baton.test").pathname.slice(0, 3))),
    ).toBe(false);
    expect(mail.unsubscribeUrl).toBeNull();
  });

  it("is given twenty times an hour, then the page says so", async () => {
    const { db } = house.parts;
    const asked = Array.from({ length: 20 }, () => ({
      workspaceId: house.workspaceId,
      userId: approver.id,
      stepKey: "the-job",
      variant: "a",
      askedAt: new Date(),
    }));
    await db.testMail.createMany({ data: asked });
    const abel = await at(approver.email);
    const answer = await abel.post("/studio/external-new-function/steps/the-job/test", { back: "/studio" });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("enough for one inbox");
  });
});

describe("the bank of mails to use again (S0-37)", () => {
  const mail = {
    title: "A thank you after the first month",
    topics: "Thanks, renewal, thanks",
    subject: "Thank you, {{contact.firstName}}",
    body: "Hello {{contact.firstName}},\n\nthis month was **yours**.",
    owner: "",
  };
  const last = () =>
    house.parts.db.mailTemplate.findFirstOrThrow({ where: { title: mail.title }, orderBy: { id: "desc" } });

  it("says what to do while it is empty, to who may write and to who may not", async () => {
    expect((await (await at(author.email)).get("/studio/templates")).text).toContain("Write the first mail");
    expect((await (await at(house.csm.email)).get("/studio/templates")).text).toContain("An author writes");
    expect((await (await at(house.csm.email)).post("/studio/templates", mail)).statusCode).toBe(403);
  });

  it("keeps a mail with topics, owner and the day it was read; it is found, shown with a person's values, retired", async () => {
    const { turnover, contact } = await enrolled(house, {
      contact: { name: "Nadia Okoye", firstName: "Nadia" },
    });
    const ada = await at(author.email);
    const made = await ada.post("/studio/templates", { ...mail, owner: author.id, reviewed: "yes" });
    const row = await last();
    expect(made.location).toBe(`/studio/templates/${row.id}?said=template-saved`);
    expect(row).toMatchObject({ topics: ["thanks", "renewal"], ownerId: author.id, retiredAt: null });
    expect(row.reviewedOn?.toISOString().slice(0, 10)).toBe("2026-03-02");
    for (const [query, hits] of [
      ["?find=YOURS", 1],
      ["?topic=renewal", 1],
      ["?find=nothing", 0],
      ["?retired=yes", 0],
    ] as const) {
      const { $ } = await ada.get(`/studio/templates${query}`);
      expect([query, $(`a[href='/studio/templates/${row.id}']`).length]).toEqual([query, hits]);
    }
    const page = await ada.get(`/studio/templates/${row.id}?as=${turnover.id}.${contact.id}`);
    const { cookie } = await signIn(house);
    const frame = await house.server.inject({
      url: String(page.$("iframe").attr("src")),
      headers: { cookie },
    });
    expect(frame.body).toContain("Nadia");
    expect(frame.body).toContain("<strong>yours</strong>");
    expect(page.$("pre").text()).toContain("key: a-thank-you-after-the-first-month");
    await ada.post(`/studio/templates/${row.id}/retire`, { retired: "yes" });
    await ada.post(`/studio/templates/${row.id}/retire`, { retired: "yes" });
    expect((await ada.get("/studio/templates")).text).toContain("The bank is empty");
    const audit = await house.parts.db.auditEntry.findMany({
      where: { subjectId: row.id },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ action }) => action)).toEqual(["template-written", "template-retired"]);
  });

  it("marks what nobody has read for half a year, and refuses a wrong merge field with everything typed still there", async () => {
    const ada = await at(author.email);
    await ada.post("/studio/templates", { ...mail, reviewed: "yes" });
    const row = await last();
    expect(row.key).toMatch(/^a-thank-you-after-the-first-month-/);
    await house.parts.db.mailTemplate.update({
      where: { id: row.id },
      data: { reviewedOn: new Date("2025-08-01") },
    });
    expect((await ada.get("/studio/templates")).text).toContain("Over 180 days ago");
    const wrong = { ...mail, body: "Hello {{contact.fristName}}" };
    const refused = await ada.post(`/studio/templates/${row.id}/save`, wrong);
    expect(refused.statusCode).toBe(422);
    const page = load(refused.body);
    expect(page("#body-complaint").text()).toContain('Did you mean "contact.firstName"?');
    expect(page("#body").text()).toContain("fristName");
    expect((await last()).body).toBe(mail.body);
  });
});
