import { createPrivateKey } from "node:crypto";
import { PassThrough, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import nodemailer from "nodemailer";
import DKIM from "nodemailer/lib/dkim";
import type MimeNode from "nodemailer/lib/mime-node";
import type { OutgoingMail, Transport } from "../../domain/sending/outcome.ts";
import { type DkimKey, SIGNED_HEADERS } from "./dkim.ts";
import { messageSource } from "./message-source.ts";
import { toNodemailer } from "./nodemailer-message.ts";
import { oneLine, outcomeOfError } from "./smtp-outcome.ts";
import type { SmtpServer } from "./smtp-settings.ts";
import { WholeBody } from "./whole-body.ts";

export interface SmtpTransportOptions {
  readonly server: SmtpServer;
  readonly dkim: DkimKey | null;
  readonly connections?: number;
  /** Mails per connection before a new one is opened; many servers stop at 100. */
  readonly mailsPerConnection?: number;
  /** Longest silence of the server, milliseconds. */
  readonly silenceMs?: number;
  /** Longest time for one mail in all, waiting for a connection included. Must be below the lease of a send. */
  readonly deadlineMs?: number;
  /** Ask for SUCCESS notices too: only sensible with a relay of one's own. */
  readonly notifySuccess?: boolean;
  /** Trouble that belongs to no single mail. */
  readonly onTrouble?: (problem: Error) => void;
}

/** How far one mail came, and what it says. `bodyBegan` only ever goes from false to true. */
interface Phase {
  bodyBegan: boolean;
  readonly mail: OutgoingMail;
}

/** Pooled SMTP with DKIM, and honest about what it cannot know. Close it to let go of its connections. */
export function createSmtpTransport(options: SmtpTransportOptions): Transport {
  const deadlineMs = options.deadlineMs ?? 180_000;
  const mailer = nodemailer.createTransport(poolOptions(options));
  const sign = bodySigner(options.dkim);
  const phases = new WeakMap<object, Phase>();
  mailer.on("error", (problem) => options.onTrouble?.(problem));
  mailer.use("stream", ({ data, message }, done) => {
    const phase = data.headers ? phases.get(data.headers) : undefined;
    // Without its phase a mail's failure could not be judged, so it must not leave.
    if (!phase || !message) return done(new Error("This mail has no phase to watch"));
    giveBody(message, phase, sign).then(() => done(), done);
  });
  let closed = false;

  return {
    async submit(mail) {
      if (closed) return { kind: "not-sent", cause: "the transport is closed" };
      const data = toNodemailer(mail, options.notifySuccess ?? false);
      const phase: Phase = { bodyBegan: false, mail };
      if (data.headers) phases.set(data.headers, phase);
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      try {
        const info = await mailer.sendMail({ ...data, signal: deadline.signal });
        return { kind: "accepted", response: oneLine(info.response) };
      } catch (error) {
        return outcomeOfError(error, phase.bodyBegan);
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      closed = true;
      mailer.close();
    },
  };
}

function poolOptions(options: SmtpTransportOptions) {
  const { server } = options;
  return {
    pool: true as const,
    host: server.host,
    port: server.port,
    secure: server.implicitTls,
    requireTLS: server.tls === "required" && !server.implicitTls,
    ignoreTLS: server.tls === "off",
    // A certificate is worth checking only where TLS is demanded; opportunistic TLS has no trust to lose.
    tls: { rejectUnauthorized: server.tls === "required", minVersion: "TLSv1.2" as const },
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? "" } }),
    maxConnections: options.connections ?? 10,
    maxMessages: options.mailsPerConnection ?? 100,
    // The pool puts a mail back by itself only when not a byte of it was read; giveBody holds it to that.
    maxRequeues: 1,
    connectionTimeout: Math.min(15_000, options.silenceMs ?? 15_000),
    greetingTimeout: Math.min(15_000, options.silenceMs ?? 15_000),
    socketTimeout: options.silenceMs ?? 120_000,
    idleTimeout: 45_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The bytes that will leave, and the note of the instant at which they may. One body belongs to one mail, whatever connection of the pool carries it. */
async function giveBody(message: MimeNode, phase: Phase, sign: Signer): Promise<void> {
  const source = await sign(messageSource(message, phase.mail));
  message.createReadStream = () => {
    // Whatever the pool believes, a body that began to leave does not leave a second time.
    if (phase.bodyBegan) return refusedStream();
    return new WholeBody(source, () => {
      phase.bodyBegan = true;
    });
  };
}

type Signer = (source: Buffer) => Buffer | Promise<Buffer>;

/** Signs when there is a key. */
function bodySigner(dkim: DkimKey | null): Signer {
  if (dkim === null) return (source) => source;
  const key = createPrivateKey(dkim.privateKey);
  // The signer signs with RSA alone, and lets a mail leave unsigned, without a word, when it cannot.
  if (key.asymmetricKeyType !== "rsa") throw new Error("The DKIM key must be an RSA key");
  const signer = new DKIM({
    ...dkim,
    // Read once: from its text, OpenSSL would parse and check the key again for every mail, which takes
    // longer than signing. node:crypto takes either; nodemailer's types know only the text.
    privateKey: key as unknown as string,
    headerFieldNames: SIGNED_HEADERS,
  });
  return (source) => buffer(signer.sign(source));
}

function refusedStream(): PassThrough & Readable {
  const stream = new PassThrough();
  setImmediate(() => stream.destroy(new Error("This mail already began to leave once")));
  return stream;
}
