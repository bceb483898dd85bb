import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { galleryMails } from "../../../src/lab/mail-gallery.ts";

const mails = await galleryMails(join(import.meta.dirname, "../../../sequences"));

const hrefs = (html: string) =>
  [
    ...new Set(
      [...html.matchAll(/href="([^"]*)"/g)].map((match) => (match[1] ?? "").replaceAll("&amp;", "&")),
    ),
  ].sort();
const urls = (text: string) =>
  [...new Set([...text.matchAll(/https?:\/\/[^\s)]+/g)].map((match) => match[0]))].sort();

describe("every mail of the shipped programs", () => {
  it("is there", () => {
    expect(mails.length).toBeGreaterThan(30);
  });

  it.each(mails.map((mail) => [mail.name, mail] as const))(
    "%s has the same links in both parts, no empty value, and room to spare",
    (_, mail) => {
      const { html, text, subject, htmlBytes, warnings } = mail.rendered;
      expect(urls(text)).toEqual(hrefs(html));
      expect(urls(text)).toContainEqual(expect.stringContaining("/u/"));
      expect(warnings).toEqual([]);
      expect(htmlBytes).toBeLessThan(25 * 1024);
      expect(`${subject}${html}${text}`).not.toMatch(/\{\{|\}\}|undefined|\[\[|\[object/);
      expect(text.split("\n").filter((line) => line.length > 72 && !line.includes("https://"))).toEqual([]);
      expect(html.match(/class="act"/g)).toHaveLength(1);
    },
  );
});
