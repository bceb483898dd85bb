import { toPlainText } from "@react-email/render";

/** What html-to-text hands to a formatter; it ships no types. */
interface HtmlNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly HtmlNode[];
}
interface TextBuilder {
  openBlock(options: { leadingLineBreaks: number }): void;
  closeBlock(options: { trailingLineBreaks: number }): void;
  addLiteral(text: string): void;
  addLineBreak(): void;
}
interface CellOptions {
  readonly between?: string;
  readonly firstWidth?: number;
  readonly leadingLineBreaks?: number;
  readonly trailingLineBreaks?: number;
}

/**
 * The text part of a mail that React Email drew. The drawn bars, which repeat their numbers, are left
 * out; rows of cells become lines; headings look as in the programs' mails.
 */
export function internalText(html: string): string {
  const text = toPlainText(html, {
    wordwrap: 72,
    formatters: { act, cells },
    selectors: [
      { selector: "[aria-hidden=true]", format: "skip" },
      { selector: "a.act", format: "act" },
      { selector: "table.masthead", format: "cells", options: { between: " · " } },
      {
        selector: "table.score",
        format: "cells",
        options: { between: " ", leadingLineBreaks: 2, trailingLineBreaks: 2 },
      },
      { selector: "table.figure", format: "cells", options: { between: "  ", firstWidth: 22 } },
      {
        selector: "table.line",
        format: "dataTable",
        options: { colSpacing: 2, maxColumnWidth: 56, leadingLineBreaks: 1, trailingLineBreaks: 2 },
      },
      // A name stays as its owner writes it.
      { selector: "h1", options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: "h2", options: { uppercase: true, leadingLineBreaks: 2, trailingLineBreaks: 1 } },
      { selector: "p", options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
    ],
  });
  return `${text.trim()}\n`;
}

/** What the button does, and its address whole on a line of its own. */
function act(link: HtmlNode, _walk: unknown, builder: TextBuilder): void {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addLiteral(`${wordsOf(link).trim()}:`);
  builder.addLineBreak();
  builder.addLiteral(link.attribs?.["href"] ?? "");
  builder.closeBlock({ trailingLineBreaks: 2 });
}

/** The cells of a row on one line. */
function cells(row: HtmlNode, _walk: unknown, builder: TextBuilder, options: CellOptions): void {
  const [first = "", ...rest] = cellTexts(row).filter((words) => words !== "");
  builder.openBlock({ leadingLineBreaks: options.leadingLineBreaks ?? 1 });
  builder.addLiteral([first.padEnd(options.firstWidth ?? 0), ...rest].join(options.between));
  builder.closeBlock({ trailingLineBreaks: options.trailingLineBreaks ?? 1 });
}

function cellTexts(node: HtmlNode): string[] {
  if (node.attribs?.["aria-hidden"] === "true") return [];
  const children = node.children ?? [];
  if (node.name !== "td" || children.some(({ name }) => name === "table")) return children.flatMap(cellTexts);
  return wordsOf(node)
    .split("\n")
    .map((words) => words.replace(/\s+/g, " ").trim());
}

function wordsOf(node: HtmlNode): string {
  if (node.type === "text") return node.data ?? "";
  if (node.name === "br") return "\n";
  return (node.children ?? []).map(wordsOf).join("");
}
