import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ImapInbox, lookIntoInbox, watchImapInbox } from "../../../src/drivers/mail/imap-inbox.ts";
import { openTestInbox, type TestInbox } from "../../support/dovecot.ts";
import { until } from "../../support/engine.ts";
import { hasDovecot } from "../../support/needs.ts";

const mail = (subject: string, words = "Yes.") =>
  ["From: imani@customer.test", `Subject: ${subject}`, "", words, ""].join("\r\n");

describe.skipIf(!hasDovecot())("reading an inbox", () => {
  let inbox: TestInbox;
  let watching: ImapInbox | null = null;
  beforeAll(async () => {
    inbox = await openTestInbox();
  });
  afterEach(async () => {
    await watching?.close();
    watching = null;
  });
  afterAll(() => inbox.remove());

  function watch(onMail: (subject: string) => Promise<void> | void, everyMs = 60_000): void {
    watching = watchImapInbox({
      url: inbox.url,
      onMail: async (raw) => onMail(/^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim() ?? ""),
      log: { info: () => undefined, warn: () => undefined },
      everyMs,
      retryMs: 100,
    });
  }

  const read = (count: number) =>
    until(`${count} mails are marked read`, async () => inbox.marks().read === count, { timeoutMs: 20_000 });

  it("takes what is unread, then what the server tells of, each once, and marks it read", async () => {
    const before = inbox.marks().read;
    const subjects: string[] = [];
    inbox.deliver(mail("waiting"));
    watch((subject) => {
      subjects.push(subject);
    });
    await read(before + 1);
    // Nobody looks for a minute: the server says that there is news.
    inbox.deliver(mail("fresh"));
    await read(before + 2);
    await watching?.close();
    watch((subject) => {
      subjects.push(subject);
    });
    inbox.deliver(mail("after a restart"));
    await read(before + 3);
    expect(subjects).toEqual(["waiting", "fresh", "after a restart"]);
    expect(inbox.marks().unread).toBe(0);
  });

  it("leaves a mail unread that cannot be kept, takes the others, and comes back for it", async () => {
    const before = inbox.marks().read;
    const taken: string[] = [];
    let failures = 0;
    inbox.deliver(mail("stubborn"));
    inbox.deliver(mail("easy"));
    watch((subject) => {
      if (subject === "stubborn" && failures < 2) {
        failures += 1;
        // The others are already marked when it is tried again.
        if (failures === 2) expect(inbox.marks().unread).toBe(1);
        throw new Error("the database is away");
      }
      taken.push(subject);
    });
    await read(before + 2);
    expect(taken).toEqual(["easy", "stubborn"]);
    expect(failures).toBe(2);
  });

  it("connects anew when the server was gone, and misses nothing", async () => {
    const before = inbox.marks().read;
    const taken: string[] = [];
    watch((subject) => {
      taken.push(subject);
    });
    inbox.deliver(mail("first"));
    await read(before + 1);
    await inbox.kill();
    inbox.deliver(mail("while it was gone"));
    await inbox.start();
    await read(before + 2);
    expect(taken).toEqual(["first", "while it was gone"]);
  });

  it("says what is wrong: another password, no such folder, nobody there", async () => {
    inbox.deliver(mail("unread"));
    expect(await lookIntoInbox(inbox.url)).toEqual({ ok: true, unread: 1 });
    expect(await lookIntoInbox(inbox.url.replace("secret", "other"))).toMatchObject({
      ok: false,
      why: expect.stringMatching(/authentication failed/i),
    });
    expect(await lookIntoInbox(inbox.url.replace("/INBOX", "/Nowhere"))).toMatchObject({ ok: false });
    expect(await lookIntoInbox("imap://a:b@127.0.0.1:1/INBOX")).toMatchObject({
      ok: false,
      why: expect.stringContaining("ECONNREFUSED"),
    });
  });
});
