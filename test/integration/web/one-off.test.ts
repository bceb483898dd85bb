import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolled } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let signed: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
  signed = await signIn(house);
});
afterAll(() => house.close());

const get = (url: string) => house.server.inject({ url, headers: { cookie: signed.cookie } });
const page = async (url: string) => load((await get(url)).body);
const post = (url: string, fields: Record<string, string>) =>
  house.server.inject({
    method: "POST",
    url,
    headers: signed.headers,
    payload: new URLSearchParams({ csrf: signed.csrf, ...fields }).toString(),
  });

const aTemplate = (title: string, more: object = {}) =>
  house.parts.db.mailTemplate.create({
    data: {
      workspaceId: house.workspaceId,
      key: title.toLowerCase(),
      title,
      topics: [],
      subject: "Thank you, {{contact.firstName}}",
      body: "For the numbers of {{account.name}}.",
      updatedAt: house.parts.clock.now(),
      ...more,
    },
  });

describe("a mail of the bank from the case room", () => {
  it("is read exactly as it will go, sent on a day of theirs, listed with the program, and taken back", async () => {
    const { turnover, enrollment, contact, account } = await enrolled(house, {
      contact: { zone: "America/Toronto" },
    });
    const { id } = await aTemplate("Thanks");
    const room = `/cases/${turnover.id}`;
    expect((await page(room))("#program a[href$='/mail']").text()).toBe("Send a mail from the bank");
    const shown = await page(`${room}/mail?template=${id}`);
    expect(shown("main").text()).toContain("Thank you, Imani");
    expect(shown("main").text()).toContain("signed by Dana Whitlock, who gets the answer");
    const framed = await get(shown("iframe").attr("src") ?? "");
    expect(framed.body).toContain(`For the numbers of ${account.name}.`);
    const empty = await post(`${room}/mail`, { template: id, when: "later", on: "", at: "10:00" });
    expect(empty.statusCode).toBe(422);
    expect(load(empty.body)("#on-complaint").text()).toContain("No day was chosen.");
    const sunday = await post(`${room}/mail`, { template: id, when: "later", on: "2026-03-08", at: "10:00" });
    expect(load(sunday.body)("#on").attr("value")).toBe("2026-03-08");
    const sent = await post(`${room}/mail`, { template: id, when: "later", on: "2026-03-10", at: "10:00" });
    const mail = await house.parts.db.oneOffMail.findFirstOrThrow({ where: { enrollmentId: enrollment.id } });
    expect(sent.headers.location).toBe(`${room}?said=one-off#one-off-${mail.id}`);
    const line = (await page(room))(`#one-off-${mail.id}`);
    expect(line.text()).toContain("Thank you, Imani");
    expect(line.text()).toContain("Tue 10 Mar, 10:00 (14:00 UTC)");
    const back = await post(line.find("form").attr("action") ?? "", { back: `${room}#program` });
    expect(back.headers.location).toBe(`${room}?said=one-off-cancelled#program`);
    const gone = (await page(room))(`#one-off-${mail.id}`);
    expect(gone.text()).toContain("Not sent");
    expect(gone.find("form")).toHaveLength(0);
    expect(contact.firstName).toBe("Imani");
  });

  it("leads there from the bank, for the person whose values were chosen", async () => {
    const { turnover, contact } = await enrolled(house);
    const { id } = await aTemplate("Renewal");
    const $ = await page(`/studio/templates/${id}?as=${turnover.id}.${contact.id}&view=phone`);
    expect($(".mail-look.phone iframe")).toHaveLength(1);
    expect($(`a[href='/cases/${turnover.id}/mail?template=${id}']`).text()).toContain(
      "Send it to Imani Okafor",
    );
  });

  it("says why nothing can go: an unsubscribed address, a value that is missing", async () => {
    const { turnover, contact } = await enrolled(house);
    const { id } = await aTemplate("Rival", { body: "Like {{competitor.name}}." });
    expect((await page(`/cases/${turnover.id}/mail?template=${id}`))("[role=alert]").text()).toMatch(
      /competitor/,
    );
    await house.parts.db.contact.update({ where: { id: contact.id }, data: { mailStatus: "unsubscribed" } });
    const { id: plain } = await aTemplate("Plain");
    const blocked = await page(`/cases/${turnover.id}/mail?template=${plain}`);
    expect(blocked("main").text()).toContain("their address is unsubscribed");
    expect(blocked("button:contains('Send it')")).toHaveLength(0);
    const refused = await post(`/cases/${turnover.id}/mail`, { template: plain, when: "now" });
    expect(refused.statusCode).toBe(422);
  });

  it("opens their own page from its link, once it has left", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const { id } = await aTemplate("Hello");
    await post(`/cases/${turnover.id}/mail`, { template: id, when: "now" });
    const { sendId } = await house.parts.db.oneOffMail.findFirstOrThrow({
      where: { enrollmentId: enrollment.id },
    });
    const now = house.parts.clock.now();
    await house.parts.db.send.update({
      where: { id: sendId },
      data: { status: "submitted", submittedAt: now, endedAt: now },
    });
    const theirs = await house.server.inject({ url: `/p/${house.desk.links.sign("page", sendId)}` });
    expect(theirs.statusCode).toBe(200);
    expect(load(theirs.body)("h1").text()).toContain("Imani");
    expect((await page(`/cases/${turnover.id}`))("#program").text()).toContain("Thank you, Imani");
  });
});
