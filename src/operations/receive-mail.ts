import { createHash } from "node:crypto";
import { z } from "zod";
import { saysDeparted } from "../domain/inbound/absence.ts";
import { failedAuthentication } from "../domain/inbound/authentication-results.ts";
import { authorOf } from "../domain/inbound/author.ts";
import { classifyMail } from "../domain/inbound/classify-mail.ts";
import type { ClassifiedMail, MailKind } from "../domain/inbound/mail-kind.ts";
import { type Attribution, attributeMail } from "./attribute-mail.ts";
import type { Writer } from "./inbound/arrival.ts";
import { copyToCsm } from "./inbound/copies.ts";
import { react } from "./inbound/react.ts";
import type { Parts } from "./parts.ts";
import type { ReceiveMailInput } from "./received-mail.ts";
import { transact } from "./transact.ts";

export interface MailReceived {
  kind: MailKind;
  /** Null: nothing signed named a send; kept, but nobody is suppressed or credited (trust.md A19). */
  sendId: string | null;
  enrollmentId: string | null;
  did: string;
  repeated: boolean;
}

/** Takes one mail that came to us: keeps it once, finds whose it is by signed address, and does what it calls for. */
export async function receiveMail(parts: Parts, input: ReceiveMailInput): Promise<MailReceived> {
  const classified = await classifyMail(input.raw);
  const whose = await attributeMail(parts, input, classified);
  const mail = asAnswer(classified, whose);
  const at = input.at ?? parts.clock.now();
  if (whose.workspaceId === null) {
    return {
      kind: mail.kind,
      sendId: null,
      enrollmentId: null,
      did: "There is no workspace to keep it in.",
      repeated: false,
    };
  }
  const writer = await writerOf(parts, input, mail, whose);
  const kept = await keepMail(parts, { input, mail, whose, writer, workspaceId: whose.workspaceId, at });
  const { sendId, enrollmentId } = whose;
  if (kept.settled) {
    return { kind: mail.kind, sendId, enrollmentId, did: "It had come before.", repeated: true };
  }
  const arrived = { mail, whose, writer, mailId: kept.id, at };
  const did = await react(parts, arrived);
  if (input.copyToCsm === true) await copyToCsm(parts, arrived);
  await settle(parts, whose.workspaceId, kept.id, did);
  return { kind: mail.kind, sendId, enrollmentId, did, repeated: kept.repeated };
}

/**
 * Somebody wrote a new mail to the reply address they had from us: no "Re:", nothing quoted, and still their
 * answer, for the signed address says which mail they had before them. What a machine wrote stays what it was.
 */
function asAnswer(mail: ClassifiedMail, whose: Attribution): ClassifiedMail {
  if (mail.kind !== "other" || mail.rules.length > 0 || whose.by !== "token") return mail;
  return {
    ...mail,
    kind: "reply",
    reason: "a person's mail to a reply address",
    departed: saysDeparted(mail.text),
    rules: ["reply-address"],
  };
}

/** Who wrote it, seen from the contact whom the send went to. */
async function writerOf(
  parts: Parts,
  input: ReceiveMailInput,
  mail: ClassifiedMail,
  { workspaceId, sendId }: Attribution,
): Promise<Writer> {
  const send =
    workspaceId === null || sendId === null
      ? null
      : await parts.db.send.findFirst({ where: { workspaceId, id: sendId }, select: { contactId: true } });
  const contact =
    workspaceId === null || send === null || send.contactId === null
      ? null
      : await parts.db.contact.findFirst({ where: { workspaceId, id: send.contactId } });
  const authentic = input.authentic ?? failedAuthentication(input.raw);
  return { contact, author: authorOf(mail.from, contact?.email ?? null, authentic) };
}

interface Keeping {
  readonly input: ReceiveMailInput;
  readonly mail: ClassifiedMail;
  readonly whose: Attribution;
  readonly writer: Writer;
  readonly workspaceId: string;
  readonly at: Date;
}

interface Kept {
  readonly id: string;
  readonly repeated: boolean;
  /** It came before and everything it called for was done. */
  readonly settled: boolean;
}

/**
 * A row that was kept but not settled was left by a process that died in between: its mail comes again, and what
 * it calls for is done then. Every part of that is written once by a key of its own, so twice does no harm.
 */
async function keepMail(
  parts: Parts,
  { input, mail, whose, writer, workspaceId, at }: Keeping,
): Promise<Kept> {
  const rawHash = hashOf(input.raw, mail);
  return transact(parts, async (tx) => {
    const [row] = await tx.inboundMail.createManyAndReturn({
      data: [
        {
          workspaceId,
          sendId: whose.sendId,
          enrollmentId: whose.enrollmentId,
          kind: mail.kind,
          fromAddress: mail.from,
          subject: mail.subject.slice(0, 500),
          text: mail.text,
          detail: {
            status: mail.status,
            recipient: mail.recipient,
            reason: mail.reason,
            returnsOn: mail.returnsOn,
            standIn: mail.standIn,
            departed: mail.departed,
            rules: [...mail.rules],
            attributedBy: whose.by,
            author: writer.contact === null ? null : writer.author,
          },
          rawHash,
          receivedAt: at,
        },
      ],
      skipDuplicates: true,
      select: { id: true },
    });
    if (row !== undefined) return { id: row.id, repeated: false, settled: false };
    const before = await tx.inboundMail.findUniqueOrThrow({
      where: { workspaceId_rawHash: { workspaceId, rawHash } },
    });
    // An erased mail has lost its words and its details; it calls for nothing any more.
    const { attributedBy, did } = Detail.parse(before.detail);
    return { id: before.id, repeated: true, settled: attributedBy === undefined || did !== undefined };
  });
}

const Detail = z.object({ attributedBy: z.string().optional(), did: z.string().optional() });

/**
 * The same mail may come on two ways, or twice into one inbox, with other headers of the servers on its way: then
 * its own id and words say that it is the same. One without an id is known by its bytes.
 */
function hashOf(raw: Buffer, { messageId, from, subject, text }: ClassifiedMail): string {
  const known = messageId === null ? raw : JSON.stringify([messageId, from, subject, text]);
  return createHash("sha256").update(known).digest("hex");
}

async function settle(parts: Parts, workspaceId: string, id: string, did: string): Promise<void> {
  await parts.db.$executeRaw`
    update inbound_mail set detail = detail || jsonb_build_object('did', ${did}::text)
     where "workspaceId" = ${workspaceId}::uuid and id = ${id}::uuid and detail ? 'attributedBy'`;
}
