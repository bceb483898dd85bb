/** Headers end at the first empty line; a head longer than this says nothing that we trust. */
const HEAD_LIMIT = 64 * 1024;

/**
 * What the server that took a mail for us found out about its sender (RFC 8601). Only the topmost field and
 * those of the same server count: a mail brings older ones along, and a sender may write what they like below.
 * False: the sender was checked and it failed. Null: no such word. It never says true, for on a server that
 * writes no such field the topmost one is the sender's own.
 */
export function failedAuthentication(raw: Uint8Array): false | null {
  const head = new TextDecoder("latin1").decode(raw.subarray(0, HEAD_LIMIT)).split(/\r?\n\r?\n/, 1)[0] ?? "";
  const fields = head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => /^authentication-results\s{0,5}:(.*)$/i.exec(line)?.[1] ?? []);
  const server = serverOf(fields[0]);
  const failed = fields.some(
    (field) =>
      serverOf(field) === server && /(?:^|[;\s])dmarc\s{0,3}=\s{0,3}fail\b/i.test(withoutComments(field)),
  );
  return failed ? false : null;
}

/** The authserv-id: what stands before the first semicolon. */
function serverOf(field: string | undefined): string {
  return (field ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

const withoutComments = (field: string): string => field.replace(/\([^()]{0,500}\)/g, " ");
