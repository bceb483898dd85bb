import { readFileSync } from "node:fs";
import nodemailer, { type SendMailOptions } from "nodemailer";

/** What the child of `benchSend` sends: pooled nodemailer and nothing else, with the engine's own mail. */
export interface BareOrder {
  readonly port: number;
  readonly connections: number;
  readonly dkim: {
    domainName: string;
    keySelector: string;
    keyFile: string;
    headerFieldNames: string;
  } | null;
  readonly mail: SendMailOptions;
}

const order: BareOrder = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const { dkim } = order;
const mailer = nodemailer.createTransport({
  pool: true,
  host: "127.0.0.1",
  port: order.port,
  ignoreTLS: true,
  maxConnections: order.connections,
  maxMessages: 100,
  ...(dkim === null
    ? {}
    : {
        dkim: {
          domainName: dkim.domainName,
          keySelector: dkim.keySelector,
          privateKey: readFileSync(dkim.keyFile, "utf8"),
          headerFieldNames: dkim.headerFieldNames,
        },
      }),
});

async function sendAll(count: number): Promise<number> {
  const started = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await mailer.sendMail({ ...order.mail, messageId: `<bare-${next}-${started}@bench.test>` });
    }
  };
  await Promise.all(Array.from({ length: order.connections * 2 }, lane));
  return (performance.now() - started) / 1000;
}

process.on("message", (count: number) => {
  void sendAll(count).then((seconds) => process.send?.(seconds));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
