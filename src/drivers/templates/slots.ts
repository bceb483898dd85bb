import { randomBytes } from "node:crypto";
import type { FixedText } from "../../domain/sending/outcome.ts";
import type { MergeField, MergePart } from "../../domain/sequences/merge-fields.ts";
import type { SenderField } from "./mail-values.ts";

/** A merge field standing in a place. `html` may be isolated for its direction; `attribute` holds no tags. */
export interface FieldSlot {
  readonly kind: "field";
  readonly field: MergeField | SenderField;
  readonly fallback: string | null;
  readonly as: "html" | "attribute" | "url" | "text";
}

/** A link whose address is known per recipient only. */
export type LinkSlot =
  /** The reader's own page, opened at a place on it. */
  | { readonly kind: "page"; readonly position: number; readonly anchor: string }
  /** An outside address behind the signed redirect. */
  | { readonly kind: "redirect"; readonly position: number; readonly url: string }
  | { readonly kind: "unsubscribe" }
  | { readonly kind: "pace" }
  | { readonly kind: "stop" }
  | { readonly kind: "honeypot" };

/** One piece of a compiled mail: fixed text, a value, or a link. */
export type Segment = string | Slot;
export type HtmlSegment = FixedText | Slot;
type Slot = FieldSlot | { readonly kind: "link"; readonly link: LinkSlot };

/**
 * Keeps what is not fixed out of the way while a mail is composed: each value, link and piece of
 * authored text is replaced by a token that nobody can guess or write, and put back after MJML
 * has run. So MJML never sees authored text, and `<mj-include>` in a file is only letters (A6).
 */
export class SlotBook {
  // Letters and digits only: Markdown, MJML and URL parsing leave such a word alone.
  readonly #mark = `q${randomBytes(12).toString("hex")}z`;
  readonly #held: (Segment | readonly Segment[])[] = [];

  #hold(segment: Segment | readonly Segment[]): string {
    this.#held.push(segment);
    return `${this.#mark}${this.#held.length - 1}${this.#mark}`;
  }

  /** A value of the sender or the recipient. */
  field(field: FieldSlot["field"], as: FieldSlot["as"], fallback: string | null = null): string {
    return this.#hold({ kind: "field", field, fallback, as });
  }

  part(part: Extract<MergePart, { field: MergeField }>, as: FieldSlot["as"]): string {
    return this.field(part.field, as, part.fallback);
  }

  link(link: LinkSlot): string {
    return this.#hold({ kind: "link", link });
  }

  /** Finished HTML (which may hold tokens itself), kept from MJML's eyes. */
  html(html: string): string {
    return this.#hold(this.split(html));
  }

  /** True when the text holds a token. */
  marks(text: string): boolean {
    return text.includes(this.#mark);
  }

  /** The same field tokens, made again for another place. */
  fieldsAs(text: string, as: FieldSlot["as"]): string {
    return text.replaceAll(this.#pattern(), (token, index) => {
      const held = this.#held[Number(index)];
      if (held === undefined || typeof held === "string" || !("kind" in held) || held.kind !== "field")
        return token;
      return this.#hold({ ...held, as });
    });
  }

  /** Cuts a text at its tokens. Neighbouring fixed pieces are joined, so filling is one pass over few pieces. */
  split(text: string): Segment[] {
    const out: Segment[] = [];
    const push = (segment: Segment) => {
      const last = out.at(-1);
      if (typeof segment === "string" && typeof last === "string") out[out.length - 1] = last + segment;
      else if (segment !== "") out.push(segment);
    };
    let from = 0;
    for (const match of text.matchAll(this.#pattern())) {
      push(text.slice(from, match.index));
      const held = this.#held[Number(match[1])];
      if (held === undefined) throw new Error("A composed mail names a slot that was never made");
      if (isList(held)) held.forEach(push);
      else push(held);
      from = match.index + match[0].length;
    }
    push(text.slice(from));
    return out;
  }

  #pattern(): RegExp {
    return new RegExp(`${this.#mark}(\\d+)${this.#mark}`, "g");
  }
}

function isList(held: Segment | readonly Segment[]): held is readonly Segment[] {
  return Array.isArray(held);
}
