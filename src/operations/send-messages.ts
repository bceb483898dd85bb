import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readAddress, readName } from "../domain/sending/addresses.ts";
import { guardSend } from "../domain/sending/guards.ts";
import { mailHeaders } from "../domain/sending/headers.ts";
import { messageId } from "../domain/sending/message-id.ts";
import type { OutgoingMail } from "../domain/sending/outcome.ts";
import { replyAddress, returnPath } from "../domain/sending/return-path.ts";
import { isDatabaseTrouble } from "../drivers/store/database-trouble.ts";
import { type ClaimedSend, claimSends, type Departure, type Ending } from "../drivers/store/sends.ts";
import type { SqlPool } from "../drivers/store/sql.ts";
import { askToRepair } from "./ask-to-repair.ts";
import { heedRefusal } from "./heed-refusal.ts";
import type { Leases } from "./leases.ts";
import { trackedLinks } from "./mail-links.ts";
import type { Parts, Submitter } from "./parts.ts";
import type { SendDesk } from "./send-desk.ts";
import { broken, endingOfGuard, endingOfOutcome, type Moment, postponed, released } from "./send-endings.ts";
import { localDateNow, nextDayOpening, sendFacts } from "./send-facts.ts";
import type { SendTurns } from "./send-turns.ts";
import type { MailWriters, WrittenMail } from "./written-mail.ts";

export interface SendParts extends Parts {
  readonly sql: SqlPool;
  readonly submitter: Submitter;
  readonly writers: MailWriters;
  readonly desk: SendDesk;
  readonly turns: SendTurns;
  /** Names this worker on the rows it holds. */
  readonly owner: string;
  /** Keys the Message-IDs. */
  readonly secret: string;
  /** Whether answers to a signed address reach us. Else they go to the CSM's own. */
  readonly answersComeIn: boolean;
  readonly leases: Leases;
  /** Aborted when the process is asked to stop: what has not left goes back to `planned`. */
  readonly stopping: AbortSignal;
}

export type SendCounts = Readonly<Record<Ending["status"] | "lost", number>>;

/**
 * claim → guards → render → commit `transmitting` → submit → record. Every send that was claimed ends
 * in a row with its reason; one that another worker holds, or that has moved on, is left alone.
 *
 * Claims no more at once than can be in flight: with a slow server the rest of the batch would wait
 * out its lease in this process while other workers stand idle.
 */
export async function sendMessages(parts: SendParts, sendIds: readonly string[]): Promise<SendCounts> {
  const counts: Record<string, number> = {};
  for (let start = 0; start < sendIds.length && !parts.stopping.aborted; start += parts.desk.room) {
    const claimed = await claim(parts, sendIds.slice(start, start + parts.desk.room));
    await Promise.all(
      claimed.map((send) =>
        parts.desk.withRoom(async () => {
          const status = await sendOne(parts, send);
          counts[status] = (counts[status] ?? 0) + 1;
        }),
      ),
    );
  }
  return { ...NONE, ...counts };
}

function claim(parts: SendParts, sendIds: readonly string[]): Promise<ClaimedSend[]> {
  const wall = parts.clock.wall();
  return claimSends(parts.sql, {
    sendIds,
    owner: parts.owner,
    now: parts.clock.now(),
    wall,
    leaseUntil: new Date(wall.getTime() + parts.leases.claimedMs),
  });
}

const NONE: SendCounts = {
  submitted: 0,
  suppressed: 0,
  skipped: 0,
  deferred: 0,
  failed: 0,
  uncertain: 0,
  planned: 0,
  lost: 0,
};

async function sendOne(parts: SendParts, send: ClaimedSend): Promise<Ending["status"] | "lost"> {
  if (parts.stopping.aborted)
    return record(parts, send, released(send, "The worker stopped.", moment(parts)));
  let prepared: Prepared;
  try {
    prepared = await prepare(parts, send);
  } catch (cause) {
    // The database being away says nothing about the mail: it waits for the next look.
    if (isDatabaseTrouble(cause)) {
      return record(parts, send, released(send, "The database was away before it left.", moment(parts)));
    }
    // A broken template or value must not hold up the others of its batch (trust.md F17).
    parts.log.error({ err: cause, sendId: send.id }, "a mail could not be made");
    return record(parts, send, broken(send, cause, moment(parts)));
  }
  if (prepared.kind === "ending") return record(parts, send, prepared.ending);
  return submit(parts, send, prepared);
}

type Prepared =
  | { readonly kind: "ending"; readonly ending: Ending }
  | { readonly kind: "mail"; readonly mail: OutgoingMail; readonly domain: string };

/** Guards and rendering. Nothing leaves here. */
async function prepare(parts: SendParts, send: ClaimedSend): Promise<Prepared> {
  const writer = parts.writers[send.kind];
  if (writer === undefined) throw new Error(`Nobody writes mails of the kind "${send.kind}".`);
  const written = await writer(send);
  const at = moment(parts);
  const stop = guardSend(
    sendFacts(send, written.kind === "missing-values" ? written.fields : [], at.now),
    at.now,
  );
  if (stop !== null) {
    if (stop.outcome === "blocked") await askToRepair(parts, send, stop);
    return { kind: "ending", ending: endingOfGuard(send, stop, at) };
  }
  if (written.kind === "refused") {
    await askToRepair(parts, send, written);
    return { kind: "ending", ending: endingOfGuard(send, { outcome: "blocked", ...written }, at) };
  }
  const today = localDateNow(send, at.now);
  if (send.mailClass === "program" && today !== send.localDate) {
    // A late mail counts for the day on which it goes; the unique index says whether that day is free.
    return { kind: "ending", ending: postponed(send, at.now, "It is late and goes as today's mail.", at) };
  }
  if (written.kind !== "written") throw new Error("Missing values passed the guards.");
  return { kind: "mail", ...compose(parts, send, written, at) };
}

function compose(
  parts: SendParts,
  send: ClaimedSend,
  written: Extract<WrittenMail, { kind: "written" }>,
  at: Moment,
): { mail: OutgoingMail; domain: string } {
  const to = readAddress(send.recipientEmail ?? "");
  // A program speaks for the CSM; a mail to our own people comes from the product.
  const ours = send.mailClass === "internal" || send.senderEmail === null;
  const from = readAddress(ours ? `no-reply@${send.mailDomain}` : (send.senderEmail ?? ""));
  if (!to.ok || !from.ok) throw new Error("An address that is none passed the guards.");
  const id = messageId(parts.secret, send.id, send.mailDomain);
  const sender = readName(ours ? send.workspaceName : (send.senderName ?? send.workspaceName));
  const answers = parts.answersComeIn ? replyAddress(parts.links, send.id, send.mailDomain) : null;
  const mail: OutgoingMail = {
    from: { name: sender, address: from.address },
    // Carries the CSM's name; the address names the send, so that the answer finds its enrollment (trust.md 0.10).
    replyTo: written.replyTo ?? { name: sender, address: answers ?? from.address },
    to: { name: readName(send.recipientName ?? ""), address: to.address },
    envelopeFrom: returnPath(parts.links, send.id, send.mailDomain),
    messageId: id,
    date: at.now,
    subject: written.subject,
    html: written.html,
    htmlPieces: written.htmlPieces,
    text: written.text,
    headers: mailHeaders({
      messageId: id,
      mailDomain: send.mailDomain,
      programKey: written.program.key,
      programName: written.program.name,
      workspaceKey: send.workspaceKey,
      mailClass: written.program.mailClass,
      unsubscribe: written.unsubscribeUrl === null ? null : { url: written.unsubscribeUrl, mailto: answers },
      suppressAutoReplies: false,
    }),
    envelopeId: send.id,
  };
  return { mail, domain: to.domain };
}

/** A mail without a turn in time is looked at again after so long. */
const TURN_AGAIN_AFTER_MS = 5_000;

async function submit(
  parts: SendParts,
  send: ClaimedSend,
  { mail, domain }: Extract<Prepared, { kind: "mail" }>,
): Promise<Ending["status"] | "lost"> {
  // Before the departure: while it waits nothing has left, and a kill leaves nothing that nobody can know.
  const late = await waitForTurn(parts, send, domain);
  if (late !== null) return record(parts, send, late);
  const departure = departureOf(parts, send, mail, domain);
  let mayLeave: boolean;
  try {
    mayLeave = await parts.desk.depart(departure);
  } catch (cause) {
    parts.log.warn({ err: cause, sendId: send.id }, "the departure could not be committed; nothing left");
    mayLeave = false;
  }
  // A process that was frozen in between may find its lease gone and a person deciding about the send.
  if (!mayLeave || parts.clock.wall() >= departure.leaseUntil) {
    return record(parts, send, released(send, "It was stopped before it left.", moment(parts)));
  }
  const outcome = await parts.submitter.submit(mail);
  if (outcome.kind === "rejected") await heed(parts, send, outcome.response);
  return record(parts, send, endingOfOutcome(send, outcome, moment(parts)));
}

/** Null: its turn has come. Else it is put back, which is no attempt: too many wait, or the worker stops. */
async function waitForTurn(parts: SendParts, send: ClaimedSend, domain: string): Promise<Ending | null> {
  let wait: number | null;
  try {
    wait = await parts.turns.take(domain);
  } catch (cause) {
    parts.log.warn({ err: cause, sendId: send.id }, "no turn could be asked for; nothing left");
    wait = null;
  }
  if (wait === null) {
    const at = moment(parts);
    const nextAttemptAt = new Date(at.wall.getTime() + TURN_AGAIN_AFTER_MS);
    return { ...released(send, "Many mails are waiting for their turn.", at), nextAttemptAt };
  }
  if (wait > 0) await sleep(wait, undefined, { signal: parts.stopping }).catch(() => undefined);
  return parts.stopping.aborted ? released(send, "The worker stopped.", moment(parts)) : null;
}

/** Before the ending is recorded: a worker that is killed in between leaves an `uncertain` row, never a dead address that is mailed on. */
async function heed(parts: SendParts, send: ClaimedSend, response: string): Promise<void> {
  try {
    await heedRefusal(parts, send, response);
  } catch (cause) {
    parts.log.warn({ err: cause, sendId: send.id }, "a refusal could not be heeded; the next one will be");
  }
}

function departureOf(parts: SendParts, send: ClaimedSend, mail: OutgoingMail, domain: string): Departure {
  const wall = parts.clock.wall();
  return {
    id: send.id,
    owner: parts.owner,
    fence: send.fence,
    recipientDomain: domain,
    messageId: mail.messageId,
    subject: mail.subject,
    mimeHash: createHash("sha256").update(mail.subject).update(mail.html).update(mail.text).digest("hex"),
    links: trackedLinks(mail.html, parts.baseUrl),
    now: parts.clock.now(),
    wall,
    leaseUntil: new Date(wall.getTime() + parts.leases.transmittingMs),
  };
}

/** How many working days a mail may be passed on before a person must look. */
const MOST_DAYS_ON = 120;

/** A day that is full for this person, account or workspace passes the mail on to the next working day. */
async function record(
  parts: SendParts,
  send: ClaimedSend,
  ending: Ending,
): Promise<Ending["status"] | "lost"> {
  let next = ending;
  for (let day = 0; day < MOST_DAYS_ON; day += 1) {
    const result = await parts.desk.record(next);
    if (result === "recorded") return next.status;
    if (result === "lost") return "lost";
    const from = next.dueAt ?? parts.clock.now();
    next = postponed(
      send,
      nextDayOpening(send, from),
      "That day had its program mails already.",
      moment(parts),
    );
  }
  return record(parts, send, broken(send, `no free day in ${MOST_DAYS_ON} working days`, moment(parts)));
}

function moment(parts: SendParts): Moment {
  return { owner: parts.owner, now: parts.clock.now(), wall: parts.clock.wall() };
}
