import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { type CapturedEnvelope, MailboxFolder } from "./mailbox-folder.ts";

export interface InboundMail {
  readonly envelope: CapturedEnvelope;
  readonly raw: Buffer;
  readonly receivedAt: Date;
}

export interface CapturedMailboxOptions {
  readonly folder: string;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** 0: any free port. */
  readonly port?: number;
  /** Stamps what is received; the demo's time-lapse gives its own. */
  readonly now?: () => Date;
  /** Mail to such an address came for Baton itself: replies, bounces, one-click unsubscribes by mail. */
  readonly isInbound?: (address: string) => boolean;
  /** Called for such mail before it is accepted. When it throws, the sender is asked to try again later. */
  readonly onInbound?: (mail: InboundMail) => Promise<void>;
  readonly log: { error(fields: object, text: string): void };
}

export interface CapturedMailbox {
  /** smtp:// address to hand mail to. */
  readonly url: string;
  readonly port: number;
  /** What was captured, also by other processes on the same folder. */
  readonly mailbox: MailboxFolder;
  /** Lets mails that are arriving finish, then closes. */
  close(): Promise<void>;
}

const MAX_MAIL_BYTES = 30 * 1024 * 1024;
const CLOSE_TIMEOUT_MS = 2000;

/** A real SMTP server that delivers to nobody: every mail is kept as a file before it is accepted. */
export async function startCapturedMailbox(options: CapturedMailboxOptions): Promise<CapturedMailbox> {
  const host = options.host ?? "127.0.0.1";
  const mailbox = new MailboxFolder(options.folder);
  const server = new SMTPServer({
    banner: "Baton captures this mail",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: MAX_MAIL_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData: (stream, session, answer) => {
      keep(options, mailbox, stream, session).then(
        (text) => answer(null, text),
        (error: unknown) => {
          const refused = error instanceof Refusal ? error : new Refusal(451, "4.3.0 Try again later");
          if (!(error instanceof Refusal)) options.log.error({ err: error }, "a mail could not be kept");
          answer(Object.assign(refused, { responseCode: refused.responseCode }));
        },
      );
    },
  });
  await listen(server, host, options.port ?? 0);
  // Connections that break are the sender's business; without a listener they would end the process.
  server.on("error", (error) => options.log.error({ err: error }, "captured mailbox: connection failed"));
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `smtp://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    mailbox,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

class Refusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, text: string) {
    super(text);
    this.responseCode = responseCode;
  }
}

async function keep(
  options: CapturedMailboxOptions,
  mailbox: MailboxFolder,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<string> {
  const chunks: Buffer[] = [];
  // Read to the end also when too large: the answer is only heard after the final dot.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (!stream.sizeExceeded) chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw new Refusal(552, "5.3.4 The message is larger than 30 MB");
  const raw = Buffer.concat(chunks);
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = {
    from: mailFrom === false ? "" : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
  };
  const receivedAt = (options.now ?? (() => new Date()))();
  const id = await mailbox.write(raw, envelope, receivedAt, async () => {
    if (envelope.to.some((address) => options.isInbound?.(address) === true)) {
      await options.onInbound?.({ envelope, raw, receivedAt });
    }
  });
  return `2.6.0 Captured as ${id}`;
}

function listen(server: SMTPServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      const remedy =
        error.code === "EADDRINUSE"
          ? "Another program listens there: stop it, or set INBOUND_SMTP_PORT to another port (0: any free one)."
          : "Set INBOUND_SMTP_HOST and INBOUND_SMTP_PORT to an address this user may listen on.";
      reject(new Error(`The captured mailbox cannot listen on ${host}:${port}. ${remedy}`, { cause: error }));
    };
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}
