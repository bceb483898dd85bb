import type { ClassifiedMail } from "../domain/inbound/mail-kind.ts";
import { tokenInAddress } from "../domain/sending/return-path.ts";
import type { Parts } from "./parts.ts";
import type { ReceiveMailInput } from "./received-mail.ts";

export interface Attribution {
  workspaceId: string | null;
  sendId: string | null;
  enrollmentId: string | null;
  /** How we know: by a signed address, by the id of a mail we sent, or not at all. Only a signed address may suppress (trust.md A19). */
  by: "token" | "message-id" | "nothing";
}

const READ_BYTES = 1024 * 1024;
const SIGNED = /(?<![A-Za-z0-9._-])((?:b|reply)\+[A-Za-z0-9]{1,8}\.[A-Za-z0-9_-]{30}\.[A-Za-z0-9_-]{24}@)/g;

/** Whose mail this is: signed addresses first, then ids of mails we sent (trust.md 5). The From line says nothing. */
export async function attributeMail(
  parts: Parts,
  input: ReceiveMailInput,
  mail: ClassifiedMail,
): Promise<Attribution> {
  // A complaint comes to another address; the mail it returns has our signed addresses in its headers.
  const inside = input.raw.subarray(0, READ_BYTES).toString("latin1").matchAll(SIGNED);
  for (const address of [...input.envelopeTo, ...[...inside].map((match) => `${match[1]}x`)]) {
    const sendId = readSigned(parts, address);
    if (sendId === null) continue;
    const send = await parts.db.send.findUnique({ where: { id: sendId } });
    if (send !== null) {
      return { workspaceId: send.workspaceId, sendId, enrollmentId: send.enrollmentId, by: "token" };
    }
  }
  const answered = await parts.db.send.findFirst({
    where: { messageId: { in: mail.references.flatMap((id) => [id, id.replace(/^<|>$/g, "")]) } },
    orderBy: { plannedAt: "desc" },
  });
  if (answered !== null && answered.messageId !== null) {
    const { workspaceId, id, enrollmentId } = answered;
    return { workspaceId, sendId: id, enrollmentId, by: "message-id" };
  }
  return {
    workspaceId: await workspaceOf(parts, input.envelopeTo),
    sendId: null,
    enrollmentId: null,
    by: "nothing",
  };
}

/** Whether we made and signed this address. Its domain does not matter: a workspace may have had another one before. */
export function isOurAddress(links: Parts["links"], address: string): boolean {
  return readSigned({ links }, address) !== null;
}

function readSigned(parts: Pick<Parts, "links">, address: string): string | null {
  for (const [prefix, purpose] of [
    ["b", "bounce"],
    ["reply", "reply"],
  ] as const) {
    const token = tokenInAddress(prefix, address);
    const claims = token === null ? null : parts.links.read(purpose, token);
    if (claims !== null) return claims.subject;
  }
  return null;
}

/** The workspace that the mail was addressed to; the oldest one where that does not say. */
async function workspaceOf(parts: Parts, envelopeTo: readonly string[]): Promise<string | null> {
  const domains = envelopeTo.map((address) => address.split("@").at(-1)?.toLowerCase() ?? "");
  const named = await parts.db.workspace.findFirst({ where: { mailDomain: { in: domains } } });
  const found = named ?? (await parts.db.workspace.findFirst({ orderBy: { createdAt: "asc" } }));
  return found?.id ?? null;
}
