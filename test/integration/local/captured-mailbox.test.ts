import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CapturedMailbox,
  type InboundMail,
  startCapturedMailbox,
} from "../../../src/drivers/local/captured-mailbox.ts";
import { MailboxFolder } from "../../../src/drivers/local/mailbox-folder.ts";

let folder: string;
let captured: CapturedMailbox;
const inbound: InboundMail[] = [];
let refuseInbound = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-mailbox-"));
  captured = await startCapturedMailbox({
    folder,
    isInbound: (address) => address.startsWith("reply+"),
    onInbound: async (mail) => {
      if (refuseInbound) throw new Error("the database is away");
      inbound.push(mail);
    },
    now: () => new Date("2026-03-02T09:00:00Z"),
    log: { error: () => undefined },
  });
});
afterAll(async () => {
  await captured.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(to: string, subject: string): Promise<void> {
  const transport = createTransport(captured.url);
  try {
    await transport.sendMail({
      from: { name: "Sam Keller", address: "sam@vendor.test" },
      to,
      subject,
      text: "Guten Tag, Zoë\n.dot first",
      html: "<p>Guten Tag, Zoë</p>",
      headers: { "X-Trial": "yes" },
      envelope: { from: "b+token@in.baton.test", to: [to] },
    });
  } finally {
    transport.close();
  }
}

describe("the captured mailbox", () => {
  it("keeps a mail before it accepts it and shows headers, text, HTML and source", async () => {
    await send("zoe@customer.test", "Die Übergabe");
    const [summary] = await captured.mailbox.list({ limit: 1 });
    expect(summary).toMatchObject({
      from: "b+token@in.baton.test",
      to: ["zoe@customer.test"],
      subject: "Die Übergabe",
      receivedAt: new Date("2026-03-02T09:00:00Z"),
    });
    const mail = await captured.mailbox.get(summary?.id ?? "");
    expect(mail?.text).toContain("Zoë\n.dot first");
    expect(mail?.html).toContain("<p>Guten Tag, Zoë</p>");
    expect(mail?.headers).toContainEqual({ name: "X-Trial", value: "yes" });
    expect(mail?.source).toMatch(/^X-Trial: yes\r\n/m);
  });

  it("is read by another process from the folder, newest first, in pages and by search", async () => {
    for (const n of [1, 2, 3]) await send(`page-${n}@customer.test`, `Page ${n}`);
    const other = new MailboxFolder(folder);
    const first = await other.list({ limit: 2, search: "page" });
    expect(first.map(({ subject }) => subject)).toEqual(["Page 3", "Page 2"]);
    const rest = await other.list({ limit: 2, search: "page", before: first[1]?.id ?? "" });
    expect(rest.map(({ subject }) => subject)).toEqual(["Page 1"]);
    expect((await other.list({ limit: 9, search: "PAGE-2@" })).map(({ subject }) => subject)).toEqual([
      "Page 2",
    ]);
  });

  it("gives mail for Baton itself to the one who asked for it, and shows it too", async () => {
    await send("reply+abc@in.baton.test", "Re: hello");
    expect(inbound.map(({ envelope }) => envelope.to)).toEqual([["reply+abc@in.baton.test"]]);
    expect(await captured.mailbox.list({ limit: 1, search: "Re: hello" })).toHaveLength(1);
  });

  it("asks the sender to come again when such mail cannot be taken, and keeps nothing of it", async () => {
    const before = await readdir(folder);
    refuseInbound = true;
    await expect(send("reply+abc@in.baton.test", "Lost?")).rejects.toMatchObject({ responseCode: 451 });
    refuseInbound = false;
    expect(await readdir(folder)).toEqual(before);
  });

  it("answers null to ids that are none, also when they name other files", async () => {
    for (const id of ["", "../secret", "nothing-0000-00000000", "/etc/passwd"]) {
      expect(await captured.mailbox.get(id)).toBeNull();
    }
  });

  it("keeps every mail of many senders at once", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => send(`many-${n}@customer.test`, `Many ${n}`)));
    expect(await captured.mailbox.list({ limit: 100, search: "many-" })).toHaveLength(40);
  });

  it("says which setting to change when its port is taken", async () => {
    const second = startCapturedMailbox({ folder, port: captured.port, log: { error: () => undefined } });
    await expect(second).rejects.toThrow(/INBOUND_SMTP_PORT/);
  });

  it("forgets the mails to, from and about a person, in every process, and no other", async () => {
    const other = new MailboxFolder(folder);
    await send("ottilie@customer.test", "Guten Tag, Jörg Weßling");
    await send("boss@vendor.test", "Ottilie Weßling: Übergabe");
    await send("boss@vendor.test", "Nichts über sie");
    const left = async (box: MailboxFolder) => (await box.list({ limit: 100 })).map(({ subject }) => subject);
    const before = await left(other);
    expect(await captured.mailbox.forget(["ottilie@customer.test", "Ottilie Weßling"])).toBe(2);
    expect(await left(captured.mailbox)).toEqual(before.filter((subject) => !subject.includes("Weßling")));
    expect(await left(new MailboxFolder(folder))).toEqual(await left(captured.mailbox));
    for (const name of await readdir(folder))
      expect(await readFile(join(folder, name), "utf8")).not.toContain("ottilie@customer.test");
    expect(await captured.mailbox.forget(["", "  "])).toBe(0);
  });
});
