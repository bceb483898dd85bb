import { escapeText } from "../domain/sequences/escape.ts";
import type { MergeValues } from "../domain/sequences/merge-fields.ts";
import { fillText, parseMergeText } from "../domain/sequences/merge-fields.ts";
import { readerFields } from "../domain/sequences/reader-facts.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import { dayOf } from "./person-calendar.ts";

/** What merge fields say to the reader of this enrollment's pages: the same as in their mails. */
export function readerValues(frame: EnrollmentFrame): MergeValues {
  const { contact, account, workspace, csm, successor, sponsor, departed } = frame;
  return readerFields({
    reader: contact,
    accountName: account.name,
    renewalOn: account.renewalOn === null ? null : dayOf(account.renewalOn),
    productName: frame.product?.name ?? account.productKey,
    workspaceName: workspace.name,
    csm,
    successor,
    sponsor,
    predecessor: departed,
    competitorName: frame.competitor?.name ?? null,
  });
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
