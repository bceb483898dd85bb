import { Lexer, type Token } from "marked";

/**
 * Reading Markdown takes time with the square of its marks, and memory with its depth: 24 KB of underscores
 * stopped a server for more than a second. The longest real text has a tenth of these.
 */
const MOST_CHARACTERS = 8_000;
const MOST_MARKS = 1_000;
const MOST_MARKS_IN_A_PARAGRAPH = 400;
const MOST_LEVELS = 8;

/** What may mean something: emphasis, links, code, tables, HTML, and what begins a quote or a list's entry. */
const MARK = /[*_`~[\]()!<>|\\&@#=]|\bhttps?:|\bwww\.|^[ \t]*(?:[-+]|\d{1,9}[.)])(?=\s)/gm;
/** What opens a level at the beginning of a line, once per level. */
const LEVEL = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=\s|$))/y;
/** Spaces before an entry of a list make it an entry of an entry. */
const SPACES_OF_A_LEVEL = 2;

export interface TooMuch {
  readonly message: string;
  readonly remedy: string;
}

/** Why a text is more than can be read as Markdown; null for anything that a person writes. */
export function tooMuchMarkdown(source: string, most = MOST_CHARACTERS): TooMuch | null {
  if (source.length > most)
    return {
      message: `This text has ${source.length} characters; ${most} are the most.`,
      remedy: "Split it, or link to a page that holds it.",
    };
  const tooMany = {
    message: "There are more marks (asterisks, brackets, bars …) in this text than can be read.",
    remedy: "Write words; put long lists and tables on a page and link to it.",
  };
  if (marksIn(source) > MOST_MARKS) return tooMany;
  const paragraphs = source.split(/\n[ \t]*\n/);
  if (paragraphs.some((paragraph) => marksIn(paragraph) > MOST_MARKS_IN_A_PARAGRAPH)) return tooMany;
  if (source.split("\n").some((line) => levelsOf(line) > MOST_LEVELS))
    return {
      message: `Quotes or lists stand within each other more than ${MOST_LEVELS} levels deep.`,
      remedy: "Write them beside each other.",
    };
  return null;
}

/** Names that were filled in, or the places kept for them, make a text longer than its author wrote it. */
const MOST_FILLED_IN = 2 * MOST_CHARACTERS;

/** The tokens of a Markdown text. What is too much to be read is one paragraph, as it was typed. */
export function lex(source: string): Token[] {
  if (tooMuchMarkdown(source, MOST_FILLED_IN) === null)
    return Lexer.lex(source, { gfm: true, breaks: false });
  const words: Token = { type: "text", raw: source, text: source, escaped: false };
  return [{ type: "paragraph", raw: source, text: source, tokens: [words] }];
}

function marksIn(text: string): number {
  return text.match(MARK)?.length ?? 0;
}

function levelsOf(line: string): number {
  let levels = 0;
  LEVEL.lastIndex = 0;
  while (levels <= MOST_LEVELS && LEVEL.test(line)) levels++;
  const indent = /^\s*/.exec(line)?.[0].replaceAll("\t", "    ").length ?? 0;
  // Only before an entry: code may be set in as far as it likes.
  return levels === 0 ? 0 : levels + Math.floor(indent / SPACES_OF_A_LEVEL);
}
