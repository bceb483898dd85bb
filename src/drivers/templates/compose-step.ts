import mjml2html from "mjml";
import { darkStyles, LIGHT, outlookDarkStyles } from "../../../emails/palette.ts";
import { escapeHtml } from "../../domain/sequences/escape.ts";
import { type MergeText, parseMergeText } from "../../domain/sequences/merge-fields.ts";
import type { Block, Step } from "../../domain/sequences/sequence.ts";
import { type ComposedBlock, MailComposer } from "./compose-blocks.ts";
import { shellWords } from "./compose-shell.ts";
import { line, type Paragraph } from "./markdown.ts";
import { isRightToLeft } from "./phrases.ts";
import { type FieldSlot, type HtmlSegment, type LinkSlot, type Segment, SlotBook } from "./slots.ts";
import type { StepMail } from "./step-mail.ts";

/** A paragraph of the text part, cut at its slots. */
export interface TextParagraph {
  readonly segments: readonly Segment[];
  readonly first: string;
  readonly indent: string;
  readonly tight: boolean;
}

/** A step's mail, compiled once and filled per recipient by `renderStep`. Holds nothing of any recipient. */
export interface CompiledStep {
  readonly subject: MergeText;
  readonly html: readonly HtmlSegment[];
  readonly text: readonly TextParagraph[];
  /** Every link with a position, in order: `redirect` ones need a stored Link row (position, url). */
  readonly links: readonly LinkSlot[];
  /** Fields that must have a value, since the author gave no fallback. */
  readonly required: readonly FieldSlot["field"][];
  readonly rightToLeft: boolean;
}

export type Composed =
  | { readonly ok: true; readonly mail: CompiledStep }
  | { readonly ok: false; readonly problem: { place: string; message: string; remedy: string } };

/** Composes and compiles one step's mail. Expected to be called once per step version: MJML takes milliseconds. */
export async function composeStep(mail: StepMail): Promise<Composed> {
  const content = mail.variant === "b" ? mail.step.variantB : mail.step;
  if (!content) {
    return refused(mail, "The step has no variant B.", "Add variant-b to the step, or send variant A.");
  }
  for (const source of authoredTexts(content)) {
    const fault = parseMergeText(source).faults[0];
    if (fault) return refused(mail, fault.message, fault.remedy);
  }
  const book = new SlotBook();
  const composer = new MailComposer(book, {
    redirect: mail.clickTracking === "redirect",
    competitor: mail.competitor,
    sponsor: mail.audience === "sponsor",
    blocks: content.blocks,
  });
  const { mjml, text } = compose(mail, content, composer);
  const { html, errors } = await mjml2html(mjml, { validationLevel: "strict", keepComments: false });
  if (errors.length > 0) {
    throw new Error(
      `The mail templates do not compile: ${errors.map((error) => error.formattedMessage).join("; ")}`,
    );
  }
  const segments = book.split(withoutIndents(html));
  const paragraphs = text.map(({ text: words, first = "", indent = "", tight = false }) => ({
    segments: book.split(words),
    first,
    indent,
    tight,
  }));
  return {
    ok: true,
    mail: {
      subject: parseMergeText(content.subject).parts,
      html: segments.map((segment) => (typeof segment === "string" ? { fixed: segment } : segment)),
      text: paragraphs,
      links: composer.links,
      required: requiredFields(segments, content.subject),
      rightToLeft: isRightToLeft(mail.language),
    },
  };
}

export type Content = Pick<Step, "subject" | "opening" | "blocks" | "preheader">;

function compose(
  mail: StepMail,
  content: Content,
  composer: MailComposer,
): { mjml: string; text: Paragraph[] } {
  const { book } = composer;
  const shell = shellWords(mail, content, composer);
  const opening = composer.block({ type: "text", text: content.opening });
  const blocks = content.blocks.map((block) => composer.block(block));
  // Every mail has a question line, whatever its author wrote.
  if (!content.blocks.some((block) => block.type === "question")) blocks.push(composer.questionLine(null));
  const rightToLeft = isRightToLeft(mail.language);
  const preheader = line(content.preheader ?? firstWords(content.opening), book).html;
  const mjml = composer.fill(
    "layout.mjml",
    {
      title: book.fieldsAs(line(content.subject, book).html, "attribute"),
      preheader: book.fieldsAs(preheader, "attribute") + PREHEADER_END,
      signature: shell.signature.html,
      footer: shell.footer.html,
    },
    {
      lang: escapeHtml(mail.language),
      dir: rightToLeft ? "rtl" : "ltr",
      start: rightToLeft ? "right" : "left",
      dark: darkStyles(),
      outlook: outlookDarkStyles(),
      masthead: composer.fill("blocks/masthead.mjml", { masthead: shell.masthead.html }),
      blocks:
        composer.fill("blocks/opening.mjml", { body: opening.html }) + sections(blocks, composer).join("\n"),
    },
  );
  return {
    mjml,
    text: [
      ...shell.masthead.text,
      ...opening.text,
      ...blocks.flatMap((block) => block.text),
      ...shell.signature.text,
      ...shell.footer.text,
    ],
  };
}

/** Parts that follow each other share a section: each section costs more than a kilobyte. */
function sections(blocks: readonly ComposedBlock[], composer: MailComposer): string[] {
  const out: string[] = [];
  let parts: string[] = [];
  const close = () => {
    if (parts.length > 0) out.push(composer.fill("blocks/flow.mjml", {}, { parts: parts.join("\n") }));
    parts = [];
  };
  let afterPanel = false;
  for (const block of blocks) {
    if (block.kind === "panel") {
      close();
      const { html: body, href, button: label } = block;
      out.push(composer.fill("blocks/panel.mjml", { body, href, label }));
    } else {
      const ruled = block.kind === "part" && !afterPanel;
      const body = ruled ? `<div class="rule" style="${RULE}">${block.html}</div>` : block.html;
      parts.push(composer.fill("blocks/part.mjml", { body }));
    }
    afterPanel = block.kind === "panel";
  }
  close();
  return out;
}

const RULE = `border-top:1px solid ${LIGHT.line};padding-top:20px`;

/** MJML indents what it writes; a third of a mail would be spaces. A line end stays: it may part two words. */
const withoutIndents = (html: string): string => html.replace(/\s*\n\s*/g, "\n");

const PREHEADER_LIMIT = 140;

/**
 * Nothing visible, many times: else an inbox would fill the rest of its line with the masthead. Written as
 * references, so that the mail stays a one-byte string, which is filled and measured twice as fast.
 */
const PREHEADER_END = "&zwnj;&nbsp;".repeat(45);

/** What an inbox shows beside the subject when the author wrote no preheader. */
function firstWords(opening: string): string {
  const lines = opening.split("\n").map((words) => words.trim());
  const first = lines.find(
    (words) => words !== "" && !/^(hi|hello|dear|good (morning|afternoon))\b/i.test(words),
  );
  const words = (first ?? lines[0] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_#[\]]/g, "");
  if (words.length <= PREHEADER_LIMIT) return words;
  const space = words.lastIndexOf(" ", PREHEADER_LIMIT);
  const cut = words.slice(0, space > 0 ? space : PREHEADER_LIMIT);
  const open = cut.lastIndexOf("{{");
  return open > cut.lastIndexOf("}}") ? cut.slice(0, open) : cut;
}

function authoredTexts(content: Content): string[] {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(visit);
  };
  visit([content.subject, content.preheader ?? "", content.opening, content.blocks satisfies Block[]]);
  return texts;
}

function requiredFields(segments: readonly Segment[], subject: string): FieldSlot["field"][] {
  const required = new Set<FieldSlot["field"]>();
  for (const segment of segments) {
    if (typeof segment !== "string" && segment.kind === "field" && segment.fallback === null)
      required.add(segment.field);
  }
  for (const part of parseMergeText(subject).parts) {
    if ("field" in part && part.fallback === null) required.add(part.field);
  }
  return [...required];
}

function refused(mail: StepMail, message: string, remedy: string): Composed {
  return { ok: false, problem: { place: `step ${mail.step.key}, variant ${mail.variant}`, message, remedy } };
}
