import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changeUser } from "../../../src/operations/change-user.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, bearer, FORM, signIn, type WebHouse } from "../../support/web-house.ts";

// The door: what a peer may try how often, what the answers carry, and how a session ends (trust.md 6).
let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

let peers = 0;
const aPeer = () => `198.51.100.${++peers}`;

function askForLink(
  at: WebHouse,
  email: string,
  remoteAddress: string,
  headers: Readonly<Record<string, string>> = {},
) {
  return at.server.inject({
    method: "POST",
    url: "/sign-in",
    remoteAddress,
    headers: { ...FORM, origin: at.parts.baseUrl, ...headers },
    payload: new URLSearchParams({ email }).toString(),
  });
}

describe("asking for a sign-in link", () => {
  it("A13: is answered before the link is made, and the link is made all the same", async () => {
    const { db } = house.parts;
    let release = () => undefined as unknown;
    const locked = new Promise<void>((resolve) => {
      void db.$transaction(
        async (tx) => {
          await tx.$executeRaw`lock table sign_in_token in access exclusive mode`;
          resolve();
          await new Promise((done) => {
            release = () => done(undefined);
          });
        },
        { timeout: 20_000 },
      );
    });
    await locked;
    const answer = await askForLink(house, house.csm.email, aPeer());
    expect(answer.statusCode).toBe(200);
    release();
    await vi.waitFor(async () => expect(await db.signInToken.count()).toBe(1));
  });

  it("is refused after five for one address and twenty from one peer in a quarter of an hour", async () => {
    const email = `${randomUUID()}@x.test`;
    const codes: number[] = [];
    for (let time = 0; time < 6; time++) codes.push((await askForLink(house, email, aPeer())).statusCode);
    expect(codes).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await askForLink(house, email.toUpperCase(), aPeer())).statusCode).toBe(429);
    const peer = aPeer();
    const more: number[] = [];
    for (let time = 0; time < 21; time++)
      more.push((await askForLink(house, `${randomUUID()}@x.test`, peer)).statusCode);
    expect(more).toEqual([...Array<number>(20).fill(200), 429]);
  });

  it("A17: a stranger's X-Forwarded-For gives no second try; a trusted proxy's names the peer", async () => {
    const proxied = await aWebHouse({ trustedProxies: ["203.0.113.1"] });
    try {
      const from = async (at: WebHouse, remoteAddress: string) => {
        const codes: number[] = [];
        for (let n = 0; n < 22; n++) {
          const headers = { "x-forwarded-for": `192.0.2.${n}` };
          codes.push((await askForLink(at, `${randomUUID()}@x.test`, remoteAddress, headers)).statusCode);
        }
        return codes.at(-1);
      };
      expect(await from(house, aPeer())).toBe(429);
      expect(await from(proxied, "203.0.113.2")).toBe(429);
      expect(await from(proxied, "203.0.113.1")).toBe(200);
    } finally {
      await proxied.close();
    }
  });
});

describe("guessing", () => {
  const LIMIT = 120;

  it("A4: is slowed down by HEAD as by GET, on sign-in links, and on the API without a living token", async () => {
    const csrf = { ...FORM, origin: house.parts.baseUrl };
    for (const guess of [
      { method: "HEAD", url: "/u/guess" },
      { method: "HEAD", url: "/c/guess" },
      { method: "HEAD", url: "/p/guess" },
      { method: "POST", url: "/sign-in/guess", headers: csrf, payload: "" },
      { method: "GET", url: "/api/v1/accounts" },
      { method: "GET", url: "/api/v1/accounts", headers: { authorization: "Bearer x" } },
    ] as const) {
      const remoteAddress = aPeer();
      const codes: number[] = [];
      for (let n = 0; n < LIMIT + 1; n++) {
        // Another token each time must not count as another guesser.
        const headers =
          "headers" in guess && "authorization" in guess.headers
            ? { authorization: `Bearer guess-${n}` }
            : "headers" in guess
              ? guess.headers
              : {};
        codes.push((await house.server.inject({ ...guess, headers, remoteAddress })).statusCode);
      }
      expect([guess.url, codes[0] !== 429, codes[LIMIT - 1] !== 429, codes[LIMIT]]).toEqual([
        guess.url,
        true,
        true,
        429,
      ]);
      // Whoever comes from there with something right is served.
      const headers = await bearer(house);
      const right = await house.server.inject({ url: "/api/v1/accounts", headers, remoteAddress });
      expect(right.statusCode).toBe(200);
    }
  });

  it("A17: the hash of a visitor's address is the peer's, whatever a stranger forwards", async () => {
    const { enrollment } = await enrolled(house);
    const { page, sendId } = await aMail(house, enrollment, "the-job");
    const remoteAddress = aPeer();
    for (const forwarded of ["192.0.2.1", "192.0.2.2, 10.0.0.1"])
      await house.server.inject({ url: page, remoteAddress, headers: { "x-forwarded-for": forwarded } });
    await house.server.inject({ url: page, remoteAddress });
    await house.server.inject({ url: page, remoteAddress: aPeer() });
    const hits = await house.parts.db.hit.findMany({ where: { sendId } });
    expect(hits.length).toBe(4);
    expect(new Set(hits.map(({ ipHash }) => ipHash)).size).toBe(2);
  });
});

describe("every answer", () => {
  it("tells browsers and crawlers to guess, frame, keep and list nothing", async () => {
    const { cookie } = await signIn(house);
    const { enrollment } = await enrolled(house);
    const { page, unsubscribe } = await aMail(house, enrollment, "the-job");
    for (const url of ["/", "/sign-in", page, unsubscribe, "/nothing", "/api/v1/accounts", "/api/docs"]) {
      const { headers } = await house.server.inject({ url, headers: { cookie } });
      expect([url, headers]).toMatchObject([
        url,
        {
          "x-content-type-options": "nosniff",
          "x-frame-options": "DENY",
          "cache-control": "no-store",
          "x-robots-tag": "noindex, nofollow",
          "referrer-policy": "same-origin",
          "strict-transport-security": "max-age=31536000",
        },
      ]);
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("script-src 'self'");
      expect(policy).not.toContain("script-src 'unsafe-inline'");
    }
    const plain = await aWebHouse({ baseUrl: "http://127.0.0.1:3000" });
    const { headers } = await plain.server.inject({ url: "/sign-in" });
    expect(headers["strict-transport-security"]).toBeUndefined();
    await plain.close();
  });
});

describe("a session", () => {
  const opens = async (cookie: string) =>
    (await house.server.inject({ url: "/cases", headers: { cookie } })).statusCode;

  it("is taken out of the browser by signing out, by the attributes it was set with", async () => {
    const { csrf, headers } = await signIn(house);
    const answer = await house.server.inject({
      method: "POST",
      url: "/sign-out",
      headers,
      payload: `csrf=${csrf}`,
    });
    const [cookie = ""] = [answer.headers["set-cookie"]].flat();
    expect(cookie).toMatch(/^__Host-baton=;/);
    for (const part of [
      /Path=\//,
      /HttpOnly/,
      /Secure/,
      /SameSite=Lax/,
      /Max-Age=0|Expires=Thu, 01 Jan 1970/,
    ])
      expect(cookie).toMatch(part);
  });

  it("ends after 12 idle hours and after 7 days in all, used or not", async () => {
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const { db } = house.parts;
    const aged = async (made: number, seen: number) => {
      const { cookie } = await signIn(house);
      const { id } = await db.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
      await db.session.update({ where: { id }, data: { createdAt: ago(made), lastSeenAt: ago(seen) } });
      return opens(cookie);
    };
    expect(await aged(11.9, 11.9)).toBe(200);
    expect(await aged(13, 12.1)).toBe(401);
    expect(await aged(7 * 24 - 0.1, 0.1)).toBe(200);
    expect(await aged(7 * 24 + 0.1, 0)).toBe(401);
  });

  it("A15: ends within one request when role, address or status change, and its links with it", async () => {
    const { db } = house.parts;
    const { workspaceId } = house;
    const form = { name: "Rae Lindqvist", title: "", zone: "UTC", roles: ["csm"], status: "active" };
    for (const change of [{ roles: ["viewer"] }, { email: "other@x.test" }, { status: "left" }]) {
      const email = `${randomUUID()}@x.test`;
      const user = await db.user.create({ data: { workspaceId, name: form.name, email, roles: form.roles } });
      const { cookie } = await signIn(house, email);
      expect(await opens(cookie)).toBe(200);
      await askForLink(house, email, aPeer());
      const open = { userId: user.id, consumedAt: null };
      await vi.waitFor(async () => expect(await db.signInToken.count({ where: open })).toBe(1));
      const given = { ...form, email, ...change } as Parameters<typeof changeUser>[1]["form"];
      const changed = await changeUser(house.parts, {
        workspaceId,
        userId: user.id,
        form: given,
        actor: "cli",
      });
      expect([change, changed]).toMatchObject([change, { ok: true }]);
      expect([change, await opens(cookie)]).toEqual([change, 401]);
      expect(await db.signInToken.count({ where: open })).toBe(0);
      await db.user.delete({ where: { id: user.id } });
    }
  });
});
