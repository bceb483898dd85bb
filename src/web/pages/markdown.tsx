import { Marked } from "marked";
import { lex } from "../../domain/sequences/lex.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);

/**
 * Authored text with people's names filled in. Raw HTML stays text, a link leads to http(s), mailto
 * or a place on this page, pictures are named instead of fetched: a name cannot become markup (trust.md A6).
 */
const markdown = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      return /^(https?:\/\/|mailto:|#|\/p\/)/i.test(href)
        ? `<a href="${escapeHtml(href)}">${inner}</a>`
        : inner;
    },
  },
});

export function Markdown({ text }: { text: string }) {
  const html = markdown.parser(lex(text));
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the renderer above escapes all raw HTML
  return <div className="text" dangerouslySetInnerHTML={{ __html: html }} />;
}
