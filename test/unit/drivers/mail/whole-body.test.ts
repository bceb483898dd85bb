import { Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { WholeBody } from "../../../../src/drivers/mail/whole-body.ts";

/** As nodemailer's: ends the data by itself when what is written into it ends. */
class Line extends Transform {
  written = 0;
  override _transform(chunk: Buffer, _encoding: string, done: (error: null, data: Buffer) => void): void {
    this.written += 1;
    done(null, chunk);
  }
  override _flush(done: (error: null, data: Buffer) => void): void {
    done(null, Buffer.from("(ended by the line)"));
  }
}

describe("a body on its way into a connection", () => {
  it("goes in one piece with its own end when no line begins with a dot", async () => {
    const line = new Line();
    new WholeBody(Buffer.from("a\r\nb\r\n"), () => undefined).pipe(line);
    expect((await buffer(line)).toString()).toBe("a\r\nb\r\n.\r\n");
    expect(line.written).toBe(0);
  });

  it("leaves a line that begins with a dot to the connection, which knows what to do with it", async () => {
    const line = new Line();
    new WholeBody(Buffer.from("a\r\n.b\r\n"), () => undefined).pipe(line);
    expect((await buffer(line)).toString()).toBe("a\r\n.b\r\n(ended by the line)");
    expect(line.written).toBe(1);
  });

  it("says that it begins before anything can leave, and counts as read from then on", () => {
    const order: string[] = [];
    const body = new WholeBody(Buffer.from("a\r\n"), () => order.push("begins"));
    expect(body.readableDidRead).toBe(false);
    const line = new Line();
    line.push = (chunk: unknown) => order.push(chunk === null ? "end" : "bytes") > 0;
    body.pipe(line);
    expect(order).toEqual(["begins", "bytes", "end"]);
    expect(body.readableDidRead).toBe(true);
  });

  it("is an ordinary stream for everybody else", async () => {
    expect((await buffer(new WholeBody(Buffer.from("a\r\n"), () => undefined))).toString()).toBe("a\r\n");
  });
});
