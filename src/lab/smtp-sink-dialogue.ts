import type { Socket } from "node:net";
import type { FaultName } from "./smtp-sink-faults.ts";

/** One delivered mail, as the sink's log keeps it. */
export interface AcceptedMail {
  readonly at: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly envelopeId: string | null;
  readonly bytes: number;
  /** false: delivered, but the sender was not told. */
  readonly answered: boolean;
}

export interface SinkRules {
  strikes(fault: FaultName, key: string): boolean;
  /** As `strikes`, but only the first time it is asked for this key. */
  strikesFirst(fault: FaultName, key: string): boolean;
  deliver(mail: AcceptedMail): void;
  delayMs(): number;
}

const FINAL_DOT = Buffer.from("\r\n.\r\n");
const EXTENSIONS = [
  "127.0.0.1",
  "PIPELINING",
  "SIZE 52428800",
  "8BITMIME",
  "SMTPUTF8",
  "ENHANCEDSTATUSCODES",
  "DSN",
];

/** One connection: enough of RFC 5321 to take mail, cut to what a fast and faulty test server needs. */
export class SinkDialogue {
  readonly #socket: Socket;
  readonly #rules: SinkRules;
  #from = "";
  #envelopeId: string | null = null;
  #to: string[] = [];
  #line = "";
  /** null outside of DATA. */
  #body: Buffer[] | null = null;
  #tail: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, rules: SinkRules) {
    this.#socket = socket;
    this.#rules = rules;
  }

  greet(): void {
    this.#say("220 sink ready");
  }

  take(chunk: Buffer): void {
    if (this.#body !== null) {
      this.#takeBody(chunk);
      return;
    }
    const lines = (this.#line + chunk.toString("latin1")).split("\r\n");
    this.#line = lines.pop() ?? "";
    for (const [index, line] of lines.entries()) {
      this.#obey(line);
      if (this.#body !== null) {
        // DATA was pipelined with the body: the rest belongs to the mail.
        const rest = [...lines.slice(index + 1), this.#line].join("\r\n");
        this.#line = "";
        if (rest !== "") this.#takeBody(Buffer.from(rest, "latin1"));
        return;
      }
    }
  }

  #obey(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO")
      this.#say(EXTENSIONS.map((word, n, all) => `250${n < all.length - 1 ? "-" : " "}${word}`).join("\r\n"));
    else if (verb === "HELO") this.#say("250 sink");
    else if (verb === "MAIL") this.#mail(line);
    else if (verb === "RCPT") this.#recipient(addressIn(line));
    else if (verb === "DATA") this.#data();
    else if (verb === "RSET" || verb === "NOOP") {
      if (verb === "RSET") this.#reset();
      this.#say("250 2.0.0 Ok");
    } else if (verb === "QUIT") this.#socket.end("221 2.0.0 Bye\r\n");
    else this.#say("502 5.5.2 Command not known");
  }

  #mail(line: string): void {
    this.#reset();
    this.#from = addressIn(line);
    this.#envelopeId = / ENVID=(\S+)/i.exec(line)?.[1] ?? null;
    this.#say("250 2.1.0 Ok");
  }

  #recipient(address: string): void {
    if (this.#rules.strikes("reject550", address)) this.#say("550 5.1.1 No such user");
    else if (this.#rules.strikesFirst("defer451", `${this.#from}|${address}`))
      this.#say("451 4.7.1 Come back later");
    else {
      this.#to.push(address);
      this.#say("250 2.1.5 Ok");
    }
  }

  #data(): void {
    if (this.#to.length === 0) this.#say("554 5.5.1 No valid recipients");
    else if (this.#rules.strikesFirst("dropBeforeData", this.#key())) this.#socket.destroy();
    else {
      this.#body = [];
      this.#tail = Buffer.alloc(0);
      this.#say("354 End data with <CR><LF>.<CR><LF>");
    }
  }

  #takeBody(chunk: Buffer): void {
    const body = this.#body ?? [];
    body.push(chunk);
    // The final dot may be cut in two by the network: only the last few bytes are looked at again.
    const seen = Buffer.concat([this.#tail, chunk]);
    const end = seen.indexOf(FINAL_DOT);
    if (end === -1) {
      this.#tail = seen.subarray(Math.max(0, seen.length - FINAL_DOT.length + 1));
      return;
    }
    const rest = seen.subarray(end + FINAL_DOT.length);
    this.#finish(body);
    if (rest.length > 0) this.take(rest);
  }

  #finish(body: readonly Buffer[]): void {
    const key = this.#key();
    const dropped = this.#rules.strikesFirst("dropAfterDot", key);
    const hung = !dropped && this.#rules.strikesFirst("hangAfterDot", key);
    const raw = Buffer.concat(body);
    this.#rules.deliver({
      at: new Date().toISOString(),
      messageId: messageIdOf(raw),
      from: this.#from,
      to: this.#to,
      envelopeId: this.#envelopeId,
      bytes: raw.length,
      answered: !dropped && !hung,
    });
    this.#reset();
    if (dropped) this.#socket.destroy();
    else if (!hung) this.#answerLater("250 2.0.0 Ok: delivered");
  }

  #answerLater(text: string): void {
    const delay = this.#rules.delayMs();
    if (delay > 0) setTimeout(() => this.#say(text), delay);
    else this.#say(text);
  }

  #reset(): void {
    this.#from = "";
    this.#envelopeId = null;
    this.#to = [];
    this.#body = null;
  }

  #key(): string {
    return `${this.#from}|${this.#to.join(",")}`;
  }

  #say(text: string): void {
    if (!this.#socket.destroyed) this.#socket.write(`${text}\r\n`);
  }
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? "";
}

/** From the header only; a folded value is joined. */
function messageIdOf(raw: Buffer): string {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.subarray(0, end === -1 ? raw.length : end + 2).toString("latin1");
  return /^message-id:\s*(<[^>]*>)/im.exec(head)?.[1] ?? "";
}
