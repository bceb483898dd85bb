import { describe, expect, it } from "vitest";
import { failedAuthentication } from "../../../../src/domain/inbound/authentication-results.ts";
import { authorOf } from "../../../../src/domain/inbound/author.ts";

describe("who wrote an answer", () => {
  it.each([
    ["imani@customer.test", "imani@customer.test", null, "contact"],
    ["IMANI+work@Customer.test", "imani@customer.test", null, "contact"],
    ["imani@customer.test", "imani+baton@customer.test", true, "contact"],
    ["imani@customer.test", "imani@customer.test", false, "forged"],
    ["imani@customer.test.evil.test", "imani@customer.test", true, "somebody-else"],
    ["huda@customer.test", "imani@customer.test", true, "somebody-else"],
    ['"imani@customer.test"@evil.test', "imani@customer.test", null, "somebody-else"],
    [null, "imani@customer.test", null, "somebody-else"],
    ["imani@customer.test", null, null, "somebody-else"],
  ])("%s for %s, checked %s: %s", (from, contact, authentic, author) => {
    expect(authorOf(from, contact, authentic)).toBe(author);
  });
});

describe("what the receiving server found out", () => {
  const found = (...lines: string[]) =>
    failedAuthentication(Buffer.from([...lines, "From: a@b.test", "", "body"].join("\r\n")));

  it("a failed check of the topmost server counts, also from its second field and over folded lines", () => {
    expect(
      found("Authentication-Results: mx.a.test;", "\tspf=fail; dmarc=fail (p=REJECT) header.from=b.test"),
    ).toBe(false);
    expect(
      found("Authentication-Results: mx.a.test; spf=pass", "Authentication-Results: mx.a.test; dmarc=fail"),
    ).toBe(false);
  });

  it("what a mail brought along from another server, a comment or its own text does not count", () => {
    expect(
      found("Authentication-Results: mx.a.test; dmarc=pass", "Authentication-Results: list.test; dmarc=fail"),
    ).toBeNull();
    expect(found("Authentication-Results: mx.a.test; dmarc=none (was dmarc=fail)")).toBeNull();
    expect(
      failedAuthentication(Buffer.from("From: a@b\r\n\r\nAuthentication-Results: x; dmarc=fail")),
    ).toBeNull();
    expect(found()).toBeNull();
  });
});
