import type { Token } from "marked";
import { escapeHtml } from "../../domain/sequences/escape.ts";
import { lex } from "../../domain/sequences/lex.ts";
import { mergeText } from "../../domain/sequences/merge-fields.ts";
import type { SlotBook } from "./slots.ts";

/**
 * One paragraph of the text part. `first` stands before its first line, `indent` before the
 * others. A `tight` one follows its neighbour without an empty line.
 */
export interface Paragraph {
  readonly text: string;
  readonly tight?: boolean;
  readonly first?: string;
  readonly indent?: string;
}

export interface Authored {
  /** Safe HTML with tokens of the book. */
  readonly html: string;
  readonly text: readonly Paragraph[];
}

/** Gives an outside address its place in the mail: a bare address, or a token of the redirect. */
export type LinkOutside = (url: string) => string;

/**
 * What authors may write: paragraphs, bold, italic, lists and http(s) links. Everything else,
 * raw HTML included, comes out as the letters that were typed.
 */
export function markdown(source: string, book: SlotBook, linkOutside: LinkOutside): Authored {
  const tokens = lex(withTokens(source, book));
  const writer = new Writer(book, linkOutside);
  const html = tokens.map((token) => writer.block(token)).join("");
  return { html, text: writer.paragraphs };
}

/** A single line of authored text: merge fields, nothing else. */
export function line(source: string, book: SlotBook): { html: string; text: string } {
  const withFields = withTokens(source.replace(/\s+/g, " ").trim(), book);
  return { html: escapeHtml(withFields), text: book.fieldsAs(withFields, "text") };
}

function withTokens(source: string, book: SlotBook): string {
  return mergeText(source)
    .map((part) => ("text" in part ? part.text : book.part(part, "html")))
    .join("");
}

class Writer {
  readonly paragraphs: Paragraph[] = [];
  readonly #book: SlotBook;
  readonly #linkOutside: LinkOutside;

  constructor(book: SlotBook, linkOutside: LinkOutside) {
    this.#book = book;
    this.#linkOutside = linkOutside;
  }

  block(token: Token): string {
    switch (token.type) {
      case "space":
      case "def":
        return "";
      case "heading":
        return this.#paragraph(`<strong>${this.#inline(token)}</strong>`, this.#plain(token));
      case "blockquote":
        return (token.tokens ?? []).map((inner) => this.block(inner)).join("");
      case "list":
        return this.#list(token);
      case "paragraph":
      case "text":
        return this.#paragraph(this.#inline(token), this.#plain(token));
      case "hr":
        return this.#paragraph("* * *", "* * *");
      default: {
        // html, code, table: shown as typed.
        const typed = token.raw.trim();
        return typed === "" ? "" : this.#paragraph(escapeHtml(typed), this.#asText(typed));
      }
    }
  }

  #paragraph(html: string, text: string): string {
    this.paragraphs.push({ text });
    return `<p>${html}</p>`;
  }

  #list(token: Token): string {
    if (token.type !== "list") return "";
    const tag = token.ordered ? "ol" : "ul";
    let html = "";
    let number = Number(token.start) || 1;
    let tight = false;
    for (const item of token.items) {
      const inner: Token[] = item.tokens ?? [];
      const first = token.ordered ? `${number++}. ` : "- ";
      html += `<li>${inner.map((part) => (part.type === "list" ? this.#list(part) : this.#inline(part))).join(" ")}</li>`;
      const words = inner.filter((part) => part.type !== "list").map((part) => this.#plain(part));
      this.paragraphs.push({ text: words.join(" "), first, indent: " ".repeat(first.length), tight });
      tight = true;
    }
    return `<${tag}>${html}</${tag}>`;
  }

  #inline(token: Token): string {
    const inner = this.#inner(token);
    if (inner === null) return escapeHtml(typedText(token));
    return inner.map((part) => this.#inlinePart(part)).join("");
  }

  #inlinePart(token: Token): string {
    switch (token.type) {
      case "strong":
      case "em":
        return `<${token.type}>${this.#inline(token)}</${token.type}>`;
      case "br":
        return "<br />";
      case "link": {
        const href = this.#href(String(token.href));
        return href === null ? this.#inline(token) : `<a href="${href.html}">${this.#inline(token)}</a>`;
      }
      default:
        return token.type === "text" ? this.#inline(token) : escapeHtml(typedText(token));
    }
  }

  #plain(token: Token): string {
    const inner = this.#inner(token);
    // The author's own line ends are no line ends of the mail: the text part is wrapped anew.
    if (inner === null) return this.#asText(typedText(token).replace(/\s*\n\s*/g, " "));
    return inner.map((part) => this.#plainPart(part)).join("");
  }

  #plainPart(token: Token): string {
    switch (token.type) {
      case "br":
        return "\n";
      case "link": {
        const href = this.#href(String(token.href));
        const words = this.#plain(token);
        if (href === null || words === href.text) return words;
        return `${words} (${href.text})`;
      }
      default:
        return this.#plain(token);
    }
  }

  /** The parts of a token that may hold markup; null when it is plain letters. */
  #inner(token: Token): Token[] | null {
    if (token.type === "codespan" || token.type === "html" || token.type === "image") return null;
    return "tokens" in token && token.tokens && token.tokens.length > 0 ? token.tokens : null;
  }

  /** The same link asked for twice (HTML, then text) is one link of the mail. */
  readonly #hrefs = new Map<string, { html: string; text: string }>();

  #href(raw: string): { html: string; text: string } | null {
    const known = this.#hrefs.get(raw);
    if (known) return known;
    const url = outsideUrl(raw, this.#book);
    if (url === null) return null;
    let href: { html: string; text: string };
    if (this.#book.marks(url)) {
      // An address that differs per reader cannot be stored with the version, so it stays a plain link.
      const filled = this.#book.fieldsAs(url, "url");
      href = { html: escapeHtml(filled), text: filled };
    } else {
      const placed = this.#linkOutside(url);
      href = { html: escapeHtml(placed), text: placed };
    }
    this.#hrefs.set(raw, href);
    return href;
  }

  #asText(words: string): string {
    return this.#book.fieldsAs(words, "text");
  }
}

function typedText(token: Token): string {
  if (token.type === "escape" || token.type === "text")
    return "text" in token ? String(token.text) : token.raw;
  return token.raw;
}

/** An http(s) address whose server no merge field can choose; null for anything else. */
export function outsideUrl(raw: string, book: SlotBook): string | null {
  const server = /^https?:\/\/([^/?#\\]+)/i.exec(raw)?.[1];
  if (server === undefined || server.includes("@") || book.marks(server) || !URL.canParse(raw)) return null;
  return book.marks(raw) ? raw : new URL(raw).href;
}
