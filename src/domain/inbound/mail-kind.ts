/** What an incoming mail is. `other`: a mail that says nothing about our sends. */
export const MAIL_KINDS = [
  "hard-bounce",
  "soft-bounce",
  "complaint",
  "auto-reply",
  "reply",
  "other",
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface ClassifiedMail {
  readonly kind: MailKind;
  /** Enhanced status code, "5.1.1". */
  readonly status: string | null;
  /** The address that bounced or complained. */
  readonly recipient: string | null;
  readonly reason: string;
  /** YYYY-MM-DD, from an auto-reply. */
  readonly returnsOn: string | null;
  readonly standIn: string | null;
  /** The person has left the company, says the mail. */
  readonly departed: boolean;
  readonly from: string | null;
  readonly subject: string;
  /** The person's own words, quotes removed. */
  readonly text: string;
  readonly messageId: string | null;
  /** Message-IDs it answers or returns. */
  readonly references: readonly string[];
  /** The rules that decided. */
  readonly rules: readonly string[];
}
