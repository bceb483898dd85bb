import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, readName } from "../../../../src/domain/sending/addresses.ts";

const refused = (input: string) => {
  const read = readAddress(input);
  return read.ok ? read.address : read.problem.code;
};

describe("one mail address or a reason", () => {
  it("takes plain addresses and normalises the domain only", () => {
    expect(readAddress(" Jonas.Lie+work@Halden-Outdoor.Example ")).toEqual({
      ok: true,
      address: "Jonas.Lie+work@halden-outdoor.example",
      domain: "halden-outdoor.example",
    });
    expect(readAddress("o'neil@münchen.example")).toMatchObject({ address: "o'neil@xn--mnchen-3ya.example" });
  });

  it.each([
    ["", "address-empty"],
    ["   ", "address-empty"],
    ['"a@evil.example"@b.example', "address-form"],
    ['"a b"@b.example', "address-form"],
    ["a(comment)@b.example", "address-form"],
    ["a@b.example(comment)", "address-domain"],
    ["team: a@b.example, c@d.example;", "address-form"],
    ["a@b.example,c@d.example", "address-form"],
    ["a@b.example;c@d.example", "address-form"],
    ["Jonas <a@b.example>", "address-form"],
    ["a@b@c.example", "address-form"],
    ["a@b>,<evil@y.example", "address-form"],
    ["a@b.example\r\nRCPT TO:<evil@y.example>", "address-control"],
    ["a@b.example\n", "address-control"],
    ["a\u2028@b.example", "address-control"],
    ["a\0@b.example", "address-control"],
    ["a\u200b@b.example", "address-control"],
    [".a@b.example", "address-form"],
    ["a..b@b.example", "address-form"],
    ["ä@b.example", "address-form"],
    ["a@localhost", "address-domain"],
    ["a@[127.0.0.1]", "address-domain"],
    ["a@127.0.0.1", "address-domain"],
    ["a@-b.example", "address-domain"],
    ["a@b..example", "address-domain"],
    ["a@b.example.", "address-domain"],
    [`${"a".repeat(65)}@b.example`, "address-too-long"],
    [
      `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(20)}.example`,
      "address-too-long",
    ],
  ])("refuses %j (A7, A8)", (input, code) => {
    expect(refused(input)).toBe(code);
  });

  it("says what to do about it", () => {
    const read = readAddress("a@b.example, c@d.example");
    expect(read).toMatchObject({
      ok: false,
      problem: { remedy: expect.stringContaining("exactly one plain address") },
    });
  });

  it("answers hostile nesting and long input in well under 50 ms (A8)", () => {
    const hostile = [
      `${"(".repeat(10_000)}a${")".repeat(10_000)}@b.example`,
      `a@${"b.".repeat(10_000)}example`,
      `${"a.".repeat(10_000)}@b.example`,
      `${" ".repeat(100_000)}a@b.example`,
      `${"<".repeat(10_000)}a@b.example${">".repeat(10_000)}`,
      `a@${"-".repeat(10_000)}`,
    ];
    for (const input of hostile) {
      const started = performance.now();
      readAddress(input);
      expect(performance.now() - started).toBeLessThan(50);
    }
  });

  it("never lets more than one recipient or a line break through, in 10,000 cases", () => {
    const spice = fc.constantFrom(
      "@",
      ",",
      ";",
      "<",
      ">",
      '"',
      "\r\n",
      "\u2028",
      "\0",
      "(",
      ")",
      " ",
      ":",
      "RCPT TO:",
      "evil@y.example",
      "\\",
      "a",
      ".",
    );
    const input = fc.array(fc.oneof(spice, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 });
    fc.assert(
      fc.property(input, (parts) => {
        const read = readAddress(`a${parts.join("")}@halden.example`);
        if (!read.ok) return;
        expect(read.address.split("@")).toHaveLength(2);
        expect(read.address).toMatch(/^[\x21-\x7e]+$/);
        expect(read.address).not.toMatch(/[,;:<>()"\\[\] ]/);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("names in headers", () => {
  it("keeps a name on one line and readable", () => {
    expect(readName("  Jonas\r\nBcc: x@y.example ")).toBe("Jonas Bcc: x@y.example");
    expect(readName("a\u202egnp.exe")).toBe("a gnp.exe");
    expect(readName("عبد\u200dالله")).toBe("عبد\u200dالله");
  });
});
