import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, bearer, FORM, rowCounts, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

const BOUNDARY = "----mail-program";
const bodies = [
  { name: "urlencoded", headers: FORM, payload: "List-Unsubscribe=One-Click" },
  {
    name: "multipart",
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    payload: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${BOUNDARY}--\r\n`,
  },
  { name: "no body", headers: {}, payload: "" },
] as const;

describe("RFC 8058 one-click unsubscribe", () => {
  for (const { name, headers, payload } of bodies) {
    it(`answers 200 to a POST with ${name}, at once, without cookie or redirect, and again the same`, async () => {
      const { enrollment, contact } = await enrolled(house);
      const { unsubscribe } = await aMail(house, enrollment, "the-job");
      const planned = await aMail(house, enrollment, "your-setup", {
        status: "planned",
        submittedAt: null,
        localDate: new Date("2026-03-05"),
      });
      for (let time = 0; time < 2; time++) {
        const answer = await house.server.inject({ method: "POST", url: unsubscribe, headers, payload });
        expect(answer.statusCode).toBe(200);
        expect(answer.headers["set-cookie"]).toBeUndefined();
        expect(answer.headers.location).toBeUndefined();
      }
      const { db } = house.parts;
      expect(await db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(1);
      expect((await db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } })).status).toBe("exited");
      expect((await db.send.findUniqueOrThrow({ where: { id: planned.sendId } })).status).toBe("suppressed");
    });
  }

  it("shows a page with a button to a person, and stops nothing by that", async () => {
    const { enrollment, contact } = await enrolled(house);
    const { unsubscribe } = await aMail(house, enrollment, "the-job");
    const shown = await house.server.inject({ url: unsubscribe });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain(`action="${unsubscribe}"`);
    expect(await house.parts.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(0);
  });

  it("answers a forged token and one of another purpose with the same 404 and changes no row", async () => {
    const { enrollment } = await enrolled(house);
    const { token, unsubscribe } = await aMail(house, enrollment, "the-job");
    const before = await rowCounts(house);
    const forged = [`/u/${token}`, `${unsubscribe.slice(0, -1)}_`, "/u/x", "/u/k.AAAA.BBBB"];
    const answers = await Promise.all(
      forged.flatMap((url) => [
        house.server.inject({ method: "POST", url, headers: FORM, payload: "List-Unsubscribe=One-Click" }),
        house.server.inject({ url }),
      ]),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await rowCounts(house)).toEqual(before);
  });

  it("works when the page link of the same mail has long expired", async () => {
    const { enrollment } = await enrolled(house);
    const { unsubscribe, page } = await aMail(house, enrollment, "the-job");
    house.desk.setNow("2026-09-01T09:00:00Z");
    try {
      expect((await house.server.inject({ url: page })).statusCode).toBe(410);
      expect((await house.server.inject({ method: "POST", url: unsubscribe })).statusCode).toBe(200);
    } finally {
      house.desk.setNow("2026-03-02T09:00:00Z");
    }
  });
});

describe("an expired page link", () => {
  it("says so, and mails a fresh one to the known address, once a day however often it is asked", async () => {
    const { enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    house.desk.setNow("2026-09-01T09:00:00Z");
    try {
      const shown = await house.server.inject({ url: page });
      expect(shown.statusCode).toBe(410);
      expect(shown.body).toContain("Mail me a fresh link");
      const refused = await house.server.inject({
        method: "POST",
        url: page,
        headers: FORM,
        payload: "act=stop",
      });
      expect(refused.statusCode).toBe(410);
      for (let time = 0; time < 3; time++) {
        const asked = await house.server.inject({
          method: "POST",
          url: `${page}/renew`,
          headers: FORM,
          payload: "",
        });
        expect(asked.statusCode).toBe(200);
      }
      const sends = await house.parts.db.send.findMany({
        where: { enrollmentId: enrollment.id, kind: "page_link" },
      });
      expect(sends.map(({ status, mailClass }) => [status, mailClass])).toEqual([["planned", "service"]]);
    } finally {
      house.desk.setNow("2026-03-02T09:00:00Z");
    }
  });

  it("is what every link mailed so far becomes when a mail reached the wrong hands; later mails' links work", async () => {
    const { enrollment } = await enrolled(house);
    const sent = await aMail(house, enrollment, "the-job");
    const inFlight = await aMail(house, enrollment, "the-story", {
      status: "transmitting",
      submittedAt: null,
      localDate: new Date("2026-03-03"),
    });
    const headers = await bearer(house);
    const voided = await house.server.inject({
      method: "POST",
      url: `/api/v1/enrollments/${enrollment.id}/void-page-links`,
      headers,
      payload: { reason: "The mail went to a former colleague's mailbox." },
    });
    expect(voided.statusCode).toBe(200);
    const shown = await house.server.inject({ url: sent.page });
    expect(shown.statusCode).toBe(410);
    expect(shown.body).not.toContain("Imani");
    const posted = { method: "POST", url: sent.page, headers: FORM, payload: "act=stop" } as const;
    expect((await house.server.inject(posted)).statusCode).toBe(410);
    expect((await house.server.inject({ url: inFlight.page })).statusCode).toBe(200);
    const byOldKey = `/p/${house.desk.links.sign("page", enrollment.pageKey)}`;
    expect((await house.server.inject({ url: byOldKey })).statusCode).toBe(404);
    const unsubscribed = { method: "POST", url: sent.unsubscribe, headers: FORM, payload: "" } as const;
    expect((await house.server.inject(unsubscribed)).statusCode).toBe(200);
  });

  it("is the same 404 as any other wrong address once the page's key was replaced", async () => {
    const { enrollment } = await enrolled(house);
    const byKey = `/p/${house.desk.links.sign("page", enrollment.pageKey)}`;
    expect((await house.server.inject({ url: byKey })).statusCode).toBe(200);
    await house.parts.db.enrollment.update({
      where: { id: enrollment.id },
      data: { pageKey: "0195d2a0-0000-7000-8000-0000000000aa" },
    });
    const revoked = await house.server.inject({ url: byKey });
    const unknown = await house.server.inject({ url: "/p/never-made-by-us" });
    expect([revoked.statusCode, revoked.body]).toEqual([404, unknown.body]);
  });
});
