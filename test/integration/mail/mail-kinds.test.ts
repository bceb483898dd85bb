import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mailKinds } from "../../../src/lab/mail-kinds.ts";

const SEQUENCES = join(import.meta.dirname, "../../../sequences");
const kinds = await mailKinds(SEQUENCES);

const hrefs = (html: string) =>
  [
    ...new Set([...html.matchAll(/href="([^"]*)"/g)].map(([, url = ""]) => url.replaceAll("&amp;", "&"))),
  ].sort();
const urls = (text: string) =>
  [...new Set([...text.matchAll(/https?:\/\/[^\s)]+/g)].map(([url]) => url))].sort();

/** 25 KB: a quarter of what Gmail shows before it cuts a mail off. */
const SIZE = 25 * 1024;

describe("every kind of mail", () => {
  it.each(kinds.map((kind) => [kind.name, kind] as const))(
    "%s has one button, needs no picture, and says the same in its text part",
    (_, { subject, html, text }) => {
      expect(html.match(/class="act"/g)).toHaveLength(1);
      expect(html).not.toMatch(/<img|background-image|url\(/i);
      expect(html).toMatch(/^<!doctype html/i);
      expect(html).toMatch(/<html[^>]* lang="en"/);
      expect(html).toContain('content="light dark"');
      // Tables are for layout, except a true one with headings.
      expect(html.match(/<table(?![^>]*(role="presentation"|class="pair"))/g)).toBeNull();
      expect(Buffer.byteLength(html)).toBeLessThan(SIZE);
      // Gmail drops a style element above 8,192 characters, and one with a selector it does not know.
      const styles = [...html.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, css = ""]) => css);
      expect(Math.max(...styles.map((css) => css.length))).toBeLessThan(8192);
      const marked = styles.filter((css) => css.includes("[data-ogs"));
      expect(marked).toHaveLength(1);
      expect(marked[0]).not.toContain("@media");
      expect(urls(text)).toEqual(hrefs(html));
      expect(text).not.toMatch(/<\/?[a-z][^>]*>|&[a-z]+;|\{\{|\[\[|undefined|\*\*/i);
      expect(text.split("\n").filter((line) => line.length > 72 && !/^https:\/\/\S+$/.test(line))).toEqual(
        [],
      );
      // What an address is for stands on the line before it.
      for (const [index, line] of text.split("\n").entries()) {
        if (line.startsWith("https://")) expect(text.split("\n")[index - 1]).toMatch(/\S/);
      }
      expect(subject.length).toBeGreaterThan(0);
    },
  );

  it("keeps what a sponsor reads under 150 words", () => {
    const sponsors = kinds.filter(({ name }) => name.startsWith("sponsor-"));
    expect(sponsors.length).toBeGreaterThan(2);
    for (const { text } of sponsors) {
      const letter = text.slice(0, text.indexOf("\n-- \n")).replace(/https:\/\/\S+/g, "");
      expect(letter.split(/\s+/).filter((word) => /\w/.test(word)).length).toBeLessThanOrEqual(150);
    }
  });

  it("shows a contact where in the course the mail stands, and a sponsor nothing of the kind", () => {
    const find = (name: string) => kinds.find((kind) => kind.name === name);
    expect(find("contact-middle")?.text).toMatch(/^Mail 5 of 10 · about 20 minutes\n/);
    expect(find("contact-middle")?.html.match(/class="on"/g)).toHaveLength(5);
    expect(find("contact-middle")?.html.match(/class="off"/g)).toHaveLength(5);
    expect(find("contact-extra")?.text).toMatch(/^An extra, for you · about \d+ minutes\n/);
    expect(find("sponsor-first")?.html).not.toContain('class="on"');
  });
});
