import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classifyHits } from "../../../src/domain/engagement/classify-hits.ts";
import { RawHit } from "../../../src/domain/engagement/raw-hit.ts";
import { replyAddress, returnPath } from "../../../src/domain/sending/return-path.ts";
import type { Enrollment, Hit } from "../../../src/drivers/store/generated/client.ts";
import { receiveMail } from "../../../src/operations/receive-mail.ts";
import { recordHit } from "../../../src/operations/record-hit.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

function hitOf(row: Hit): RawHit {
  const { id, sendId, at, method, target, position, userAgent, acceptLanguage, purpose, network, ipHash } =
    row;
  return RawHit.parse({
    ...{ id, sendId, at: at.toISOString(), method, target, position },
    ...{ userAgent, acceptLanguage, purpose, network, ipHash },
  });
}

let days = 0;
async function aSend(enrollment: Enrollment) {
  const at = house.desk.clock.now();
  // One program mail a day: each send of this file has a date of its own.
  const localDate = new Date(Date.UTC(2026, 0, ++days));
  return database.db.send.create({
    data: {
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
      contactId: enrollment.contactId,
      accountId: enrollment.accountId,
      stepKey: `step-${randomUUID()}`,
      status: "submitted",
      submittedAt: at,
      plannedAt: at,
      dueAt: at,
      nextAttemptAt: at,
      localDate,
      messageId: `<${randomUUID()}@baton.test>`,
    },
  });
}

const receive = (to: string, lines: string[], authentic?: boolean) =>
  receiveMail(house.desk, {
    raw: Buffer.from(lines.join("\r\n")),
    envelopeTo: [to],
    ...(authentic === undefined ? {} : { authentic }),
  });

const bounce = (to: string, recipient: string, status: string, text: string) =>
  receive(to, [
    "Return-Path: <>",
    "From: Mail Delivery System <MAILER-DAEMON@mx.customer.test>",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    `Message-ID: <${randomUUID()}@mx.customer.test>`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    "MIME-Version: 1.0",
    "",
    "--b1",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "--b1",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.customer.test",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} ${text}`,
    "--b1--",
    "",
  ]);

const person = (to: string, from: string, subject: string, body: string[], headers: string[] = []) =>
  receive(to, [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${randomUUID()}@customer.test>`,
    "Date: Mon, 02 Mar 2026 10:00:00 +0100",
    ...headers,
    "Content-Type: text/plain; charset=utf-8",
    "",
    ...body,
  ]);

describe("mail that comes back", () => {
  it("a hard bounce to the signed return path stops the address and asks whether the person left", async () => {
    const { enrollment, contact, turnover } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = returnPath(house.desk.links, send.id, "baton.test");
    const result = await bounce(to, contact.email ?? "", "5.1.1", "User unknown");
    expect(result).toMatchObject({ kind: "hard-bounce", sendId: send.id, enrollmentId: enrollment.id });
    expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(1);
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row).toMatchObject({ status: "exited", exitReason: "hard_bounce", verdict: "unreachable" });
    const tasks = await database.db.csmTask.findMany({
      where: { caseId: turnover.id, kind: "departure-signal" },
    });
    expect(tasks).toHaveLength(1);
  });

  it("A19: a forged bounce without a valid token suppresses nobody", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const genuine = returnPath(house.desk.links, send.id, "baton.test");
    const forged = genuine.replace(/(.)@/, (_, last: string) => `${last === "A" ? "B" : "A"}@`);
    for (const to of [forged, `bounces@baton.test`, contact.email ?? ""]) {
      const result = await bounce(to, contact.email ?? "", "5.1.1", "User unknown");
      expect(result.sendId).toBeNull();
    }
    expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(0);
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row.status).toBe("active");
  });

  it("a full mailbox stops nobody; three in two weeks without one that arrived do", async () => {
    const { enrollment, contact } = await enrolled(house);
    for (const left of [2, 1, 0]) {
      const send = await aSend(enrollment);
      const to = returnPath(house.desk.links, send.id, "baton.test");
      expect(await bounce(to, contact.email ?? "", "5.2.2", "Mailbox full")).toMatchObject({
        kind: "soft-bounce",
      });
      expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(
        left === 0 ? 1 : 0,
      );
    }
  });
});

describe("mail that answers", () => {
  it("a reply is evidence, keeps its questions with their step, and pauses two working days", async () => {
    const { enrollment, contact, turnover } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const result = await person(
      to,
      `Imani <${contact.email}>`,
      "Re: Welcome",
      [
        "Thanks. Who looks after the exports?",
        "",
        "On Mon, 2 Mar 2026, Dana wrote:",
        "> What would you like to know?",
      ],
      [`In-Reply-To: ${send.messageId}`],
    );
    expect(result).toMatchObject({ kind: "reply", sendId: send.id });
    const log = await database.db.engagementEvent.findMany({
      where: { enrollmentId: enrollment.id, kind: "reply" },
    });
    expect(log[0]?.evidenceClass).toBe("strong");
    const questions = await database.db.question.findMany({ where: { enrollmentId: enrollment.id } });
    expect(questions).toMatchObject([
      { text: "Who looks after the exports?", stepKey: send.stepKey, source: "reply" },
    ]);
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row.pauses).toMatchObject([{ until: "2026-03-04T07:30:00.000Z" }]);
    expect(await database.db.csmTask.count({ where: { caseId: turnover.id, kind: "reply" } })).toBe(1);
  });

  it("a new mail to a signed reply address is an answer too; what a server or a list wrote there is not", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const own = await person(to, `Imani <${contact.email}>`, "Our exports", ["Who looks after exports?"]);
    expect(own).toMatchObject({ kind: "reply", sendId: send.id });
    const server = "Mail Delivery System <mailer-daemon@mx.customer.test>";
    const machines = [
      await person(to, server, "Delayed: exports", ["We keep trying."], ["Auto-Submitted: auto-generated"]),
      await person(
        to,
        "news@elsewhere.test",
        "Twelve tips",
        ["Read on."],
        ["List-Id: <tips.elsewhere.test>"],
      ),
      await person(to, "news@elsewhere.test", "Ten tips", ["Read on."], ["Precedence: bulk"]),
    ];
    expect(machines.map(({ kind }) => kind).filter((kind) => kind === "reply")).toEqual([]);
    const kept = await database.db.inboundMail.findMany({ where: { sendId: send.id, kind: "reply" } });
    expect(kept).toHaveLength(1);
    expect(
      await database.db.engagementEvent.findMany({
        where: { enrollmentId: enrollment.id, kind: { in: ["reply", "question-asked"] } },
      }),
    ).toHaveLength(2);
  });

  it("the same mail twice is taken once", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const raw = Buffer.from(
      [
        `From: ${contact.email}`,
        `To: ${to}`,
        "Subject: Re: Hi",
        "In-Reply-To: <x@y>",
        "",
        "Good, thank you.",
      ].join("\r\n"),
    );
    const both = await Promise.all([1, 2].map(() => receiveMail(house.desk, { raw, envelopeTo: [to] })));
    expect(both.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(
      await database.db.engagementEvent.count({ where: { enrollmentId: enrollment.id, kind: "reply" } }),
    ).toBe(1);
  });

  it("an automatic answer pauses until the day the person is back, and is no evidence", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const result = await person(
      to,
      `Imani <${contact.email}>`,
      "Automatic reply: Welcome",
      ["I am away until 28 March 2026. Please contact Huda Salem <huda@customer.test>."],
      ["Auto-Submitted: auto-replied"],
    );
    expect(result.kind).toBe("auto-reply");
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    // Back on Saturday 28 March: the next working day, 08:30 in Berlin after the clocks changed.
    expect(row.pauses).toMatchObject([{ until: "2026-03-30T06:30:00.000Z" }]);
    const [event] = await database.db.engagementEvent.findMany({
      where: { enrollmentId: enrollment.id, kind: "auto-reply" },
    });
    expect(event).toMatchObject({
      evidenceClass: "machine",
      payload: { returnsOn: "2026-03-28", standIn: "Huda Salem <huda@customer.test>" },
    });
  });

  it("“no longer with the company” holds the program and proposes a case, once", async () => {
    const { enrollment, contact, turnover } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    await person(
      to,
      `Imani <${contact.email}>`,
      "Automatic reply: Welcome",
      ["Imani Okafor is no longer with the company."],
      ["Auto-Submitted: auto-replied"],
    );
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row).toMatchObject({ status: "paused", dueAt: null });
    expect(
      await database.db.csmTask.count({ where: { caseId: turnover.id, kind: "departure-signal" } }),
    ).toBe(1);
  });

  it("“unsubscribe” by reply is an unsubscribe", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    await person(
      replyAddress(house.desk.links, send.id, "baton.test"),
      contact.email ?? "",
      "Re: Welcome",
      ["Unsubscribe"],
      ["In-Reply-To: <a@b>"],
    );
    expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(1);
  });

  it.each([
    ["an empty body", [""]],
    ["the line that Gmail writes", ["This message was automatically generated by Gmail."]],
  ])("what a mail program sends to List-Unsubscribe's address stops at once, with %s", async (_, body) => {
    const { enrollment, contact, turnover } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    await person(to, contact.email ?? "", "unsubscribe", body);
    const suppressed = await database.db.suppression.findMany({ where: { email: contact.email ?? "" } });
    expect(suppressed).toMatchObject([{ reason: "unsubscribed", sendId: send.id }]);
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row).toMatchObject({ status: "exited", exitReason: "unsubscribed", pauses: [] });
    const log = await database.db.engagementEvent.findMany({ where: { enrollmentId: enrollment.id } });
    expect(log.map(({ kind }) => kind)).not.toContain("reply");
    expect(log.map(({ kind }) => kind)).toContain("unsubscribe");
    expect(await database.db.send.findUniqueOrThrow({ where: { id: send.id } })).toMatchObject({
      repliedAt: null,
    });
    expect(await database.db.csmTask.count({ where: { caseId: turnover.id, kind: "reply" } })).toBe(0);
  });

  it("stops as well when the mail program marks its request as automatic", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    await person(to, contact.email ?? "", "Unsubscribe", [""], ["Auto-Submitted: auto-generated"]);
    expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(1);
  });

  it("an answer under a subject that only contains the word stops nothing", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    await person(to, contact.email ?? "", "Re: How do customers unsubscribe?", ["Thank you, I see."]);
    expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(0);
  });
});

/** What an answer may change: nothing of it may move for a mail that the contact did not write. */
async function changedBy(enrollment: Enrollment, act: () => Promise<unknown>) {
  const look = async () => ({
    enrollment: await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } }),
    events: await database.db.engagementEvent.count({ where: { enrollmentId: enrollment.id } }),
    questions: await database.db.question.count({ where: { enrollmentId: enrollment.id } }),
    suppressed: await database.db.suppression.count({ where: { workspaceId: house.workspaceId } }),
    replied: await database.db.send.count({
      where: { enrollmentId: enrollment.id, repliedAt: { not: null } },
    }),
  });
  const before = await look();
  await act();
  return { before, after: await look() };
}

const unverified = (caseId: string) =>
  database.db.csmTask.findMany({ where: { caseId, kind: "unverified-answer" } });

describe("mail from somebody else (A18)", () => {
  it.each([
    ["an answer with a question", "Re: Welcome", ["Great! Who looks after the exports?"], []],
    ["a stop", "Re: Welcome", ["Unsubscribe"], []],
    ["a List-Unsubscribe mail", "unsubscribe", [""], []],
    [
      "an absence",
      "Automatic reply: Welcome",
      ["I am away until 28 March 2026."],
      ["Auto-Submitted: auto-replied"],
    ],
    ["a farewell", "Re: Welcome", ["Imani is no longer with the company."], []],
  ])("%s changes nothing and asks the CSM once to read it", async (_, subject, body, headers) => {
    const { enrollment, turnover } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const { before, after } = await changedBy(enrollment, () =>
      person(to, "Mallory <mallory@elsewhere.test>", subject, body, headers),
    );
    expect(after).toEqual(before);
    const tasks = await unverified(turnover.id);
    expect(tasks.map(({ text }) => text)).toEqual([
      "Read a mail about Imani Okafor's program from somebody else: mallory@elsewhere.test",
    ]);
    expect(
      await database.db.csmTask.count({ where: { caseId: turnover.id, kind: "departure-signal" } }),
    ).toBe(0);
    const kept = await database.db.inboundMail.findFirstOrThrow({ where: { sendId: send.id } });
    expect(kept.detail).toMatchObject({ author: "somebody-else", attributedBy: "token" });
  });

  it("a forged From that fails the check changes nothing, whoever checked", async () => {
    for (const found of ["our own server", "the mail provider"] as const) {
      const { enrollment, contact, turnover } = await enrolled(house);
      const send = await aSend(enrollment);
      const to = replyAddress(house.desk.links, send.id, "baton.test");
      const words = [
        ...(found === "our own server"
          ? []
          : [
              "Authentication-Results: mx.vendor.test; spf=pass smtp.mailfrom=elsewhere.test;",
              " dmarc=fail (p=NONE) header.from=customer.test",
            ]),
        `From: Imani <${contact.email}>`,
        `To: ${to}`,
        "Subject: Re: Welcome",
        "In-Reply-To: <a@b>",
        `Message-ID: <${randomUUID()}@elsewhere.test>`,
        "",
        "Stop",
      ];
      const { before, after } = await changedBy(enrollment, () =>
        receive(to, words, found === "our own server" ? false : undefined),
      );
      expect(after).toEqual(before);
      expect((await unverified(turnover.id)).map(({ text }) => text)).toEqual([
        `Read a mail about Imani Okafor's program whose sender could not be confirmed: ${contact.email?.toLowerCase()}`,
      ]);
    }
  });

  it("a sub-address of the contact's own mailbox is the contact", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    await person(to, (contact.email ?? "").toUpperCase().replace("@", "+work@"), "Re: Welcome", [
      "Thank you.",
    ]);
    expect(
      await database.db.engagementEvent.count({ where: { enrollmentId: enrollment.id, kind: "reply" } }),
    ).toBe(1);
  });

  it("two From headers are nobody's", async () => {
    const { enrollment, contact, turnover } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const mail = ["Subject: Re: Hi", `From: ${contact.email}`, "From: mallory@elsewhere.test", "", "Stop"];
    const { before, after } = await changedBy(enrollment, () => receive(to, mail));
    expect(after).toEqual(before);
    expect(await unverified(turnover.id)).toHaveLength(1);
  });

  it("script in the HTML of an answer is no word of it, and a mail too large is kept unread", async () => {
    const { enrollment, contact } = await enrolled(house);
    const send = await aSend(enrollment);
    const to = replyAddress(house.desk.links, send.id, "baton.test");
    const html = ["Content-Type: text/html", "", "<p>Thanks.</p><script>alert(document.cookie)</script>"];
    const head = [`From: ${contact.email}`, `To: ${to}`, "Subject: Re: Hi", "In-Reply-To: <a@b>"];
    await receive(to, [...head, ...html]);
    const [event] = await database.db.engagementEvent.findMany({
      where: { enrollmentId: enrollment.id, kind: "reply" },
    });
    expect(event?.payload).toMatchObject({ text: "Thanks." });
    const large = await receive(to, [...head, "", "word ".repeat(2_200_000)]);
    expect(large.kind).toBe("other");
  });
});

describe("hits", () => {
  it("labels a burst backwards, lists it in the log, and changes nothing else (product.md 2)", async () => {
    const { enrollment } = await enrolled(house);
    const send = await aSend(enrollment);
    const at = house.desk.clock.now().getTime() + 60_000;
    for (const [index, method] of ["GET", "GET", "GET", "HEAD"].entries()) {
      await recordHit(house.desk, {
        sendId: send.id,
        method,
        target: "link",
        position: index,
        at: new Date(at + index * 150),
        userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
        acceptLanguage: "en",
        ipHash: "gateway",
      });
    }
    const hits = await database.db.hit.findMany({ where: { sendId: send.id } });
    expect(new Set(hits.map(({ label }) => label))).toEqual(new Set(["machine"]));
    const log = await database.db.engagementEvent.findMany({
      where: { enrollmentId: enrollment.id, kind: "click" },
    });
    expect(log).toHaveLength(4);
    expect(new Set(log.map(({ evidenceClass }) => evidenceClass))).toEqual(new Set(["machine"]));
    expect(await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } })).toEqual(
      enrollment,
    );
  });

  it("labels four hundred requests on one mail like one classification of all, and soon", async () => {
    const { enrollment } = await enrolled(house);
    const send = await aSend(enrollment);
    const start = house.desk.clock.now().getTime() + 60_000;
    const agents = ["Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36", "curl/8.5.0", "Mozilla/5.0"];
    const hits = Array.from({ length: 405 }, (_, n) => ({
      sendId: send.id,
      method: n % 11 === 0 ? "HEAD" : n % 97 === 0 ? "POST" : "GET",
      target: n === 300 ? ("honeypot" as const) : ("link" as const),
      position: n % 7,
      // A crowded minute, then one request every forty seconds.
      at: new Date(start + (n < 350 ? n * 170 : 60_000 + (n - 350) * 40_000)),
      userAgent: agents[n % 3] ?? "",
      acceptLanguage: n % 5 === 0 ? null : "en",
      ipHash: `address-${n % 4}`,
    }));
    const began = performance.now();
    await Promise.all(hits.map((hit) => recordHit(house.desk, hit)));
    expect(performance.now() - began).toBeLessThan(8_000);
    const rows = await database.db.hit.findMany({ where: { sendId: send.id }, orderBy: { at: "asc" } });
    const atOnce = classifyHits(
      rows.map((row) => ({
        ...hitOf(row),
        submittedAt: send.submittedAt?.toISOString() ?? null,
        recipient: send.contactId,
        account: send.accountId,
      })),
    );
    expect(rows.map(({ label, rules }) => ({ label, rules }))).toEqual(
      atOnce.map(({ label, rules }) => ({ label, rules: [...rules] })),
    );
    expect(rows).toHaveLength(405);
  });

  it("labels earlier mails again when the same address comes for the third person of a second account", async () => {
    const people = [await enrolled(house), await enrolled(house), await enrolled(house)];
    const sends = [];
    for (const { enrollment } of people) sends.push(await aSend(enrollment));
    const at = house.desk.clock.now().getTime() + 120_000;
    for (const [n, send] of sends.entries()) {
      await recordHit(house.desk, {
        sendId: send.id,
        method: "GET",
        target: "link",
        position: 1,
        at: new Date(at + n * 60_000),
        userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
        acceptLanguage: "en",
        ipHash: "one-gateway-for-many",
      });
    }
    const rows = await database.db.hit.findMany({ where: { ipHash: "one-gateway-for-many" } });
    expect(rows.map(({ label, rules }) => ({ label, rules }))).toEqual(
      rows.map(() => ({ label: "machine", rules: ["fan-in"] })),
    );
    expect(rows.filter(({ eventId }) => eventId !== null)).toHaveLength(3);
  });

  it("keeps nothing for a mail that does not exist", async () => {
    expect(
      await recordHit(house.desk, { sendId: randomUUID(), method: "GET", target: "page", ipHash: "x" }),
    ).toBeNull();
  });
});
