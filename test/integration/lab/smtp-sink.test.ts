import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import type { SinkFaults } from "../../../src/lab/smtp-sink-faults.ts";
import { readSinkLog, startSmtpSinkProcess } from "../../../src/lab/smtp-sink-process.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "baton-sink-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sends `count` mails twice over and tells for each attempt what the sender heard. */
async function deliver(url: string, count: number): Promise<{ first: string[]; second: string[] }> {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    // The pool would try a broken connection's mail again by itself; here each attempt is told.
    maxRequeues: 0,
    socketTimeout: 1500,
    greetingTimeout: 1500,
  });
  const attempt = (n: number): Promise<string> =>
    transport
      .sendMail({
        from: "sam@vendor.test",
        to: `r${n}@customer.test`,
        subject: "x",
        text: `Body ${n}\n.\n..two\n`,
        messageId: `<m${n}@vendor.test>`,
        envelope: { from: `b+${n}@vendor.test`, to: `r${n}@customer.test` },
      })
      .then(
        () => "accepted",
        (error: { responseCode?: number }) => String(error.responseCode ?? "no answer"),
      );
  const all = () => Promise.all(Array.from({ length: count }, (_, n) => attempt(n)));
  const heard = { first: await all(), second: await all() };
  transport.close();
  return heard;
}

async function trial(name: string, faults: SinkFaults) {
  const logFile = join(folder, `${name}.jsonl`);
  const sink = await startSmtpSink({ seed: 7, logFile, faults });
  const heard = await deliver(sink.url, 60);
  await sink.close();
  return { ...heard, log: readSinkLog(logFile) };
}
const share = (heard: readonly string[], word: string): number =>
  heard.filter((one) => one === word).length / heard.length;

describe("the misbehaving SMTP server", () => {
  it("writes down every mail it took, with its Message-ID and envelope", async () => {
    const { log, first } = await trial("plain", {});
    expect(share(first, "accepted")).toBe(1);
    expect(log).toHaveLength(120);
    expect(log[0]).toMatchObject({ messageId: expect.stringMatching(/^<m\d+@/), answered: true });
    expect(new Set(log.map(({ from, to }) => `${from} ${to.join()}`)).size).toBe(60);
  });

  it("refuses the same recipients for good and defers others once", async () => {
    const { first, second, log } = await trial("refuse", { reject550: 0.3, defer451: 0.3 });
    expect(share(first, "550")).toBeGreaterThan(0.1);
    expect(second.map((one) => one === "550")).toEqual(first.map((one) => one === "550"));
    expect(share(first, "451")).toBeGreaterThan(0.05);
    expect(share(second, "451")).toBe(0);
    expect(log).toHaveLength([...first, ...second].filter((one) => one === "accepted").length);
  });

  it("breaks before DATA without delivering", async () => {
    const { first, second, log } = await trial("before", { dropBeforeData: 0.3 });
    expect(share(first, "no answer")).toBeGreaterThan(0.1);
    expect(share(second, "accepted")).toBe(1);
    expect(log).toHaveLength([...first, ...second].filter((one) => one === "accepted").length);
  });

  it("breaks or falls silent after the final dot, having delivered", async () => {
    const { first, second, log } = await trial("after", { dropAfterDot: 0.15, hangAfterDot: 0.05 });
    const untold = log.filter(({ answered }) => !answered);
    expect(untold.length).toBe([...first, ...second].filter((one) => one === "no answer").length);
    expect(untold.length).toBeGreaterThan(3);
    expect(log).toHaveLength(120);
  });

  it("meets the same mails with the same faults in every run", async () => {
    const faults = { reject550: 0.2, defer451: 0.2, dropBeforeData: 0.2 };
    expect((await trial("run-1", faults)).first).toEqual((await trial("run-2", faults)).first);
  });

  it("runs in a process of its own and takes new faults on the way", async () => {
    const logFile = join(folder, "process.jsonl");
    const sink = await startSmtpSinkProcess({ logFile });
    expect((await deliver(sink.url, 5)).first).toEqual(Array(5).fill("accepted"));
    await sink.setFaults({ reject550: 1 });
    expect((await deliver(sink.url, 5)).first).toEqual(Array(5).fill("550"));
    expect(await sink.accepted()).toBe(10);
    await sink.close();
    expect(readSinkLog(logFile)).toHaveLength(10);
  });
});
