import { addressIn } from "./delivery-status.ts";
import type { OpenedMail } from "./opened-mail.ts";

interface Complaint {
  /** abuse, fraud, virus, opt-out, auth-failure, not-spam, other. */
  readonly type: string;
  readonly recipient: string | null;
  readonly rule: string;
}

/** A complaint in the Abuse Reporting Format (RFC 5965), or in the older form of a provider. Null: none. */
export function readComplaint(mail: OpenedMail): Complaint | null {
  const part = mail.parts.find(({ type }) => type === "message/feedback-report");
  const declared = /report-type\s{0,5}=\s{0,5}"?feedback-report/i.test(mail.header("content-type"));
  const text = part?.text ?? mail.body;
  if (part !== undefined || declared || /^feedback-type[ \t]*:/im.test(text)) return ofReport(mail, text);
  return ofHotmail(mail);
}

function ofReport(mail: OpenedMail, report: string): Complaint {
  const field = (name: string) =>
    new RegExp(`^${name}[ \\t]*:[ \\t]*(.{1,300})$`, "im").exec(report)?.[1] ?? "";
  const type = /^[\w-]{1,40}/.exec(field("feedback-type").trim())?.[0]?.toLowerCase() ?? "abuse";
  const recipient =
    addressIn(field("original-rcpt-to")) ?? addressIn(field("removal-recipient")) ?? toOf(mail);
  return { type, recipient, rule: "arf" };
}

/** Microsoft's junk mail reports: the mail itself, under a subject that says what it is. */
function ofHotmail(mail: OpenedMail): Complaint | null {
  const returned = mail.parts.find(({ type }) => type === "message/rfc822")?.text ?? mail.body;
  const named = /^x-hmxmroriginalrecipient[ \t]*:[ \t]*(.{1,300})$/im.exec(returned)?.[1];
  if (named === undefined && !/^\s*complaint about message from \d/i.test(mail.subject)) return null;
  return { type: "abuse", recipient: addressIn(named ?? ""), rule: "junk-mail-report" };
}

/** To whom the reported mail went. */
function toOf(mail: OpenedMail): string | null {
  const returned =
    mail.parts.find(({ type }) => /^message\/rfc822$|^text\/rfc822-headers$/.test(type))?.text ?? "";
  return addressIn(/^to[ \t]*:[ \t]*(.{1,300})$/im.exec(returned)?.[1] ?? "");
}
