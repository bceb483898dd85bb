import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotedPrintable } from "../../../../src/drivers/mail/quoted-printable.ts";

/** RFC 2045 6.7, read backwards. */
function decode(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

const text = fc.array(fc.constantFrom("a", "=", " ", "\t", "\n", ".", "é", "日", "😀", "word "), {
  maxLength: 400,
});

describe("quoted-printable", () => {
  it("gives back every text, with line breaks as CRLF", () => {
    fc.assert(
      fc.property(text, (pieces) => {
        const given = pieces.join("");
        expect(decode(quotedPrintable(given).toString("latin1"))).toBe(given.replaceAll("\n", "\r\n"));
      }),
    );
  });

  it("writes lines of at most 76 plain characters that end in no blank", () => {
    fc.assert(
      fc.property(text, (pieces) => {
        for (const line of quotedPrintable(pieces.join("")).toString("latin1").split("\r\n")) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^[\t\x20-\x7e]*$/);
          expect(line).not.toMatch(/[ \t]$/);
        }
      }),
    );
  });

  it("begins no line with a dot, which SMTP would have to double on its way", () => {
    expect(quotedPrintable(".a\n..b.\n").toString("latin1")).toBe("=2Ea\r\n=2E.b.\r\n");
    fc.assert(
      fc.property(text, (pieces) => {
        expect(quotedPrintable(pieces.join("")).toString("latin1")).not.toMatch(/^\./m);
      }),
    );
  });

  it("encodes a lone CR and keeps CRLF", () => {
    expect(quotedPrintable("a\r\nb\rc = d \n").toString("latin1")).toBe("a\r\nb=0Dc =3D d=20\r\n");
  });
});
