import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHeader, escapeHtml, escapeText, escapeUrl } from "../../../../src/domain/sequences/escape.ts";
import {
  fillText,
  type MergeValues,
  mergeText,
  parseMergeText,
} from "../../../../src/domain/sequences/merge-fields.ts";

const values: MergeValues = {
  "contact.firstName": "Imani",
  "contact.name": "Imani Okafor",
  "account.name": "Brightmoor & Sons",
  "product.name": "Fernwick Insight",
  "workspace.name": "Fernwick Software",
  "csm.name": "Dana Whitlock",
  "csm.firstName": "Dana",
  "sponsor.firstName": "",
};
const same = (value: string): string => value;

describe("merge fields", () => {
  it("parses text into fixed parts and fields", () => {
    expect(parseMergeText('Hi {{ contact.firstName }}, ask {{sponsor.firstName | "your sponsor"}}.')).toEqual(
      {
        parts: [
          { text: "Hi " },
          { field: "contact.firstName", fallback: null },
          { text: ", ask " },
          { field: "sponsor.firstName", fallback: "your sponsor" },
          { text: "." },
        ],
        faults: [],
      },
    );
  });

  it("uses the fallback where a value is absent, empty or null", () => {
    const text = mergeText('{{sponsor.firstName | "your sponsor"}} and {{predecessor.name | "your team"}}');
    expect(fillText(text, { ...values, "predecessor.name": null }, same)).toBe("your sponsor and your team");
  });

  it("refuses a field that can be empty and has no fallback", () => {
    expect(parseMergeText("Ask {{sponsor.firstName}}").faults).toEqual([
      {
        message: 'The merge field "sponsor.firstName" can be empty and has no fallback.',
        remedy: 'Write {{sponsor.firstName | "words that read well without it"}}.',
      },
    ]);
  });

  it("suggests the field that was meant", () => {
    expect(parseMergeText("{{contact.firstname}}").faults[0]?.remedy).toContain(
      'Did you mean "contact.firstName"?',
    );
  });

  it.each([
    "{{",
    "{{}}",
    "{{contact.firstName",
    "{{sponsor.firstName | unquoted}}",
    "{{#each x}}",
    "{{constructor}}",
    "{{__proto__}}",
  ])("knows no other syntax: %s", (source) => {
    expect(parseMergeText(source).faults).toHaveLength(1);
    expect(() => mergeText(source)).toThrow();
  });

  it("escapes the value and the fallback, and leaves the author's text alone", () => {
    const text = mergeText('<b>{{account.name}}</b> {{sponsor.firstName | "R&D"}}');
    expect(fillText(text, values, escapeHtml)).toBe("<b>Brightmoor &amp; Sons</b> R&amp;D");
  });

  it("does not read merge fields inside a value", () => {
    const sly = { ...values, "contact.firstName": "{{account.name}}" };
    expect(fillText(mergeText("{{contact.firstName}}"), sly, same)).toBe("{{account.name}}");
  });
});

describe("escaping for the place where a value stands", () => {
  it("lets no header value begin a second header", () => {
    const nasty = "Imani\r\nBcc: all@example.org\u0000\u2028X\u2029Y\u0085Z";
    expect(escapeHeader(nasty)).toBe("Imani Bcc: all@example.org X Y Z");
  });

  it("keeps a value on one line of the text part", () => {
    expect(escapeText("one\n\n> two\u0007")).toBe("one > two");
  });

  it("removes marks that turn the reading direction round", () => {
    expect(escapeHtml("a\u202Egpj.exe")).toBe("agpj.exe");
    expect(escapeHeader("a\u202Egpj.exe")).toBe("agpj.exe");
  });

  it("survives half a character in a URL", () => {
    expect(escapeUrl("a\uD800b c'(x)")).toBe("a%EF%BF%BDb%20c%27%28x%29");
  });

  it("holds for any value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const controls = /[\p{Cc}\u2028\u2029]/u;
        if (/[<>"']/.test(escapeHtml(value))) throw new Error("a value can leave its HTML place");
        if (controls.test(escapeHeader(value)) || controls.test(escapeText(value)))
          throw new Error("a control is left");
        if (!/^[A-Za-z0-9\-_.~%]*$/.test(escapeUrl(value))) throw new Error("a URL character is left");
      }),
    );
    expect(escapeUrl("&=#?/")).toBe("%26%3D%23%3F%2F");
  });
});
