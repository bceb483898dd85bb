import { FONT, LIGHT } from "../../../emails/palette.ts";
import { escapeHtml } from "../../domain/sequences/escape.ts";
import type { Block, BlockOf, Competitor } from "../../domain/sequences/sequence.ts";
import { competitorWords } from "./compose-competitor.ts";
import { type Authored, line, markdown, outsideUrl, type Paragraph } from "./markdown.ts";
import { ASKS, checkPrompt, minutes, objectiveSentence, resourceKind, taskButton } from "./phrases.ts";
import type { LinkSlot, SlotBook } from "./slots.ts";
import { templateFile } from "./template-files.ts";

/**
 * One block, ready for both parts of the mail. The panel is the one tinted place, with the mail's one
 * button; a part stands under a hairline, words do not.
 */
export type ComposedBlock = { readonly html: string; readonly text: readonly Paragraph[] } & (
  | { readonly kind: "words" | "part" }
  | { readonly kind: "panel"; readonly href: string; readonly button: string }
);

/** What composing a mail keeps as it goes: where links point, and whether its one button is given. */
export class MailComposer {
  readonly book: SlotBook;
  readonly links: LinkSlot[] = [];
  readonly #redirect: boolean;
  readonly #competitor: Competitor | null;
  readonly #sponsor: boolean;
  readonly #buttonOf: Block | null;

  constructor(
    book: SlotBook,
    options: { redirect: boolean; competitor: Competitor | null; sponsor: boolean; blocks: readonly Block[] },
  ) {
    this.book = book;
    this.#redirect = options.redirect;
    this.#competitor = options.competitor;
    this.#sponsor = options.sponsor;
    // One clear button per mail: the task's, or that of the first block that asks for something.
    this.#buttonOf =
      options.blocks.find((block) => block.type === "task") ??
      options.blocks.find((block) => block.type in ASKS) ??
      null;
  }

  /** A token for the reader's page. Position 0 is the page itself; the rest count on. */
  pageLink(anchor: string): string {
    return this.#place({ kind: "page", position: this.links.length, anchor });
  }

  shellLink(kind: "unsubscribe" | "pace" | "stop" | "honeypot"): string {
    return this.book.link({ kind });
  }

  readonly outside = (url: string): string =>
    this.#redirect ? this.#place({ kind: "redirect", position: this.links.length, url }) : url;

  #place(link: LinkSlot): string {
    this.links.push(link);
    return this.book.link(link);
  }

  markdown(source: string): Authored {
    return markdown(source, this.book, this.outside);
  }

  block(block: Block): ComposedBlock {
    switch (block.type) {
      case "text":
        return this.#text(block);
      case "resource":
        return this.#resource(block);
      case "task":
        return this.#task(block);
      case "objective":
        return this.#objective(block);
      case "question":
        return this.questionLine(block.prompt);
      case "competitor":
        return this.#competitorPart(block);
      case "check":
        return this.#ask(
          block,
          { html: escapeHtml(checkPrompt(block.items.length)), text: checkPrompt(block.items.length) },
          block.key,
        );
      case "priorities":
        return this.#ask(block, line(block.prompt, this.book), "priorities", block.options);
      case "value":
      case "endorse":
      case "intent":
      case "goals":
      case "agreement":
      case "meeting":
        return this.#ask(block, line(block.prompt, this.book), block.type);
      default:
        return block satisfies never;
    }
  }

  #text(block: BlockOf<"text">): ComposedBlock {
    return { kind: "words", ...this.markdown(block.text) };
  }

  #resource(block: BlockOf<"resource">): ComposedBlock {
    const title = line(block.title, this.book);
    const outside = block.url === undefined ? null : outsideUrl(block.url, this.book);
    // page_only: the resource opens on the reader's page, which shows the outside link too.
    const href =
      outside !== null && this.#redirect ? this.outside(outside) : this.pageLink(`resource-${block.key}`);
    const kind = resourceKind(block.kind);
    const label = `Resource · ${minutes(block.minutes)}`;
    return {
      kind: "part",
      html: `${heading(label)}<p class="title">${anchor(href, title.html)}</p><p class="soft small">${kind}</p>`,
      text: headed(label, { text: `${title.text} (${kind.toLowerCase()})` }, { text: href, tight: true }),
    };
  }

  #task(block: BlockOf<"task">): ComposedBlock {
    const words = line(block.text, this.book);
    const why = block.why === undefined ? null : line(block.why, this.book);
    const label = `${this.#sponsor ? "One ask" : "Task"} · ${minutes(block.minutes)}`;
    const body = `${heading(label)}<p class="title">${words.html}</p>${why ? `<p class="soft small">${why.html}</p>` : ""}`;
    return this.#asked(block, body, this.pageLink(`task-${block.key}`), taskButton(block), [
      ...headed(label, { text: words.text }, ...(why ? [{ text: why.text, tight: true }] : [])),
    ]);
  }

  #objective(block: BlockOf<"objective">): ComposedBlock {
    const words = line(objectiveSentence(block.text), this.book);
    const label = this.#sponsor ? "What this is for" : "Objective";
    return {
      kind: "part",
      html: `${heading(label)}<p>${words.html}</p>`,
      text: headed(label, { text: words.text }),
    };
  }

  #ask(
    block: Block & { type: keyof typeof ASKS },
    prompt: { html: string; text: string },
    place: string,
    options: readonly string[] = [],
  ): ComposedBlock {
    const { label, button } = ASKS[block.type];
    const shown = options.map((option) => line(option, this.book));
    const list = shown.length === 0 ? "" : `<ul>${shown.map(({ html }) => `<li>${html}</li>`).join("")}</ul>`;
    const first = block === this.#buttonOf ? '<p class="title">' : "<p>";
    const body = `${heading(label)}${first}${prompt.html}</p>${list}`;
    return this.#asked(block, body, this.pageLink(place), button, [
      ...headed(label, { text: prompt.text }),
      ...shown.map(({ text }, index) => ({ text, first: "- ", indent: "  ", tight: index > 0 })),
    ]);
  }

  /** The mail's main ask gets the panel and the button; any other ends with a link. */
  #asked(block: Block, body: string, href: string, act: string, words: Paragraph[]): ComposedBlock {
    const text = [...words, { text: `${act}:\n${href}` }];
    return block === this.#buttonOf
      ? { kind: "panel", html: body, text, href, button: act }
      : { kind: "part", html: `${body}<p>${anchor(href, act)}</p>`, text };
  }

  /** Every mail ends with a way to ask: by reply, or on the page. */
  questionLine(prompt: string | null): ComposedBlock {
    const href = this.pageLink("question");
    const words = prompt === null ? QUESTION : line(prompt, this.book);
    const end = prompt === null || !/\breply\b/i.test(prompt) ? ", or simply reply to this mail." : ".";
    // An author who says it already is not repeated word for word.
    const act =
      prompt !== null && /ask on your page/i.test(prompt) ? "Your question box" : "Ask on your page";
    return {
      kind: "part",
      html: `<p><strong>${words.html}</strong><br />${anchor(href, act)}${end}</p>`,
      text: [{ text: words.text }, { text: `${act}${end}\n${href}`, tight: true }],
    };
  }

  #competitorPart(block: BlockOf<"competitor">): ComposedBlock {
    if (this.#competitor === null) return { kind: "words", ...this.markdown(block.otherwise) };
    const intro = block.intro === undefined ? null : line(block.intro, this.book);
    const words = competitorWords(block.show, this.#competitor, this.outside);
    const href = words.more ? this.pageLink(`competitor-${block.show}`) : null;
    const more = href ? `<p class="small">${anchor(href, "All of it, with sources, on your page")}</p>` : "";
    return {
      kind: "part",
      html: `${heading(words.label)}${intro ? `<p class="title">${intro.html}</p>` : ""}${words.html}${more}`,
      text: headed(
        words.label,
        ...(intro ? [{ text: intro.text }] : []),
        ...words.text,
        ...(href ? [{ text: `All of it, with sources, on your page:\n${href}` }] : []),
      ),
    };
  }

  /** A template with its [[slots]] as tokens and its [[>parts]] as MJML of ours. */
  fill(
    file: string,
    slots: Readonly<Record<string, string>>,
    parts: Readonly<Record<string, string>> = {},
  ): string {
    return templateFile(file).replace(/\[\[(>?)([a-z-]+)\]\]/g, (_, kind: string, name: string) => {
      const value = kind === ">" ? (parts[name] ?? LOOK[name]) : slots[name];
      if (value === undefined)
        throw new Error(`emails/${file} names [[${kind}${name}]], which nothing fills`);
      return kind === ">" ? value : this.book.html(value);
    });
  }
}

/** What every template may name: the colours and the font. */
const LOOK: Readonly<Record<string, string>> = { ...LIGHT, font: FONT };

const heading = (label: string): string => `<h2 class="acc">${escapeHtml(label)}</h2>`;

/** The colour stands on the link itself too: some clients drop the styles of the head and make links blue. */
const anchor = (href: string, words: string): string =>
  `<a href="${href}" style="color:${LIGHT.accent}">${words}</a>`;

const QUESTION = { html: "A question, or something unclear?", text: "A question, or something unclear?" };

/** A label, and what stands right under it. */
function headed(label: string, ...paragraphs: readonly Paragraph[]): Paragraph[] {
  return [
    { text: label.toUpperCase() },
    ...paragraphs.map((part, index) => (index === 0 ? { ...part, tight: true } : part)),
  ];
}
