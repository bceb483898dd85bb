import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { type AcceptedMail, SinkDialogue } from "./smtp-sink-dialogue.ts";
import type { FaultName, SinkFaults } from "./smtp-sink-faults.ts";

export interface SinkOptions {
  readonly port?: number;
  readonly seed?: number;
  /** One line of JSON per delivered mail, written before the answer: the truth that tests compare with. */
  readonly logFile?: string;
  readonly faults?: SinkFaults;
}

export interface SmtpSink {
  readonly url: string;
  readonly port: number;
  /** Mails delivered so far, whatever the sender was told. */
  accepted(): Promise<number>;
  setFaults(faults: SinkFaults): Promise<void>;
  close(): Promise<void>;
}

/** Test equipment: an SMTP server that keeps no mail, answers fast, and can misbehave. Loopback only. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  let faults = options.faults ?? {};
  let accepted = 0;
  let connections = 0;
  const log = options.logFile === undefined ? null : openSync(options.logFile, "a");
  const sockets = new Set<Socket>();
  const attempts = new Map<string, number>();

  const strikes = (fault: FaultName, key: string): boolean => {
    const share = faults[fault] ?? 0;
    if (share <= 0) return false;
    const draw =
      createHash("sha1")
        .update(`${options.seed ?? 1}|${fault}|${key}`)
        .digest()
        .readUInt32BE(0) /
      2 ** 32;
    return draw < share;
  };
  const strikesFirst = (fault: FaultName, key: string): boolean => {
    if (!strikes(fault, key)) return false;
    const count = (attempts.get(`${fault}|${key}`) ?? 0) + 1;
    attempts.set(`${fault}|${key}`, count);
    return count === 1;
  };
  const deliver = (mail: AcceptedMail): void => {
    accepted++;
    if (log !== null) writeSync(log, `${JSON.stringify(mail)}\n`);
  };

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy()); // a sender that was killed
    if (strikes("hangAtConnect", String(++connections))) return;
    const dialogue = new SinkDialogue(socket, {
      strikes,
      strikesFirst,
      deliver,
      delayMs: () => faults.delayMs ?? 0,
    });
    socket.on("data", (chunk) => dialogue.take(chunk));
    dialogue.greet();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    accepted: async () => accepted,
    setFaults: async (next) => {
      faults = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          if (log !== null) closeSync(log);
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
