/** Text that every mail of a step holds. The same object each time: what was made of it can be kept with it. */
export interface FixedText {
  readonly fixed: string;
}

export type HtmlPiece = string | FixedText;

/** A mail ready for the wire. Addresses are validated before they reach a driver (trust.md 1, header injection). */
export interface OutgoingMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  /** Per-send return path (VERP). */
  readonly envelopeFrom: string;
  /** Deterministic: the same on every attempt. */
  readonly messageId: string;
  readonly date: Date;
  readonly subject: string;
  readonly html: string;
  /** The same HTML, cut where text that all mails of its step share meets what is this recipient's. */
  readonly htmlPieces?: readonly HtmlPiece[] | undefined;
  readonly text: string;
  /** List-Unsubscribe, List-Unsubscribe-Post, List-Id, Feedback-ID, Auto-Submitted, References … */
  readonly headers: Readonly<Record<string, string>>;
  /** DSN envelope id. */
  readonly envelopeId: string;
}

/**
 * What SMTP could tell us. `unknown` means the whole body may have reached the server and no
 * answer came (RFC 1047): nobody can know, so it is never repeated by itself.
 */
export type TransportOutcome =
  | { kind: "accepted"; response: string }
  | { kind: "deferred"; code: number | null; response: string }
  | { kind: "rejected"; code: number; response: string }
  | { kind: "not-sent"; cause: string }
  | { kind: "unknown"; cause: string };

export interface Transport {
  /** Never throws for what SMTP can do; throws only for faults of our own. */
  submit(mail: OutgoingMail): Promise<TransportOutcome>;
  close(): Promise<void>;
}
