import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTransport, type SendMailOptions } from "nodemailer";
import { afterEach, describe, expect, it } from "vitest";
import { type AskDns, createSenderCheck } from "../../../src/drivers/mail/sender-check.ts";
import {
  type SmtpReceiver,
  type SmtpReceiverOptions,
  startSmtpReceiver,
  type TakenMail,
} from "../../../src/drivers/mail/smtp-receiver.ts";

const OURS = "reply+token@mail.vendor.test";
let receiver: SmtpReceiver | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

async function open(more: Partial<SmtpReceiverOptions> = {}): Promise<TakenMail[]> {
  const taken: TakenMail[] = [];
  receiver = await startSmtpReceiver({
    host: "127.0.0.1",
    port: 0,
    tls: null,
    isOurs: (address) => address === OURS,
    onMail: async (mail) => {
      taken.push(mail);
    },
    checkSender: async () => true,
    log: { error: () => undefined },
    ...more,
  });
  return taken;
}

async function send(mail: SendMailOptions, options: object = {}): Promise<void> {
  const transport = createTransport({
    host: "127.0.0.1",
    port: receiver?.port ?? 0,
    ignoreTLS: true,
    ...options,
  });
  try {
    await transport.sendMail({
      from: "imani@customer.test",
      to: OURS,
      subject: "Re: Hello",
      text: "Yes.",
      ...mail,
    });
  } finally {
    transport.close();
  }
}

describe("receiving answers by SMTP", () => {
  it("keeps a mail to a signed address, and accepts it only then", async () => {
    const taken = await open();
    await send({});
    expect(taken.map(({ envelopeTo }) => envelopeTo)).toEqual([[OURS]]);
    expect(taken[0]?.raw.toString()).toContain("Subject: Re: Hello");
  });

  it("relays nothing and takes nothing for an address that is not ours", async () => {
    const taken = await open();
    for (const to of [
      "anybody@elsewhere.test",
      "postmaster@mail.vendor.test",
      "reply+forged@mail.vendor.test",
    ]) {
      await expect(send({ to })).rejects.toMatchObject({ responseCode: 550 });
    }
    await expect(send({ to: `x@elsewhere.test, ${OURS}` })).resolves.toBeUndefined();
    expect(taken.map(({ envelopeTo }) => envelopeTo)).toEqual([[OURS]]);
  });

  it("asks the sender to come again when the mail cannot be kept", async () => {
    await open({
      onMail: async () => {
        throw new Error("the database is away");
      },
    });
    await expect(send({})).rejects.toMatchObject({ responseCode: 451 });
  });

  it("refuses a mail above ten megabytes, announced or not", async () => {
    const taken = await open();
    await expect(send({ text: "word ".repeat(2_200_000) })).rejects.toMatchObject({ responseCode: 552 });
    expect(taken).toEqual([]);
  });

  it("offers STARTTLS with a certificate, and none without", async () => {
    await open();
    await expect(send({}, { ignoreTLS: false, requireTLS: true })).rejects.toMatchObject({ code: "ETLS" });
    await receiver?.close();
    // Of "localhost", valid for a century, and trusted by nobody.
    const pem = (name: string) => readFileSync(join(import.meta.dirname, "../../data/tls", name), "utf8");
    const taken = await open({ tls: { key: pem("key.pem"), cert: pem("cert.pem") } });
    await send({}, { ignoreTLS: false, requireTLS: true, tls: { rejectUnauthorized: false } });
    expect(taken).toHaveLength(1);
  });
});

describe("the check of a sender from outside (A18)", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const records: Record<string, string> = {
    "s1._domainkey.customer.test": `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`,
    "_dmarc.customer.test": "v=DMARC1; p=reject",
    "s1._domainkey.quiet.test": `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`,
    "elsewhere.test": "v=spf1 ip4:127.0.0.1 -all",
  };
  const dns: AskDns = async (name, type) => {
    const text = type === "TXT" ? records[name] : undefined;
    if (text === undefined) throw Object.assign(new Error(`no ${type} at ${name}`), { code: "ENOTFOUND" });
    return [[text]];
  };
  const outside = { isNeighbour: () => false, checkSender: createSenderCheck(dns) };
  const signed = (domainName: string) => ({ dkim: { domainName, keySelector: "s1", privateKey } });

  it.each([
    ["signed by the From's own domain", "imani@customer.test", signed("customer.test"), true],
    ["unsigned, sent from elsewhere", "imani@customer.test", {}, false],
    ["signed by another domain", "imani@customer.test", signed("quiet.test"), false],
    ["from a domain without a policy, signed", "imani@quiet.test", signed("quiet.test"), true],
    ["from a domain without a policy, forged", "imani@quiet.test", {}, false],
    ["from where SPF says it may come", "mallory@elsewhere.test", {}, true],
  ])("%s", async (_, from, more, authentic) => {
    const taken = await open(outside);
    await send({ from, envelope: { from: "mallory@elsewhere.test", to: [OURS] }, ...more });
    expect(taken.map((mail) => mail.authentic)).toEqual([authentic]);
  });

  it("confirms nobody while DNS is away", async () => {
    const taken = await open({
      ...outside,
      checkSender: createSenderCheck(async () => {
        throw Object.assign(new Error("timeout"), { code: "ETIMEOUT" });
      }),
    });
    await send({ ...signed("customer.test") });
    expect(taken.map((mail) => mail.authentic)).toEqual([false]);
  });

  it("leaves it to the word of a mail server of our own that stands before us", async () => {
    const taken = await open({ checkSender: async () => false });
    await send({});
    expect(taken.map((mail) => mail.authentic)).toEqual([undefined]);
  });
});
