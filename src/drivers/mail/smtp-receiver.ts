import { BlockList, isIP } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { SenderCheck } from "./sender-check.ts";

/** A mail that was taken. `authentic` is unset when a neighbour handed it on: that server checked the sender. */
export interface TakenMail {
  readonly raw: Buffer;
  readonly envelopeTo: string[];
  readonly authentic?: boolean;
}

export interface SmtpReceiverOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Offers STARTTLS with this certificate; null: plain, for a mail server on the same network. PEM. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  /** Whether an address is one of our own signed ones. Nothing else is taken: there is no relaying. */
  readonly isOurs: (address: string) => boolean;
  /** Called before the mail is accepted. When it throws, the sender is asked to try again later. */
  readonly onMail: (mail: TakenMail) => Promise<void>;
  readonly checkSender: SenderCheck;
  /** Whose word about the sender is in the headers. Unset: loopback and private networks. */
  readonly isNeighbour?: (ip: string) => boolean;
  readonly log: { error(fields: object, text: string): void };
}

export interface SmtpReceiver {
  readonly port: number;
  /** Lets mails that are arriving finish, then closes. */
  close(): Promise<void>;
}

/** What answers us is small (trust.md A18). A larger mail is refused, so its sender learns of it. */
const MAX_MAIL_BYTES = 10 * 1024 * 1024;
const CLOSE_TIMEOUT_MS = 2000;
const SILENCE_MS = 60_000;
/** Together they can hold no more than this many times the largest mail. */
const MAX_CLIENTS = 20;
const MAX_RECIPIENTS = 20;

/** Takes answers and bounces by SMTP: only for addresses that we signed, and only once they are kept. */
export async function startSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const server = new SMTPServer({
    banner: "Baton takes answers to its own mails",
    authOptional: true,
    disabledCommands: options.tls === null ? ["AUTH", "STARTTLS"] : ["AUTH"],
    ...(options.tls ?? {}),
    disableReverseLookup: true,
    logger: false,
    size: MAX_MAIL_BYTES,
    maxClients: MAX_CLIENTS,
    socketTimeout: SILENCE_MS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onRcptTo: ({ address }, session, answer) => {
      if (!options.isOurs(address))
        answer(refusal(550, "5.7.1 This address is none of ours; nothing is relayed"));
      else if (session.envelope.rcptTo.length >= MAX_RECIPIENTS)
        answer(refusal(452, "4.5.3 Too many recipients"));
      else answer();
    },
    onData: (stream, session, answer) => {
      take(options, stream, session).then(
        () => answer(null, "2.6.0 Kept"),
        (error: unknown) => {
          if (error instanceof Refusal) return answer(error);
          options.log.error({ err: error }, "an answer could not be kept; its sender will try again");
          return answer(refusal(451, "4.3.0 Try again later"));
        },
      );
    },
  });
  await listen(server, options.host, options.port);
  // Connections that break are the sender's business; without a listener they would end the process.
  server.on("error", (error) => options.log.error({ err: error }, "receiving mail: connection failed"));
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
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

const refusal = (code: number, text: string): Refusal => new Refusal(code, text);

async function take(
  options: SmtpReceiverOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> {
  const chunks: Buffer[] = [];
  // Read to the end also when too large: the answer is only heard after the final dot.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw refusal(552, "5.3.4 The message is larger than 10 MB");
  const raw = Buffer.concat(chunks);
  const { mailFrom, rcptTo } = session.envelope;
  const envelopeTo = rcptTo.map(({ address }) => address);
  const ip = session.remoteAddress;
  if ((options.isNeighbour ?? isNeighbour)(ip)) return options.onMail({ raw, envelopeTo });
  const envelopeFrom = mailFrom === false ? "" : mailFrom.address;
  const helo = session.hostNameAppearsAs || "unknown";
  return options.onMail({
    raw,
    envelopeTo,
    authentic: await options.checkSender({ raw, envelopeFrom, ip, helo }),
  });
}

const NEIGHBOURS = new BlockList();
for (const [network, prefix, family] of [
  ["127.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
] as const) {
  NEIGHBOURS.addSubnet(network, prefix, family);
}

/** A mail server of our own stands before us there: its word is in the headers, the address says nothing. */
function isNeighbour(address: string): boolean {
  const ip = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(ip) !== 0 && NEIGHBOURS.check(ip, isIP(ip) === 4 ? "ipv4" : "ipv6");
}

function listen(server: SMTPServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException): void => {
      const remedy =
        cause.code === "EADDRINUSE"
          ? "Another program listens there: stop it, or set INBOUND_SMTP_PORT to another port."
          : "Set INBOUND_SMTP_HOST and INBOUND_SMTP_PORT to an address this user may listen on.";
      reject(new Error(`Replies cannot be received on ${host}:${port}. ${remedy}`, { cause }));
    };
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}
