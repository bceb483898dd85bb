import fc from "fast-check";
import MailComposer from "nodemailer/lib/mail-composer";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import type { HtmlPiece } from "../../../../src/domain/sending/outcome.ts";
import { messageSource } from "../../../../src/drivers/mail/message-source.ts";

const compiled = (subject = "A plan for your first weeks") =>
  new MailComposer({
    to: "jonas@halden.example",
    subject,
    messageId: "<one@fernwick.example>",
    date: new Date("2026-11-02T08:00:00Z"),
    baseBoundary: "abc",
  }).compile();

const words = fc
  .array(fc.constantFrom("a", "=", " ", "\n", ".", "é", "日", "<p>", "word "), { maxLength: 80 })
  .map((letters) => letters.join(""));
const cut: fc.Arbitrary<HtmlPiece[]> = fc.array(
  fc.oneof(
    words,
    words.map((fixed) => ({ fixed })),
  ),
  { maxLength: 12 },
);
const joined = (pieces: readonly HtmlPiece[]): string =>
  pieces.map((piece) => (typeof piece === "string" ? piece : piece.fixed)).join("");

describe("the source of a mail", () => {
  it("says the same whether its HTML comes whole or in pieces, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(cut, async (htmlPieces) => {
        const html = `<p>.${joined(htmlPieces)}</p>`;
        const given = { text: "Hello.\n", html, htmlPieces: ["<p>.", ...htmlPieces, "</p>"] };
        const [whole, cutUp] = await Promise.all(
          [{ text: given.text, html }, given].map((parts) =>
            PostalMime.parse(messageSource(compiled(), parts)),
          ),
        );
        expect(cutUp?.html?.trimEnd()).toBe(html);
        expect(cutUp?.html).toBe(whole?.html);
        expect(cutUp?.text).toBe(whole?.text);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps what it made of fixed text, and writes the next mail the same", () => {
    const fixed = { fixed: "<p>The same for all.</p>" };
    const [first, second] = ["Imani", "Noa"].map((name) =>
      messageSource(compiled(), { text: name, html: "", htmlPieces: [fixed, name] }).toString("latin1"),
    );
    expect(first?.replaceAll("Imani", "Noa")).toBe(second);
  });

  it("has CRLF for every line's end and no line that begins with a dot", () => {
    fc.assert(
      fc.property(cut, words, (htmlPieces, text) => {
        const source = messageSource(compiled(), { text, html: joined(htmlPieces), htmlPieces });
        expect(source.toString("latin1").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        expect(source.toString("latin1")).not.toMatch(/^\./m);
        expect(source.subarray(-2).toString()).toBe("\r\n");
      }),
    );
  });

  it("is refused when a header holds a line break of its own", () => {
    const message = compiled();
    message.setHeader("X-Odd", { prepared: true, foldLines: false, value: "one\ntwo" } as never);
    expect(() => messageSource(message, { text: "", html: "" })).toThrow("A header holds a line break");
  });
});
