import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { lex, tooMuchMarkdown } from "../../../../src/domain/sequences/lex.ts";
import { countWords, inspectMarkdown } from "../../../../src/domain/sequences/texts.ts";
import { markdown } from "../../../../src/drivers/templates/markdown.ts";
import { SlotBook } from "../../../../src/drivers/templates/slots.ts";
import { Markdown } from "../../../../src/web/pages/markdown.tsx";

/** What makes a reader of Markdown work hardest, once; the tests repeat it. */
const SHAPES = [
  ...["_a__b ", "__a__b_", "a*b*", "*a **b ", "***a ", "_*_", "*_", "**", "~~a ~b ", "`a ``b ", "`"],
  ...["[", "![", "!", "[a](", "[a](b ", "[a][b]", "[]", "[a]: <", "[(", "]", "\\", "&", "<a", "<a ", "<!--"],
  ...["http://a", "www.a ", "a@", "|a", "|a\n|-", "#a ", "a\n=", "\t", "\n\n    ", "- [ ] "],
  ...[">", "> ", "- ", "+ ", "1. ", "1) ", "* ", "* * a\n", "\n>", "\n- ", "- a\n  ", "a\n\n", "a b\n"],
];

const repeated = (shape: string, length: number) => shape.repeat(Math.ceil(length / shape.length));

/** The most of a shape that is still read as Markdown, in one run and in paragraphs. */
function worstOf(shape: string): string[] {
  const most = (text: (count: number) => string) => {
    let [low, high] = [1, 16_001];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (tooMuchMarkdown(text(middle), 16_000) === null) low = middle;
      else high = middle;
    }
    return text(low);
  };
  return [
    most((count) => shape.repeat(count)),
    most((count) => `a ${shape.repeat(count)}`),
    most((count) => `${shape.repeat(30)}\n\n`.repeat(count)),
  ];
}

/** The machine may be busy with others: what counts is what the work itself takes. */
function milliseconds(act: () => void): number {
  const once = () => {
    const { user, system } = process.cpuUsage();
    act();
    const after = process.cpuUsage();
    return (after.user - user + after.system - system) / 1000;
  };
  return Math.min(once(), once(), once());
}

describe("reading Markdown", () => {
  it("A11: is done within 100 ms, whatever is written and however long it is", () => {
    for (const shape of SHAPES)
      for (const text of [...worstOf(shape), repeated(shape, 24_000), repeated(shape, 1_000_000)]) {
        const what = `${JSON.stringify(shape)} × ${text.length}`;
        expect([what, milliseconds(() => lex(text)) < 100]).toEqual([what, true]);
      }
  }, 120_000);

  it("A11: never throws: on a page and in a mail what is too much stands as it was typed", () => {
    for (const source of [">".repeat(2_000), "_a__b ".repeat(4_000), `**a** ${"[".repeat(900)}<b>`]) {
      const escaped = source.trim().replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(renderToStaticMarkup(<Markdown text={source} />)).toContain(escaped);
      expect(markdown(source, new SlotBook(), (url) => url).html).toContain(escaped);
      expect(inspectMarkdown(source)).toEqual({ addresses: [], html: [] });
      expect(countWords(source)).toBeGreaterThanOrEqual(0);
    }
  });

  it("reads everything that a person writes: long guides, tables, lists within lists", () => {
    const guide = [
      "## How it is done\n\n",
      "1. **Open** the [calendar](https://help.test/calendar) and choose *your* day.\n   - the first\n     - the second\n".repeat(
        20,
      ),
      "\n| a | b |\n|---|---|\n",
      "| one | two |\n".repeat(20),
      `\n${"A sentence of plain words that goes on for a while. ".repeat(60)}`,
    ].join("");
    expect(guide.length).toBeGreaterThan(5_000);
    expect(tooMuchMarkdown(guide)).toBeNull();
    expect(lex(guide).map(({ type }) => type)).toEqual(expect.arrayContaining(["heading", "list", "table"]));
  });

  it("says what is too much, and what to do", () => {
    expect(tooMuchMarkdown("a".repeat(8_001))?.message).toContain("8001 characters; 8000 are the most");
    expect(tooMuchMarkdown("> ".repeat(9))?.message).toContain("8 levels");
    expect(tooMuchMarkdown("> ".repeat(8))).toBeNull();
    expect(tooMuchMarkdown("*a* ".repeat(300))?.remedy).toContain("Write words");
  });
});
