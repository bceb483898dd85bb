import { generateKeyPairSync } from "node:crypto";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import PostalMime from "postal-mime";
import { afterEach, describe, expect, it } from "vitest";
import { mailHeaders } from "../../../src/domain/sending/headers.ts";
import { messageId } from "../../../src/domain/sending/message-id.ts";
import type { OutgoingMail, Transport } from "../../../src/domain/sending/outcome.ts";
import { type DkimKey, dkimRecord } from "../../../src/drivers/mail/dkim.ts";
import { readSmtpUrl } from "../../../src/drivers/mail/smtp-settings.ts";
import { createSmtpTransport, type SmtpTransportOptions } from "../../../src/drivers/mail/smtp-transport.ts";
import { MANNERS, type Manner, type RoughServer, roughSmtpServer } from "../../support/rough-smtp-server.ts";

const open: (RoughServer | Transport)[] = [];
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part.close();
});

async function server(options: Parameters<typeof roughSmtpServer>[0] = {}): Promise<RoughServer> {
  const made = await roughSmtpServer(options);
  open.push(made);
  return made;
}

function transport(port: number, options: Partial<SmtpTransportOptions> = {}): Transport {
  const made = createSmtpTransport({
    server: readSmtpUrl(`smtp://127.0.0.1:${port}`),
    dkim: null,
    connections: 2,
    silenceMs: 1_200,
    deadlineMs: 5_000,
    ...options,
  });
  open.push(made);
  return made;
}

let count = 0;
function mail(to: string, parts: Partial<OutgoingMail> = {}): OutgoingMail {
  const id = `send-${++count}`;
  const ownId = messageId("a secret of the test", id, "fernwick.example");
  return {
    from: { name: "Dana Whitlock", address: "dana@fernwick.example" },
    replyTo: { name: "Dana Whitlock", address: "reply+token@fernwick.example" },
    to: { name: "Jonas Lie", address: to },
    envelopeFrom: `b+${id}@bounce.fernwick.example`,
    messageId: ownId,
    date: new Date(),
    subject: "What is in flight this month",
    html: `<p>Grüße, ${"long words ".repeat(200)}</p>`,
    text: "Grüße.\n",
    headers: mailHeaders({
      messageId: ownId,
      mailDomain: "fernwick.example",
      programKey: "internal",
      programName: "Internal replacement",
      workspaceKey: "fernwick",
      mailClass: "education",
      unsubscribe: {
        url: `https://baton.fernwick.example/u/${"t".repeat(80)}`,
        mailto: "unsubscribe@fernwick.example",
      },
      suppressAutoReplies: true,
    }),
    envelopeId: id,
    ...parts,
  };
}

const KIND: Readonly<Record<Manner, string>> = {
  accept: "accepted",
  "drop-at-rcpt": "not-sent",
  "drop-at-data": "not-sent",
  "drop-in-body": "unknown",
  "drop-after-dot": "unknown",
  "hang-at-rcpt": "not-sent",
  "hang-after-dot": "unknown",
  "451-at-rcpt": "deferred",
  "550-at-rcpt": "rejected",
  "451-after-dot": "deferred",
  "550-after-dot": "rejected",
  "421-after-dot": "deferred",
};

describe("what SMTP can and cannot tell (trust.md 0.2)", () => {
  for (const manner of MANNERS) {
    it(`calls it ${KIND[manner]} when the server answers with ${manner}, on a fresh and on a used connection`, async () => {
      const rough = await server();
      const line = transport(rough.port, { connections: 1 });
      const fresh = await line.submit(mail(`${manner}.1@halden.example`));
      expect(fresh.kind).toBe(KIND[manner]);
      expect(await line.submit(mail("accept.2@halden.example"))).toMatchObject({ kind: "accepted" });
      expect((await line.submit(mail(`${manner}.3@halden.example`))).kind).toBe(KIND[manner]);
      expect(await line.submit(mail("accept.4@halden.example"))).toMatchObject({ kind: "accepted" });
    });
  }

  it("never lets the pool deliver a body twice, with all manners mixed over a reused pool", async () => {
    const rough = await server();
    const line = transport(rough.port, { connections: 4, deadlineMs: 60_000 });
    const mails = Array.from({ length: 240 }, (_, index) =>
      mail(`${MANNERS[index % MANNERS.length]}.${index}@halden.example`),
    );
    const outcomes = await Promise.all(mails.map((one) => line.submit(one)));
    const bodies = new Map<string, number>();
    for (const { to } of rough.taken) bodies.set(to[0] ?? "", (bodies.get(to[0] ?? "") ?? 0) + 1);
    expect([...bodies.values()].filter((times) => times > 1)).toEqual([]);
    for (const [index, outcome] of outcomes.entries()) {
      const manner = MANNERS[index % MANNERS.length] ?? "accept";
      expect([mails[index]?.to.address, outcome.kind]).toEqual([mails[index]?.to.address, KIND[manner]]);
    }
  });

  it("calls it not sent when nobody listens, and deferred when the greeting is 421", async () => {
    const rough = await server();
    await rough.close();
    expect((await transport(rough.port).submit(mail("accept.1@halden.example"))).kind).toBe("not-sent");
    const busy = await server({ greeting: "421 4.3.2 too many connections" });
    expect(await transport(busy.port).submit(mail("accept.1@halden.example"))).toMatchObject({
      kind: "deferred",
      code: 421,
    });
  });

  it("calls a refused greeting our trouble, not the recipient's", async () => {
    const closed = await server({ greeting: "554 5.7.1 you may not" });
    expect((await transport(closed.port).submit(mail("accept.1@halden.example"))).kind).toBe("not-sent");
  });

  it("sends nothing without TLS when TLS is required", async () => {
    const plain = await server();
    const line = transport(plain.port, {
      server: { ...readSmtpUrl(`smtp://127.0.0.1:${plain.port}`), tls: "required" },
    });
    expect((await line.submit(mail("accept.1@halden.example"))).kind).toBe("not-sent");
    expect(plain.taken).toEqual([]);
  });
});

describe("the mail on the wire", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const dkim: DkimKey = {
    domainName: "fernwick.example",
    keySelector: "baton",
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  const resolver = async (name: string, type: string) => {
    if (type === "TXT" && name === "baton._domainkey.fernwick.example") return [[dkimRecord(dkim)]];
    throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  };
  const verdict = async (raw: string): Promise<{ result: string; signed: string[] }> => {
    const { results } = await dkimVerify(raw, { resolver });
    return {
      result: results[0]?.status.result ?? "none",
      signed: results[0]?.signingHeaders?.keys?.toLowerCase().split(/[:\s]+/) ?? [],
    };
  };
  const sent = async (
    parts: Partial<OutgoingMail> = {},
    options: Partial<SmtpTransportOptions> = {},
  ): Promise<string> => {
    const rough = await server();
    const outcome = await transport(rough.port, { dkim, ...options }).submit(
      mail("accept.1@halden.example", parts),
    );
    expect(outcome.kind).toBe("accepted");
    return Buffer.from(rough.taken[0]?.raw ?? "", "latin1").toString("latin1");
  };

  it("carries a signature that covers both unsubscribe headers (RFC 8058)", async () => {
    const { result, signed } = await verdict(await sent());
    expect(result).toBe("pass");
    for (const name of [
      "from",
      "to",
      "subject",
      "date",
      "message-id",
      "reply-to",
      "mime-version",
      "content-type",
      "list-id",
      "list-unsubscribe",
      "list-unsubscribe-post",
      "feedback-id",
      "auto-submitted",
    ]) {
      expect(signed).toContain(name);
    }
  });

  it("fails verification when any signed header is altered", async () => {
    const raw = await sent();
    const { signed } = await verdict(raw);
    expect(signed.length).toBeGreaterThanOrEqual(13);
    for (const name of new Set(signed)) {
      const altered = raw.replace(
        new RegExp(`^(${name}:\\s*)(.)`, "im"),
        (_, head: string, first: string) => `${head}${first}z`,
      );
      expect(altered, name).not.toBe(raw);
      expect([name, (await verdict(altered)).result]).toEqual([name, "fail"]);
    }
  });

  it("brings dots at the beginning of lines to the other side as they were, signed or not", async () => {
    const text = ".\n..\n.a line\n\n.\nQUIT\n";
    const html = "<pre>.\n..\n.</pre>";
    for (const key of [dkim, null]) {
      const mail = await PostalMime.parse(await sent({ text, html }, { dkim: key }));
      expect(mail.text?.trimEnd()).toBe(text.trimEnd());
      expect(mail.html?.trimEnd()).toBe(html);
    }
  });

  it("has exactly one of each mandatory header and no line over 998 octets", async () => {
    const raw = await sent({
      subject: `Über ${"sehr lange Betreffzeilen ".repeat(20)}`,
      text: `${"x".repeat(3000)}\n`,
    });
    const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
    for (const name of [
      "From",
      "To",
      "Reply-To",
      "Date",
      "Message-ID",
      "Subject",
      "MIME-Version",
      "List-Unsubscribe",
      "List-Unsubscribe-Post",
      "List-Id",
      "Feedback-ID",
      "Auto-Submitted",
      "References",
      "DKIM-Signature",
    ]) {
      expect([name, head.match(new RegExp(`^${name}:`, "gim"))?.length]).toEqual([name, 1]);
    }
    expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(head).toMatch(/^List-Unsubscribe: <https:\/\/\S+>, <mailto:\S+>$/im);
    expect(head).not.toMatch(/^X-Mailer:/im);
  });

  it("puts the text part first and asks for delivery notices when the server offers them", async () => {
    const rough = await server();
    await transport(rough.port).submit(mail("accept.1@halden.example", { envelopeId: "0198-send" }));
    const raw = rough.taken[0]?.raw ?? "";
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(rough.commands).toContainEqual(
      expect.stringMatching(/^MAIL FROM:<b\+send-\d+@bounce\.fernwick\.example>.* RET=HDRS ENVID=0198-send$/),
    );
    expect(rough.commands).toContainEqual(
      expect.stringMatching(
        /^RCPT TO:<accept\.1@halden\.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;accept\.1@halden\.example$/,
      ),
    );
    const bare = await server({ extensions: ["8BITMIME"] });
    await transport(bare.port).submit(mail("accept.1@halden.example"));
    expect(bare.commands.join("\n")).not.toMatch(/ENVID|NOTIFY/);
  });

  it("gives names and subjects no way to add a header or a recipient (A7)", async () => {
    const rough = await server();
    const line = transport(rough.port);
    const evils = [
      "Jo\r\nBcc: evil@y.example",
      "Jo\u2028Bcc: evil@y.example",
      "Jo\0",
      'a" <evil@y.example>, "b',
      "x,y@z.example;",
    ];
    for (const evil of evils) {
      const outcome = await line.submit(
        mail("accept.1@halden.example", {
          to: { name: evil, address: "accept.1@halden.example" },
          from: { name: evil, address: "dana@fernwick.example" },
          replyTo: { name: evil, address: "dana@fernwick.example" },
          subject: evil,
        }),
      );
      expect(outcome.kind).toBe("accepted");
    }
    for (const { to, raw } of rough.taken) {
      expect(to).toEqual(["accept.1@halden.example"]);
      expect(raw.slice(0, raw.indexOf("\r\n\r\n"))).not.toMatch(/^bcc:/im);
    }
    expect(rough.taken).toHaveLength(evils.length);
  });

  it("refuses as a fault of ours whatever is not exactly one address or one header line", async () => {
    const rough = await server();
    const line = transport(rough.port);
    for (const address of [
      "b@x\r\nRCPT TO:<evil@y.example>",
      "b@x>,<evil@y.example",
      "a@b.example,c@d.example",
      "",
    ]) {
      await expect(line.submit(mail(address))).rejects.toThrow(/^to:/);
    }
    await expect(
      line.submit(mail("accept.1@halden.example", { headers: { "X-A": "1\r\nBcc: e@y.example" } })),
    ).rejects.toThrow(/one line/);
    await expect(
      line.submit(mail("accept.1@halden.example", { headers: { Bcc: "e@y.example" } })),
    ).rejects.toThrow(/may not be set/);
    expect(rough.commands.filter((command) => command.startsWith("RCPT"))).toEqual([]);
  });
});
