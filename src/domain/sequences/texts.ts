import type { Token } from "marked";
import { lex } from "./lex.ts";
import { sampleText } from "./merge-fields.ts";
import type { Path } from "./problem.ts";
import type { Block, BlockOf, Competitor, Step } from "./sequence.ts";

/** One text of a sequence file with its place. `inMail: false` stands on the contact's page only. */
export interface PlacedText {
  readonly path: Path;
  readonly source: string;
  readonly markdown: boolean;
  readonly inMail: boolean;
}

type Written = Omit<PlacedText, "path"> & { readonly at: Path };

const plain = (at: Path, source: string | undefined, inMail = true): Written[] =>
  source === undefined ? [] : [{ at, source, markdown: false, inMail }];
const marked = (at: Path, source: string | undefined, inMail = true): Written[] =>
  source === undefined ? [] : [{ at, source, markdown: true, inMail }];

/**
 * What a block says. Titles, texts and prompts stand in the mail; guide bodies, choices, hints and checks stand
 * on the page. A competitor block shows either facts or `otherwise`, so both its texts are weighed.
 */
function blockTexts(block: Block): Written[] {
  switch (block.type) {
    case "resource":
      return [...plain(["title"], block.title), ...marked(["body"], block.body, false)];
    case "task":
      return [
        ...plain(["text"], block.text),
        ...plain(["why"], block.why),
        ...plain(["hint"], block.hint, false),
        ...(block.choices ?? []).flatMap((choice, index) =>
          plain(["choices", index, "text"], choice.text, false),
        ),
      ];
    case "objective":
      return plain(["text"], block.text);
    case "text":
      return marked(["text"], block.text);
    case "competitor":
      return [...plain(["intro"], block.intro), ...marked(["otherwise"], block.otherwise)];
    case "check":
      return block.items.flatMap((item, index) => [
        ...plain(["items", index, "question"], item.question, false),
        ...item.choices.flatMap((choice, at) => [
          ...plain(["items", index, "choices", at, "text"], choice.text, false),
          ...plain(["items", index, "choices", at, "feedback"], choice.feedback, false),
        ]),
      ]);
    case "priorities":
      return [
        ...plain(["prompt"], block.prompt),
        ...block.options.flatMap((option, index) => plain(["options", index], option, false)),
      ];
    case "question":
    case "value":
    case "endorse":
    case "intent":
    case "goals":
    case "agreement":
    case "meeting":
      return plain(["prompt"], block.prompt);
    default:
      return block satisfies never;
  }
}

/** One mail of a step: as first written, or its variant B. */
export interface Mail {
  readonly path: Path;
  readonly variant: "a" | "b";
  readonly subject: string;
  readonly preheader: string | undefined;
  readonly opening: string;
  readonly blocks: readonly Block[];
}

export function mailsOf(step: Step, index: number): Mail[] {
  const path = ["steps", index];
  const { variantB: b } = step;
  const a: Mail = { ...step, path, variant: "a", preheader: step.preheader };
  return b ? [a, { ...b, path: [...path, "variantB"], variant: "b", preheader: b.preheader }] : [a];
}

/** Subject and preheader first, then everything the mail and its part of the page say. */
export function mailTexts(mail: Mail): PlacedText[] {
  const written: Written[] = [
    ...plain(["subject"], mail.subject),
    ...plain(["preheader"], mail.preheader),
    ...marked(["opening"], mail.opening),
    ...mail.blocks.flatMap((block, index) =>
      blockTexts(block).map((text) => ({ ...text, at: ["blocks", index, ...text.at] })),
    ),
  ];
  return written.map(({ at, ...text }) => ({ ...text, path: [...mail.path, ...at] }));
}

/** Words a reader reads: markup and addresses do not count, a merge field counts as a typical value. */
export function countWords(source: string): number {
  return readable(lex(sampleText(source))).match(/[\p{L}\p{N}]+(?:['’.,:/-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

/** Words of the mail's body: opening and the blocks' texts, without subject and preheader. */
export function mailWords(mail: Mail): number {
  return mailTexts(mail)
    .filter(({ inMail, path }) => inMail && !/^(subject|preheader)$/.test(String(path[mail.path.length])))
    .reduce((sum, { source }) => sum + countWords(source), 0);
}

/** A mail shows the first few lines of a competitor's card; the page shows all. */
export const CARD_LINES_IN_MAIL = 5;

/** What a competitor block of a mail says when the competitor is known, one text per line of the card. */
function cardLines(show: BlockOf<"competitor">["show"], card: Competitor): string[] {
  switch (show) {
    case "term-map":
      return card.termMap.map(({ theirs, ours, note }) => `${theirs} ${ours ?? "no equal"} ${note ?? ""}`);
    case "habit-map":
      return card.habitMap.map(({ job, there, here }) => `${job} ${there} ${here}`);
    case "honest-gaps":
      return card.honestGaps.map(({ gap, workaround, source, on }) => `${gap} ${workaround} ${source} ${on}`);
    case "proof":
      return card.proof.map(({ claim, source, on }) => `${claim} ${source} ${on}`);
    case "strengths":
      return card.swot.strengths;
    case "migration-notes":
      return card.migrationNotes;
    default:
      return show satisfies never;
  }
}

/** Words of the mail's body as somebody gets it who comes from this competitor. */
export function mailWordsWithCard(mail: Mail, card: Competitor): number {
  return mail.blocks.reduce((sum, block) => {
    if (block.type !== "competitor") return sum;
    const lines = cardLines(block.show, card).slice(0, CARD_LINES_IN_MAIL);
    return sum - countWords(block.otherwise) + lines.reduce((total, line) => total + countWords(line), 0);
  }, mailWords(mail));
}

interface Parts {
  readonly type: string;
  readonly text?: string;
  readonly href?: string;
  readonly tokens?: Token[];
  readonly items?: Token[];
  readonly header?: { tokens: Token[] }[];
  readonly rows?: { tokens: Token[] }[][];
}

function childrenOf(token: Parts): Token[] {
  const cells = [...(token.header ?? []), ...(token.rows ?? []).flat()].flatMap((cell) => cell.tokens);
  return [...(token.tokens ?? []), ...(token.items ?? []), ...cells];
}

function readable(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      const part: Parts = token;
      const children = childrenOf(part);
      return children.length > 0 ? readable(children) : (part.text ?? "");
    })
    .join(" ");
}

export interface MarkdownFinds {
  /** Addresses of links and images. */
  readonly addresses: string[];
  /** Raw HTML tags. */
  readonly html: string[];
}

/** The links and raw HTML in a Markdown text. */
export function inspectMarkdown(source: string): MarkdownFinds {
  const finds: MarkdownFinds = { addresses: [], html: [] };
  const visit = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      const part: Parts = token;
      if (part.type === "html") finds.html.push((part.text ?? "").trim());
      if ((part.type === "link" || part.type === "image") && part.href !== undefined)
        finds.addresses.push(part.href);
      visit(childrenOf(part));
    }
  };
  visit(lex(source));
  return finds;
}
