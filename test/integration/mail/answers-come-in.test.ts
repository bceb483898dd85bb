import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, openApp } from "../../../src/app.ts";
import { loadConfig } from "../../../src/config.ts";
import { replyAddress, returnPath } from "../../../src/domain/sending/return-path.ts";
import { type CapturedMailbox, startCapturedMailbox } from "../../../src/drivers/local/captured-mailbox.ts";
import { freePort } from "../../../src/drivers/local/free-port.ts";
import type { CapturedMail } from "../../../src/drivers/local/mailbox-folder.ts";
import type { Enrollment } from "../../../src/drivers/store/generated/client.ts";
import { createLog } from "../../../src/log.ts";
import { receiveMail } from "../../../src/operations/receive-mail.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { type RunningWorker, startWorker } from "../../../worker/start-worker.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";
import { openTestInbox, type TestInbox } from "../../support/dovecot.ts";
import { freshFolder, handClock, TEST_SECRET, until } from "../../support/engine.ts";
import { QUICK } from "../../support/fault-rig.ts";
import { hasDovecot } from "../../support/needs.ts";

const NOW = "2026-03-02T09:05:00Z";
const log = createLog({ level: "silent" });

/** The whole product with a real mail server before it, which is a mailbox that the test reads. */
class Rig {
  readonly database: TestDatabase;
  readonly house: House;
  readonly outbox: CapturedMailbox;
  readonly app: App;
  readonly receiverPort: number;

  private constructor(parts: Pick<Rig, "database" | "house" | "outbox" | "app" | "receiverPort">) {
    this.database = parts.database;
    this.house = parts.house;
    this.outbox = parts.outbox;
    this.app = parts.app;
    this.receiverPort = parts.receiverPort;
  }

  static async open(settings: (port: number) => Record<string, string>): Promise<Rig> {
    const database = await freshDatabase();
    const house = await aHouse(database.db, NOW);
    const outbox = await startCapturedMailbox({ folder: freshFolder(), log });
    const port = await freePort();
    const config = loadConfig({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: "6",
      SMTP_URL: outbox.url,
      BATON_SECRET: TEST_SECRET,
      BATON_DATA_DIR: freshFolder(),
      ...settings(port),
    });
    const app = await openApp(config, {
      log,
      clock: handClock(new Date(NOW)),
      onInbound: async (parts, mail) => {
        await receiveMail(parts, mail);
      },
    });
    return new Rig({ database, house, outbox, app, receiverPort: port });
  }

  /** A contact in a program, with one mail of it that was sent. */
  async aReader() {
    const reader = await enrolled(this.house);
    const send = await this.aSend(reader.enrollment);
    return { ...reader, send, to: replyAddress(this.app.parts.links, send.id, "mail.fernwick.test") };
  }

  aSend(enrollment: Enrollment) {
    const at = new Date(NOW);
    return this.database.db.send.create({
      data: {
        workspaceId: this.house.workspaceId,
        enrollmentId: enrollment.id,
        contactId: enrollment.contactId,
        accountId: enrollment.accountId,
        stepKey: `step-${randomUUID()}`,
        status: "submitted",
        submittedAt: at,
        plannedAt: at,
        dueAt: at,
        nextAttemptAt: at,
        localDate: new Date("2026-01-05"),
        messageId: `<${randomUUID()}@mail.fernwick.test>`,
      },
    });
  }

  async write(to: string, lines: readonly string[], envelopeFrom = "somebody@customer.test"): Promise<void> {
    const transport = createTransport({ host: "127.0.0.1", port: this.receiverPort, ignoreTLS: true });
    try {
      await transport.sendMail({ envelope: { from: envelopeFrom, to: [to] }, raw: lines.join("\r\n") });
    } finally {
      transport.close();
    }
  }

  /** Sends what is due and gives every mail that has left, oldest first. */
  async sent(): Promise<CapturedMail[]> {
    const due = await this.database.db.send.findMany({ where: { status: "planned", kind: "reply_copy" } });
    const sending = this.app.openSending({ stopping: new AbortController().signal });
    await sendMessages(
      sending.parts,
      due.map(({ id }) => id),
    );
    await sending.transport.close();
    return this.left();
  }

  async left(): Promise<CapturedMail[]> {
    const mails: CapturedMail[] = [];
    for (const { id } of (await this.outbox.mailbox.list({ limit: 1000 })).reverse()) {
      const mail = await this.outbox.mailbox.get(id);
      if (mail !== null) mails.push(mail);
    }
    return mails;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.outbox.close();
    await this.database.close();
  }
}

const headerOf = (mail: CapturedMail | undefined, name: string): string =>
  mail?.headers.find((header) => header.name.toLowerCase() === name)?.value ?? "";

const reply = (from: string, to: string, words: string, headers: readonly string[] = []) => [
  `From: ${from}`,
  `To: ${to}`,
  "Subject: Re: Welcome",
  `Message-ID: <${randomUUID()}@customer.test>`,
  "In-Reply-To: <our-mail@mail.fernwick.test>",
  ...headers,
  "",
  words,
];

describe("answers that come by SMTP while mail really leaves", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open((port) => ({ INBOUND_SMTP_PORT: String(port) }));
  });
  afterAll(() => rig.close());

  it("count, pause, and reach the CSM as a copy whose answer goes to the contact", async () => {
    const { enrollment, contact, to } = await rig.aReader();
    await rig.write(to, reply(`Imani <${contact.email}>`, to, "Who looks after the exports?"));
    const row = await rig.database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row.pauses).toHaveLength(1);
    const copies = (await rig.sent()).filter(({ to: [address] }) => address === rig.house.csm.email);
    expect(copies).toHaveLength(1);
    expect(copies[0]?.subject).toMatch(/^Imani Okafor \(.+\) wrote: Re: Welcome$/);
    expect(copies[0]?.text).toContain("Who looks after the exports?");
    expect(headerOf(copies[0], "reply-to")).toContain(`<${contact.email?.toLowerCase()}>`);
    expect(headerOf(copies[0], "auto-submitted")).toBe("auto-generated");
  });

  it("from somebody else move nothing, and the copy says so", async () => {
    const { enrollment, to, turnover } = await rig.aReader();
    await rig.write(to, reply("mallory@elsewhere.test", to, "Stop"));
    const row = await rig.database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row).toMatchObject({ status: enrollment.status, pauses: [] });
    const copy = (await rig.sent()).at(-1);
    expect(copy?.subject).toMatch(/^Somebody wrote about Imani Okafor/);
    expect(copy?.text).toContain("mallory@elsewhere.test");
    expect(headerOf(copy, "reply-to")).toContain("mallory@elsewhere.test");
    const tasks = await rig.database.db.csmTask.findMany({ where: { caseId: turnover.id } });
    expect(tasks.filter(({ kind }) => kind === "unverified-answer")).toHaveLength(1);
  });

  it("are taken on every domain a workspace ever had, for the token decides", async () => {
    const { enrollment, contact, send } = await rig.aReader();
    await rig.database.db.workspace.update({
      where: { id: rig.house.workspaceId },
      data: { mailDomain: "new.fernwick.test" },
    });
    const to = replyAddress(rig.app.parts.links, send.id, "earlier.fernwick.test");
    await rig.write(to, reply(contact.email ?? "", to, "Thank you."));
    expect(
      await rig.database.db.engagementEvent.count({ where: { enrollmentId: enrollment.id, kind: "reply" } }),
    ).toBe(1);
  });

  it("of twenty kinds that no person wrote send nothing at all (RFC 3834)", async () => {
    const { contact, send, to } = await rig.aReader();
    await rig.sent();
    const before = await rig.database.db.send.count();
    const sentBefore = (await rig.left()).length;
    const replied = { where: { sendId: send.id, kind: "reply" } };
    const bounceTo = returnPath(rig.app.parts.links, send.id, "mail.fernwick.test");
    const from = contact.email ?? "";
    const robots: readonly (readonly string[])[] = [
      ["Auto-Submitted: auto-replied"],
      ["Auto-Submitted: auto-generated"],
      ["Auto-Submitted: auto-notified"],
      ["X-Autoreply: yes"],
      ["X-Autorespond: Welcome"],
      ["X-Autoresponder: 1"],
      ["X-Mail-Autoreply: true"],
      ["X-Autoreply-From: imani@customer.test"],
      ["X-MS-Exchange-Inbox-Rules-Loop: imani@customer.test"],
      ["Precedence: auto_reply"],
      ["Precedence: bulk"],
      ["Precedence: junk"],
      ["Precedence: list"],
      ["List-Id: <users.customer.test>"],
      ["X-Mailer: vacation 1.2"],
      ["X-Apple-Action: VACATION/1"],
    ];
    for (const headers of robots) await rig.write(to, reply(from, to, "Hello.", headers));
    await rig.write(to, [
      ...reply(from, to, "I am away.").map((line) =>
        line.startsWith("Subject:") ? "Subject: Out of office: Re: Welcome" : line,
      ),
    ]);
    await rig.write(to, reply(from, to, "Hello.", ["Return-Path: <>"]), "");
    await rig.write(
      bounceTo,
      [
        "From: MAILER-DAEMON@mx.customer.test",
        "Subject: Delayed Mail (still being retried)",
        "Auto-Submitted: auto-replied",
        "",
        `Your message to ${from} could not be delivered yet.`,
      ],
      "",
    );
    await rig.write(
      bounceTo,
      [
        "From: postmaster@mx.customer.test",
        "Subject: Undeliverable: Welcome",
        "",
        `<${from}>: host mx.customer.test said: 452 4.2.2 Mailbox full`,
      ],
      "",
    );
    expect(await rig.database.db.inboundMail.count({ where: { sendId: send.id } })).toBe(20);
    expect(await rig.database.db.send.count()).toBe(before);
    expect((await rig.sent()).length).toBe(sentBefore);
    // Nor do they count as anybody's answer.
    expect(await rig.database.db.engagementEvent.count(replied)).toBe(0);
  });

  it("and an answer to the copy itself, by the CSM's own robot, is copied to nobody", async () => {
    const { contact, to } = await rig.aReader();
    await rig.write(to, reply(contact.email ?? "", to, "Good morning."));
    await rig.sent();
    const copy = await rig.database.db.send.findFirstOrThrow({
      where: { kind: "reply_copy", status: "submitted" },
      orderBy: { plannedAt: "desc" },
    });
    const before = await rig.database.db.send.count();
    const back = returnPath(rig.app.parts.links, copy.id, "mail.fernwick.test");
    await rig.write(back, reply(rig.house.csm.email, back, "I am on holiday."));
    expect(await rig.database.db.send.count()).toBe(before);
  });
});

describe("what was kept by a process that died before it acted", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(() => ({}));
  });
  afterAll(() => rig.close());

  it("is done when the mail comes again, and only then", async () => {
    const { enrollment, contact, to } = await rig.aReader();
    const raw = Buffer.from(reply(contact.email ?? "", to, "Thank you.").join("\r\n"));
    const { parts } = rig.app;
    const dying = {
      ...parts,
      db: parts.db.$extends({ query: { engagementEvent: { $allOperations: die } } }),
    };
    await expect(receiveMail(dying as unknown as typeof parts, { raw, envelopeTo: [to] })).rejects.toThrow(
      "died",
    );
    expect(await rig.database.db.inboundMail.count({ where: { enrollmentId: enrollment.id } })).toBe(1);
    const again = await receiveMail(parts, { raw, envelopeTo: [to] });
    expect(again).toMatchObject({ repeated: true, did: expect.stringContaining("replied") });
    const third = await receiveMail(parts, { raw, envelopeTo: [to] });
    expect(third).toMatchObject({ repeated: true, did: "It had come before." });
    expect(
      await rig.database.db.engagementEvent.count({ where: { enrollmentId: enrollment.id, kind: "reply" } }),
    ).toBe(1);
  });

  it("the same mail with other headers of the servers on its way is the same mail", async () => {
    const { contact, to } = await rig.aReader();
    const lines = reply(contact.email ?? "", to, "Thank you.");
    const input = (more: string[]) => ({
      raw: Buffer.from([...more, ...lines].join("\r\n")),
      envelopeTo: [to],
    });
    expect(await receiveMail(rig.app.parts, input([]))).toMatchObject({ repeated: false });
    expect(await receiveMail(rig.app.parts, input(["Delivered-To: baton@fernwick.test"]))).toMatchObject({
      repeated: true,
    });
  });

  async function die(): Promise<never> {
    throw new Error("died");
  }
});

describe("without a way in", () => {
  it("a program's mail asks for answers at the CSM's own address, and names no mailbox to unsubscribe", async () => {
    const rig = await Rig.open(() => ({}));
    try {
      expect(rig.app.receiverPort).toBeNull();
      const { enrollment } = await enrolled(rig.house);
      await rig.database.db.enrollment.update({
        where: { id: enrollment.id },
        data: { dueAt: new Date(NOW) },
      });
      const worker = await startWorker(rig.app, QUICK);
      const mail = await until("the first mail has left", async () => (await rig.left())[0] ?? null, {
        timeoutMs: 30_000,
      });
      await worker.stop();
      expect(headerOf(mail, "reply-to")).toContain(`<${rig.house.csm.email}>`);
      expect(headerOf(mail, "list-unsubscribe")).toMatch(/^<http[^>]+>$/);
    } finally {
      await rig.close();
    }
  });
});

describe.skipIf(!hasDovecot())("answers in an inbox that a worker reads", () => {
  let rig: Rig;
  let inbox: TestInbox;
  let worker: RunningWorker;
  beforeAll(async () => {
    inbox = await openTestInbox();
    rig = await Rig.open(() => ({ INBOUND_IMAP_URL: inbox.url }));
    worker = await startWorker(rig.app, QUICK);
  });
  afterAll(async () => {
    await worker.stop();
    await rig.close();
    await inbox.remove();
  });

  it("count once, are copied to the CSM, and are marked read when they are kept", async () => {
    const { enrollment, contact, to } = await rig.aReader();
    const mail = reply(`Imani <${contact.email}>`, to, "Who looks after the exports?").join("\r\n");
    inbox.deliver(mail);
    inbox.deliver(`Delivered-To: ${to}\r\n${mail}`);
    await until("both are marked read", async () => inbox.marks().read === 2, { timeoutMs: 30_000 });
    expect(
      await rig.database.db.engagementEvent.count({ where: { enrollmentId: enrollment.id, kind: "reply" } }),
    ).toBe(1);
    const copies = await until(
      "the copy has left",
      async () => {
        const found = (await rig.left()).filter(({ subject }) => subject.includes("wrote:"));
        return found.length > 0 ? found : null;
      },
      { timeoutMs: 30_000 },
    );
    expect(copies.map(({ to: [address] }) => address)).toEqual([rig.house.csm.email]);
  });
});
