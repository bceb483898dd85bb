import { enhancedStatus, replyCode } from "./status-codes.ts";

/** What a report says about one recipient. */
export interface RecipientStatus {
  readonly recipient: string | null;
  /** failed, delayed, delivered, relayed, expanded; lower case. */
  readonly action: string | null;
  /** "5.1.1". */
  readonly status: string | null;
  /** What the receiving server said. */
  readonly diagnostic: string;
  /** The kind before the semicolon: "smtp", "x-unix", "x-postfix"; lower case, "" when absent. */
  readonly diagnosticKind: string;
  /** PowerMTA's own judgement ("bad-mailbox"); "" when absent. */
  readonly category: string;
}

const FIELD =
  /^(?:final-recipient|original-recipient|x-actual-recipient|action|status|diagnostic-code|remote-mta|reporting-mta)[ \t]*:/i;
/** Our mails have one recipient; more blocks come from lists that were expanded. */
const MOST_BLOCKS = 10;
const LONGEST_DIAGNOSTIC = 2000;

/** The per-recipient blocks of a message/delivery-status part (RFC 3464). The block about the message has no recipient. */
export function readDeliveryStatus(text: string): RecipientStatus[] {
  const unfolded = text.replace(/\r\n?/g, "\n").replace(/\n[ \t]+(?=\S)/g, " ");
  return unfolded
    .split(/\n[ \t]*\n/)
    .slice(0, MOST_BLOCKS)
    .flatMap((block) => readBlock(block) ?? []);
}

/**
 * The same fields where no part carries them: inside a plain text ("Technical report:"), or in a mail whose
 * boundary is broken. Null when the text has no such report.
 */
export function findDeliveryStatus(text: string): RecipientStatus[] | null {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => FIELD.test(line));
  if (first < 0) return null;
  const report = lines.slice(first, first + 400).join("\n");
  if (!/^(?:final|original)-recipient[ \t]*:/im.test(report) || !/^(?:action|status)[ \t]*:/im.test(report)) {
    return null;
  }
  const blocks = readDeliveryStatus(report).filter(({ recipient }) => recipient !== null);
  return blocks.length === 0 ? null : blocks;
}

function readBlock(block: string): RecipientStatus | null {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name, value] = /^([A-Za-z][A-Za-z-]{0,40})[ \t]*:(.*)$/.exec(line.trim()) ?? [];
    if (name === undefined || value === undefined) continue;
    const key = name.toLowerCase();
    // Some servers repeat the field; the fuller one is the one of the server that refused.
    if ((fields.get(key)?.length ?? -1) < value.trim().length) fields.set(key, value.trim());
  }
  const recipient = fields.get("final-recipient") ?? fields.get("original-recipient") ?? null;
  const action = fields.get("action") ?? null;
  const statusField = fields.get("status") ?? "";
  if (recipient === null && action === null && statusField === "") return null;
  // Some name the receiver's own words inside their own: "5.1.0 - Unknown address error 550-'5.7.1 ... denied'".
  const [, kind = "", said = ""] =
    /^(?:([A-Za-z][\w-]{0,20})[ \t]*;)?(.*)$/.exec(fields.get("diagnostic-code") ?? "") ?? [];
  return {
    recipient: addressIn(fields.get("original-recipient") ?? "") ?? addressIn(recipient ?? ""),
    action: action === null ? null : (action.toLowerCase().split(/[\s(;]/)[0] ?? null),
    status: enhancedStatus(statusField) ?? statusOfReply(statusField),
    diagnostic: innerWords(said.slice(0, LONGEST_DIAGNOSTIC)).trim(),
    diagnosticKind: kind.toLowerCase(),
    category: (fields.get("x-powermta-bouncecategory") ?? "").toLowerCase(),
  };
}

const innerWords = (said: string): string =>
  /^\s*\d\.\d\.\d{1,3} - .{0,100}? (\d{3}-'.{1,1000}')/.exec(said)?.[1]?.replaceAll("'", " ") ?? said;

/** "Status: 550" instead of an enhanced code: only its class is known. */
function statusOfReply(field: string): string | null {
  const reply = replyCode(field.trim());
  return reply === null ? null : `${reply.slice(0, 1)}.0.0`;
}

/** The first mail address in a text, in lower case. */
export function addressIn(text: string): string | null {
  return (
    /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?/
      .exec(text)?.[0]
      .toLowerCase() ?? null
  );
}
