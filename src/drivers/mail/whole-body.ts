import { Readable, Transform } from "node:stream";

const END_OF_DATA = Buffer.from(".\r\n");

/**
 * A mail on its way into an SMTP connection. Lines end in CRLF, the last one too.
 *
 * nodemailer pipes a mail into the connection only after it has read the server's 354, so `pipe` is the last
 * moment at which "not sent" is certain; watching for the stream's end is not enough, since small bodies are
 * read ahead.
 */
export class WholeBody extends Readable {
  readonly #source: Buffer;
  readonly #onBegin: () => void;

  constructor(source: Buffer, onBegin: () => void) {
    super({ highWaterMark: source.length + 1 });
    this.#source = source;
    this.#onBegin = onBegin;
  }

  override _read(): void {
    this.push(this.#source);
    this.push(null);
  }

  /**
   * What nodemailer pipes into goes over every byte to double the dots that begin a line (RFC 5321 4.5.2) and to
   * end the data. A body without such a line is handed over as it goes over the wire, in one piece.
   */
  override pipe<To extends NodeJS.WritableStream>(connection: To, options?: { end?: boolean }): To {
    this.#onBegin();
    if (!(connection instanceof Transform) || this.#source.includes("\n."))
      return super.pipe(connection, options);
    // Read by us, so that the pool sees that this body began to leave and does not give it to another connection.
    const source: Buffer = this.read();
    connection.push(Buffer.concat([source, END_OF_DATA]));
    connection.push(null);
    return connection;
  }
}
