import { escapeText } from "../domain/sequences/escape.ts";
import type { MergeValues } from "../domain/sequences/merge-fields.ts";
import { fillText, parseMergeText } from "../domain/sequences/merge-fields.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";

const IN_WORDS = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** What merge fields say to the reader of this enrollment's pages: the same as in their mails. */
export function readerValues(frame: EnrollmentFrame): MergeValues {
  const { contact, account, csm, successor, sponsor, departed } = frame;
  return {
    "contact.firstName": contact.firstName,
    "contact.name": contact.name,
    "contact.title": contact.title,
    "account.name": account.name,
    "account.renewalOn": account.renewalOn === null ? null : IN_WORDS.format(account.renewalOn),
    "product.name": frame.product?.name ?? account.productKey,
    "workspace.name": frame.workspace.name,
    "csm.name": csm?.name ?? frame.workspace.name,
    "csm.firstName": csm?.name.split(" ")[0] ?? frame.workspace.name,
    "csm.title": csm?.title ?? null,
    "successor.firstName": successor?.firstName ?? null,
    "successor.name": successor?.name ?? null,
    "sponsor.firstName": sponsor?.firstName ?? null,
    "sponsor.name": sponsor?.name ?? null,
    "predecessor.firstName": departed?.firstName ?? null,
    "predecessor.name": departed?.name ?? null,
    "competitor.name": frame.competitor?.name ?? null,
  };
}

/** Plain text with its fields filled; the page escapes it for HTML. */
export function fillPlain(source: string, values: MergeValues): string {
  return fillText(parseMergeText(source).parts, values, escapeText);
}

/** Markdown with its fields filled: a value is never markup, whatever characters it has (trust.md A6). */
export function fillMarkdown(source: string, values: MergeValues): string {
  return fillText(parseMergeText(source).parts, values, (value) =>
    escapeText(value).replace(/[\\`*_{}[\]<>()#+\-.!|&~:]/g, "\\$&"),
  );
}
