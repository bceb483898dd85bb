import type { MergeValues } from "../../domain/sequences/merge-fields.ts";

/** Values of the shell that authors cannot name. */
export type SenderField = "csm.address" | "csm.initials" | "workspace.postalAddress";

/** The addresses in one recipient's mail. Signed by the caller; absolute; http or https. */
export interface StepLinks {
  /** The reader's own page; `position` is the link's place in this mail. An anchor is added here. */
  page(position: number): string;
  /** The signed redirect of an outside link. Asked only for mails compiled with `clickTracking: "redirect"`. */
  redirect(position: number): string;
  /** Shows a page with a button; the same address takes the one-click POST. */
  readonly unsubscribe: string;
  readonly pace: string;
  readonly stop: string;
  /** Asked only for mails compiled with `honeypot: true`. */
  readonly honeypot: string | null;
}

/** Everything that differs between two recipients of the same step. */
export interface MailValues {
  readonly fields: MergeValues;
  readonly csmAddress: string;
  readonly postalAddress: string;
  readonly links: StepLinks;
}
