import type { HtmlPiece } from "../domain/sending/outcome.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import type { RenderedStep } from "../drivers/templates/render-step.ts";

/** The content of one mail, or why there is none: in words for the row. */
export type WrittenMail =
  | {
      readonly kind: "written";
      readonly subject: string;
      readonly html: string;
      readonly htmlPieces?: readonly HtmlPiece[];
      readonly text: string;
      /** Stable, low-cardinality names for List-Id and Feedback-ID. */
      readonly program: { readonly key: string; readonly name: string; readonly mailClass: string };
      /** One-click address; null for mail that nobody subscribed to. */
      readonly unsubscribeUrl: string | null;
      /** Whom an answer is for, when that is not whoever the mail speaks for. */
      readonly replyTo?: { readonly name: string; readonly address: string };
    }
  | { readonly kind: "missing-values"; readonly fields: readonly string[] }
  /** A person must repair something; the remedy says what. */
  | { readonly kind: "refused"; readonly reason: string; readonly remedy: string };

/** Writes the mail of one kind of send. Throws only for faults of our own. */
export type MailWriter = (send: ClaimedSend) => Promise<WrittenMail>;

/** One writer per `Send.kind`. */
export type MailWriters = Readonly<Record<string, MailWriter>>;

/** What came of filling a compiled mail. `remedy` says what to do when it is too long to be sent. */
export function asWritten(
  rendered: RenderedStep,
  more: Pick<Extract<WrittenMail, { kind: "written" }>, "program" | "unsubscribeUrl"> & { remedy: string },
): WrittenMail {
  switch (rendered.kind) {
    case "missing-values":
      return rendered;
    case "too-large":
      return {
        kind: "refused",
        reason: `the mail has ${rendered.htmlBytes} bytes of HTML; ${rendered.limitBytes} is the limit`,
        remedy: more.remedy,
      };
    case "rendered": {
      const { subject, html, htmlPieces, text } = rendered;
      const { program, unsubscribeUrl } = more;
      return { kind: "written", subject, html, htmlPieces, text, program, unsubscribeUrl };
    }
    default:
      return rendered satisfies never;
  }
}
