import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { enrolled } from "../../support/desk.ts";
import {
  aMail,
  aWebHouse,
  bearer,
  FORM,
  postForm,
  rowCounts,
  signIn,
  type WebHouse,
} from "../../support/web-house.ts";

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

describe("A1: forged tokens", () => {
  it("answers every flipped byte and every other purpose with 404 and changes no row", async () => {
    const { enrollment } = await enrolled(house);
    const { token, sendId } = await aMail(house, enrollment, "the-job");
    const before = await rowCounts(house);
    const flipped = Array.from({ length: token.length }, (_, at) => {
      const other = token[at] === "A" ? "B" : "A";
      return `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    });
    const others = (["link", "unsubscribe", "open", "bounce", "reply", "sign-in"] as const).map((purpose) =>
      house.desk.links.sign(purpose, sendId),
    );
    for (const wrong of [...flipped, ...others, `${token}=`, `${token}%0d%0a`, token.toLowerCase()]) {
      const answer = await house.server.inject({
        method: "POST",
        url: `/p/${wrong}`,
        headers: FORM,
        payload: "act=stop",
        remoteAddress: `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
      });
      expect(answer.statusCode).toBe(404);
    }
    expect(await rowCounts(house)).toEqual(before);
  });

  it("A4: slows down who guesses, and never who has a right link", async () => {
    const { enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    const remoteAddress = "192.0.2.77";
    const codes: number[] = [];
    for (let guess = 0; guess < 140; guess++)
      codes.push((await house.server.inject({ url: `/u/guess-${guess}`, remoteAddress })).statusCode);
    expect(codes.slice(0, 100).every((code) => code === 404)).toBe(true);
    expect(codes.at(-1)).toBe(429);
    expect((await house.server.inject({ url: page, remoteAddress })).statusCode).toBe(200);
  });
});

describe("A2: the redirector", () => {
  it("leads to the stored address or nowhere, whatever the request carries", async () => {
    const { enrollment } = await enrolled(house);
    const { sendId } = await aMail(house, enrollment, "the-job");
    const stored = await house.parts.db.link.create({
      data: {
        workspaceId: house.workspaceId,
        versionId: enrollment.versionId,
        stepKey: "the-job",
        variant: "a",
        position: 41,
        url: "https://help.fernwick.test/guide",
      },
    });
    const right = `/c/${house.desk.links.sign("link", sendId, stored.position)}`;
    for (const trick of [
      "",
      "?url=//evil.test",
      "?url=%5C%5Cevil",
      "?%0d%0aLocation:%20//evil",
      "?next=@evil",
    ]) {
      const answer = await house.server.inject({ url: `${right}${trick}`, headers: { host: "evil.test" } });
      expect([answer.statusCode, answer.headers.location]).toEqual([302, "https://help.fernwick.test/guide"]);
    }
    const nowhere = `/c/${house.desk.links.sign("link", sendId, 42)}`;
    const unknown = await house.server.inject({ url: nowhere });
    expect([unknown.statusCode, unknown.headers.location]).toEqual([404, undefined]);
    const trap = await house.server.inject({ url: `/c/${house.desk.links.sign("link", sendId, 65_535)}` });
    expect([trap.statusCode, trap.body]).toEqual([404, unknown.body]);
  });
});

describe("A5: other people's things", () => {
  it("answers 404 for another workspace's ids on every route of the API and the pages", async () => {
    const other = await aWebHouse();
    try {
      const { enrollment, turnover, account, contact } = await enrolled(house);
      const { sendId } = await aMail(house, enrollment, "the-job", { status: "uncertain" });
      await postForm(house, `/p/${house.desk.links.sign("page", sendId)}`, "question", { text: "Ours?" });
      const question = await house.parts.db.question.findFirstOrThrow({
        where: { enrollmentId: enrollment.id },
      });
      // Both workspaces in one database: the stranger's token belongs to a second workspace.
      const stranger = await house.parts.db.workspace.create({
        data: { key: `stranger-${randomUUID()}`, name: "Stranger" },
      });
      const headers = await bearer({ ...house, workspaceId: stranger.id });
      const reads = [
        `accounts/${account.id}`,
        `contacts/${contact.id}`,
        `cases/${turnover.id}`,
        `enrollments/${enrollment.id}`,
        `enrollments/${enrollment.id}/readiness`,
        `enrollments/${enrollment.id}/readiness/explanation`,
        `enrollments/${enrollment.id}/events`,
        `enrollments/${enrollment.id}/tasks`,
        `sequences/internal`,
        `preview?caseId=${turnover.id}&contactId=${contact.id}`,
      ];
      const writes: [string, object][] = [
        [`cases/${turnover.id}/close`, { outcome: "dismissed" }],
        [`enrollments/${enrollment.id}/pause`, { reason: "x" }],
        [`enrollments/${enrollment.id}/resume`, {}],
        [`enrollments/${enrollment.id}/withdraw`, { reason: "x" }],
        [`enrollments/${enrollment.id}/pace`, { pace: "slow" }],
        [`enrollments/${enrollment.id}/meetings`, { slotAt: "2026-03-10T09:00:00Z" }],
        [`enrollments/${enrollment.id}/tasks/own-setup/verify`, {}],
        [`questions/${question.id}/answer`, { answer: "x" }],
        [`enrollments`, { caseId: turnover.id, contactId: contact.id }],
      ];
      for (const path of reads) {
        const answer = await house.server.inject({ url: `/api/v1/${path}`, headers });
        expect([path, answer.statusCode]).toEqual([path, 404]);
      }
      for (const [path, payload] of writes) {
        const answer = await house.server.inject({
          method: "POST",
          url: `/api/v1/${path}`,
          headers,
          payload,
        });
        expect([path, answer.statusCode]).toEqual([path, 404]);
      }
      const again = await house.server.inject({
        method: "POST",
        url: `/api/v1/sends/${sendId}/send-again`,
        headers,
      });
      expect(again.statusCode).toBe(404);
      // And nothing of the first workspace is in the stranger's lists.
      for (const list of ["accounts", "contacts", "cases", "enrollments", "sends", "questions", "signals"]) {
        const answer = await house.server.inject({ url: `/api/v1/${list}`, headers });
        expect(answer.json().items).toEqual([]);
      }
      const session = await signIn(other);
      const page = await other.server.inject({
        url: `/cases/${turnover.id}`,
        headers: { cookie: session.cookie },
      });
      expect(page.statusCode).toBe(404);
    } finally {
      await other.close();
    }
  });
});

describe("A16: forms and bodies from elsewhere", () => {
  it("refuses a form of another origin, of a sibling domain, without origin, and without the token", async () => {
    const { enrollment, turnover } = await enrolled(house);
    const { cookie, csrf } = await signIn(house);
    const url = `/enrollments/${enrollment.id}/pause`;
    const post = (headers: Record<string, string>, payload: string) =>
      house.server.inject({ method: "POST", url, headers: { ...FORM, cookie, ...headers }, payload });
    const good = `csrf=${csrf}&back=/`;
    for (const origin of ["https://evil.test", "https://app.baton.test", "http://baton.test", "null"])
      expect((await post({ origin }, good)).statusCode).toBe(403);
    expect((await post({}, good)).statusCode).toBe(403);
    expect((await post({ origin: house.parts.baseUrl }, "back=/")).statusCode).toBe(403);
    expect((await post({ origin: house.parts.baseUrl }, "csrf=wrong&back=/")).statusCode).toBe(403);
    const row = () => house.parts.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect((await row()).status).toBe("active");
    const right = await post({ origin: house.parts.baseUrl }, `csrf=${csrf}&back=/cases/${turnover.id}`);
    expect([right.statusCode, right.headers.location]).toEqual([303, `/cases/${turnover.id}?said=paused`]);
    expect((await row()).status).toBe("paused");
  });

  it("goes back only to its own paths", async () => {
    const { enrollment } = await enrolled(house);
    const { csrf, headers } = await signIn(house);
    for (const back of ["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)"]) {
      const payload = new URLSearchParams({ csrf, back, pace: "slow" }).toString();
      const url = `/enrollments/${enrollment.id}/pace`;
      const answer = await house.server.inject({ method: "POST", url, headers, payload });
      expect(answer.headers.location).toBe("/?said=pace");
    }
  });

  it("takes exactly JSON on the API and exactly forms on the pages", async () => {
    const auth = await bearer(house);
    const { page } = await (async () => aMail(house, (await enrolled(house)).enrollment, "the-job"))();
    const types = [
      "text/plain",
      "application/json\t",
      "application/json ;charset=utf-16",
      "application/jsonx",
      "text/plain;application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ];
    for (const type of types) {
      const headers = { ...auth, "content-type": type };
      const answer = await house.server.inject({
        method: "POST",
        url: "/api/v1/cases",
        headers,
        payload: "{}",
      });
      expect([type, answer.statusCode]).toEqual([type, 415]);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"]) {
      const headers = { "content-type": type };
      const answer = await house.server.inject({ method: "POST", url: page, headers, payload: "{}" });
      expect([type, answer.statusCode]).toEqual([type, 415]);
    }
  });
});

describe("A17: forwarded headers of strangers", () => {
  it("builds no link and no redirect from Host or X-Forwarded-*", async () => {
    const { enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    const headers = {
      host: "evil.test",
      "x-forwarded-host": "evil.test",
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "http",
    };
    const shown = await house.server.inject({ url: page, headers });
    expect(shown.body).not.toContain("evil.test");
    const spec = await house.server.inject({ url: "/api/openapi.json", headers });
    expect(spec.body).not.toContain("evil.test");
  });
});

describe("A7: line breaks in what people type", () => {
  it("keeps them out of every header of the answer", async () => {
    const { enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    const answer = await postForm(house, page, "question", {
      text: "a\r\nSet-Cookie: x=1",
      form: "q\r\nX-Evil: 1",
    });
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.headers["x-evil"]).toBeUndefined();
    expect(String(answer.headers.location)).not.toMatch(/[\r\n]/);
  });
});

describe("signing in", () => {
  it("A12, A14: opening a link signs nobody in; of sixteen posts one gets the session", async () => {
    const { issueSignInLink } = await import("../../../src/operations/issue-sign-in-link.ts");
    const { url } = await issueSignInLink(house.parts, {
      workspaceId: house.workspaceId,
      email: house.csm.email,
      byMail: false,
    });
    const path = new URL(url ?? "").pathname;
    const before = await house.parts.db.session.count();
    for (let time = 0; time < 20; time++) await house.server.inject({ url: path });
    await house.server.inject({ method: "HEAD", url: path });
    expect(await house.parts.db.session.count()).toBe(before);
    const headers = { ...FORM, origin: house.parts.baseUrl };
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        house.server.inject({ method: "POST", url: path, headers, payload: "" }),
      ),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 303).length).toBe(1);
    expect(await house.parts.db.session.count()).toBe(before + 1);
    const cookie = String(answers.find(({ statusCode }) => statusCode === 303)?.headers["set-cookie"]);
    expect(cookie).toMatch(/^__Host-baton=.*HttpOnly.*Secure.*SameSite=Lax/i);
  });

  it("A14: a mailed link signs in the browser that asked for it and no other", async () => {
    const { signInAddress } = await import("../../../src/operations/issue-sign-in-link.ts");
    const headers = { ...FORM, origin: house.parts.baseUrl };
    const asked = await house.server.inject({
      method: "POST",
      url: "/sign-in",
      headers,
      payload: new URLSearchParams({ email: house.csm.email }).toString(),
    });
    const cookie = String(asked.headers["set-cookie"]).split(";")[0] ?? "";
    const token = await vi.waitFor(() =>
      house.parts.db.signInToken.findFirstOrThrow({ where: { browserHash: { not: null } } }),
    );
    const use = (more: Record<string, string>) =>
      house.server.inject({
        method: "POST",
        url: new URL(signInAddress(house.parts, token.id)).pathname,
        headers: { ...headers, ...more },
        payload: "",
      });
    expect((await use({})).statusCode).toBe(410);
    expect((await use({ cookie: "__Host-baton-asked=somebody-else" })).statusCode).toBe(410);
    expect((await use({ cookie })).statusCode).toBe(303);
  });

  it("A15: signing out everywhere ends every session of this person at once", async () => {
    const [here, there] = [await signIn(house), await signIn(house)];
    const answer = await house.server.inject({
      method: "POST",
      url: "/sign-out",
      headers: here.headers,
      payload: new URLSearchParams({ csrf: here.csrf, everywhere: "yes" }).toString(),
    });
    expect(answer.statusCode).toBe(303);
    for (const { cookie } of [here, there])
      expect((await house.server.inject({ url: "/cases", headers: { cookie } })).statusCode).toBe(401);
  });

  it("A13: answers the same for known and unknown addresses", async () => {
    const ask = (email: string) =>
      house.server.inject({
        method: "POST",
        url: "/sign-in",
        headers: { ...FORM, origin: house.parts.baseUrl },
        payload: new URLSearchParams({ email }).toString(),
      });
    const [known, unknown] = [await ask(house.csm.email), await ask("nobody@nowhere.test")];
    expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body]);
  });

  it("shows no page of the app without a session, and ends it on signing out", async () => {
    for (const url of ["/cases", "/accounts", "/enroll", "/sequences", `/cases/${randomUUID()}`])
      expect((await house.server.inject({ url })).statusCode).toBe(401);
    const { cookie, csrf, headers } = await signIn(house);
    expect((await house.server.inject({ url: "/cases", headers: { cookie } })).statusCode).toBe(200);
    await house.server.inject({ method: "POST", url: "/sign-out", headers, payload: `csrf=${csrf}` });
    expect((await house.server.inject({ url: "/cases", headers: { cookie } })).statusCode).toBe(401);
  });
});
