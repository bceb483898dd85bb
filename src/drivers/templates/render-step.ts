import type { HtmlPiece } from "../../domain/sending/outcome.ts";
import { escapeHtml, escapeText, escapeUrl } from "../../domain/sequences/escape.ts";
import { initials } from "../../domain/sequences/initials.ts";
import type { CompiledStep } from "./compose-step.ts";
import type { MailValues } from "./mail-values.ts";
import { wrapParagraph } from "./plain-text.ts";
import type { FieldSlot, HtmlSegment, LinkSlot, Segment } from "./slots.ts";

/** Gmail cuts a longer mail off, and with it the unsubscribe link (trust.md 1). */
const HTML_LIMIT_BYTES = 102_400;
const HTML_WARN_BYTES = 80_000;

export type RenderedStep =
  | {
      readonly kind: "rendered";
      readonly subject: string;
      readonly html: string;
      readonly htmlPieces: readonly HtmlPiece[];
      readonly text: string;
      readonly htmlBytes: number;
      readonly warnings: readonly string[];
    }
  /** Values without fallback that this recipient does not have. Nothing may be sent. */
  | { readonly kind: "missing-values"; readonly fields: readonly string[] }
  | { readonly kind: "too-large"; readonly htmlBytes: number; readonly limitBytes: number };

/** Fills a compiled mail for one recipient. Pure, and a fraction of a millisecond: it only joins pieces. */
export function renderStep(mail: CompiledStep, values: MailValues): RenderedStep {
  const filler = new Filler(values, mail.rightToLeft);
  const missing = mail.required.filter((field) => filler.value(field) === "");
  if (missing.length > 0) return { kind: "missing-values", fields: missing };
  const htmlPieces = filler.pieces(mail.html);
  const html = htmlPieces.map((piece) => (typeof piece === "string" ? piece : piece.fixed)).join("");
  const htmlBytes = Buffer.byteLength(html);
  if (htmlBytes > HTML_LIMIT_BYTES) return { kind: "too-large", htmlBytes, limitBytes: HTML_LIMIT_BYTES };
  let text = "";
  for (const { segments, first, indent, tight } of mail.text) {
    const between = text === "" ? "" : tight ? "\n" : "\n\n";
    text += between + wrapParagraph(filler.text(segments), first, indent);
  }
  const subject = mail.subject
    .map((part) => ("text" in part ? part.text : filler.value(part.field) || (part.fallback ?? "")))
    .join("");
  const warnings: string[] = [];
  if (htmlBytes > HTML_WARN_BYTES)
    warnings.push(`the HTML part has ${htmlBytes} bytes; ${HTML_LIMIT_BYTES} is the limit`);
  if (values.postalAddress.trim() === "") warnings.push("the workspace has no postal address");
  return {
    kind: "rendered",
    subject: escapeText(subject),
    html,
    htmlPieces,
    text: `${text}\n`,
    htmlBytes,
    warnings,
  };
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

class Filler {
  readonly #values: MailValues;
  readonly #rightToLeft: boolean;
  readonly #done = new Map<string, string>();

  constructor(values: MailValues, rightToLeft: boolean) {
    this.#values = values;
    this.#rightToLeft = rightToLeft;
  }

  text(segments: readonly Segment[]): string {
    let out = "";
    for (const segment of segments) {
      if (typeof segment === "string") out += segment;
      else out += segment.kind === "field" ? this.#field(segment) : this.#address(segment.link);
    }
    return out;
  }

  pieces(segments: readonly HtmlSegment[]): HtmlPiece[] {
    return segments.map((segment) => {
      if ("fixed" in segment) return segment;
      return segment.kind === "field" ? this.#field(segment) : escapeHtml(this.#address(segment.link));
    });
  }

  value(field: FieldSlot["field"]): string {
    if (field === "csm.initials") return initials(this.#values.fields["csm.name"]);
    if (field === "csm.address") return this.#values.csmAddress.trim();
    if (field === "workspace.postalAddress") return this.#values.postalAddress.trim();
    return this.#values.fields[field]?.trim() ?? "";
  }

  #field(slot: FieldSlot): string {
    const key = `${slot.as} ${slot.field} ${slot.fallback ?? ""}`;
    let done = this.#done.get(key);
    if (done === undefined) {
      done = this.#escaped(this.value(slot.field) || (slot.fallback ?? ""), slot.as);
      this.#done.set(key, done);
    }
    return done;
  }

  #escaped(value: string, as: FieldSlot["as"]): string {
    switch (as) {
      case "url":
        return escapeUrl(value);
      case "attribute":
        return escapeHtml(escapeText(value));
      case "html": {
        const safe = escapeHtml(escapeText(value));
        return this.#turns(value) ? `<bdi dir="auto">${safe}</bdi>` : safe;
      }
      case "text": {
        const safe = escapeText(value);
        // First strong isolate … pop: a name written the other way does not turn its sentence around.
        return this.#turns(value) ? `\u2068${safe}\u2069` : safe;
      }
      default:
        return as satisfies never;
    }
  }

  #turns(value: string): boolean {
    return RIGHT_TO_LEFT.test(value) !== this.#rightToLeft && /\p{L}/u.test(value);
  }

  #address(link: LinkSlot): string {
    const { links } = this.#values;
    switch (link.kind) {
      case "page":
        // The query unfolds on the page what the fragment leads to; servers never see a fragment.
        return links.page(link.position) + (link.anchor === "" ? "" : `?open=${link.anchor}#${link.anchor}`);
      case "redirect":
        return links.redirect(link.position);
      case "honeypot":
        return links.honeypot ?? links.page(0);
      case "unsubscribe":
      case "pace":
      case "stop":
        return links[link.kind];
      default:
        return link satisfies never;
    }
  }
}
