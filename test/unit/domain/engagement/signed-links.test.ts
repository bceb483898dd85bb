import { describe, expect, it } from "vitest";
import { LINK_PURPOSES, makeLinks } from "../../../../src/domain/engagement/signed-links.ts";

const now = () => new Date("2026-03-30T14:00:00Z");
const old = { kid: "a1", secret: "an old secret that is long enough to use" };
const fresh = { kid: "b2", secret: "a new secret that is long enough to use!" };
const links = makeLinks([fresh, old], now);
const subject = (number: number) => `0192f3a4-5b6c-7d8e-9f00-${number.toString(16).padStart(12, "0")}`;
const tokens = Array.from({ length: 200 }, (_, number) => links.sign("link", subject(number), number));
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

describe("signed links (trust.md 3)", () => {
  it("reads back the subject, the position and the day of issue", () => {
    const token = links.sign("page", subject(7), 65_535);
    expect(links.read("page", token)).toEqual({
      subject: subject(7),
      position: 65_535,
      issuedAt: new Date("2026-03-30T00:00:00Z"),
    });
    expect(token).toMatch(/^[A-Za-z0-9_.-]{1,89}$/);
  });

  it("refuses every token with one character changed, wherever it is (A1)", () => {
    const accepted = tokens.flatMap((token) =>
      [...token].flatMap((character, place) => {
        const other = character === "A" ? "B" : "A";
        const forged = token.slice(0, place) + other + token.slice(place + 1);
        return links.read("link", forged) === null ? [] : [forged];
      }),
    );
    expect(accepted).toEqual([]);
  });

  it("refuses the other spellings of the same bytes: base64url has spare bits (A1)", () => {
    const [kid = "", payload = "", mac = ""] = (tokens[3] ?? "").split(".");
    const bytes = Buffer.from(payload, "base64url");
    const twins = [...ALPHABET]
      .map((last) => payload.slice(0, -1) + last)
      .filter((spelling) => spelling !== payload && Buffer.from(spelling, "base64url").equals(bytes));
    expect(twins.length).toBeGreaterThan(0);
    for (const twin of twins) expect(links.read("link", `${kid}.${twin}.${mac}`)).toBeNull();
    for (const padded of [`${kid}.${payload}=.${mac}`, ` ${tokens[3]}`, `${tokens[3]}\n`, `${tokens[3]}=`])
      expect(links.read("link", padded)).toBeNull();
  });

  it("keeps purposes apart (A1)", () => {
    for (const purpose of LINK_PURPOSES)
      for (const other of LINK_PURPOSES)
        expect(links.read(other, links.sign(purpose, subject(1))) === null).toBe(purpose !== other);
  });

  it("answers null to anything else, and never throws (A4)", () => {
    const junk = [
      "",
      ".",
      "..",
      "b2..",
      "b2.a.b",
      "\u0000",
      "é".repeat(40),
      "x".repeat(100_000),
      `zz.${"A".repeat(30)}.${"A".repeat(24)}`,
    ];
    expect(junk.map((token) => links.read("page", token))).toEqual(junk.map(() => null));
  });

  it("reads links of the secret before last month's, and signs with the new one", () => {
    const before = makeLinks([old], now).sign("page", subject(2));
    expect(links.read("page", before)?.subject).toBe(subject(2));
    expect(links.sign("page", subject(2))).toMatch(/^b2\./);
    expect(makeLinks([fresh], now).read("page", before)).toBeNull();
  });

  it("cannot be talked into another secret by naming it", () => {
    const [, payload, mac] = makeLinks([old], now).sign("page", subject(2)).split(".");
    expect(links.read("page", `b2.${payload}.${mac}`)).toBeNull();
  });

  it("says what is wrong with a secret, a subject or a position", () => {
    expect(() => makeLinks([], now)).toThrow("BATON_SECRET");
    expect(() => makeLinks([{ kid: "a", secret: "short" }], now)).toThrow("at least 32 characters");
    expect(() => makeLinks([{ ...old, kid: "a.b" }], now)).toThrow("1–8 letters or digits");
    expect(() => makeLinks([old, old], now)).toThrow("share a kid");
    expect(() => links.sign("page", "not-a-uuid")).toThrow("UUID");
    expect(() => links.sign("page", subject(1), 65_536)).toThrow("0–65535");
  });
});
