import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyAddress, returnPath } from "../../../src/domain/sending/return-path.ts";
import { askAboutSends } from "../../../src/drivers/store/send-sweeps.ts";
import { myWeek } from "../../../src/operations/my-week.ts";
import { receiveMail } from "../../../src/operations/receive-mail.ts";
import { recordAct } from "../../../src/operations/record-act.ts";
import { recordHit } from "../../../src/operations/record-hit.ts";
import { unsubscribe } from "../../../src/operations/unsubscribe.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

let days = 0;
/** A mail of a fresh program about which nobody knows whether it arrived, with the duty that asks. */
async function anUncertainMail() {
  const handover = await enrolled(house);
  const { enrollment, contact, turnover } = handover;
  const { workspaceId, desk } = house;
  const at = desk.clock.now();
  const send = await database.db.send.create({
    data: {
      ...{ workspaceId, enrollmentId: enrollment.id, contactId: contact.id, accountId: enrollment.accountId },
      ...{ stepKey: "who-we-are", status: "uncertain", subject: "Hello", endedAt: at, plannedAt: at },
      ...{ dueAt: at, nextAttemptAt: at, localDate: new Date(Date.UTC(2026, 0, ++days)) },
    },
  });
  await ask();
  return { ...handover, send, caseId: turnover.id };
}

async function ask(): Promise<void> {
  const now = house.desk.clock.now();
  const from = new Date(now.getTime() - 86_400_000);
  await askAboutSends(database.store.pool, {
    ...{ status: "uncertain", kind: "uncertain-send", text: "Decide", detail: "", now, from, to: now },
  });
}

const uncertainRows = async () => {
  const week = await myWeek(house.desk, { workspaceId: house.workspaceId, limit: 500 });
  return week.needsYou.filter(({ kind }) => kind === "uncertain").map(({ subjectId }) => subjectId);
};

const mail = (to: string, from: string, subject: string, more: string[], body: string[]) =>
  receiveMail(house.desk, {
    raw: Buffer.from(
      [
        `From: ${from}`,
        `To: ${to}`,
        `Subject: ${subject}`,
        `Message-ID: <${randomUUID()}@c.test>`,
        ...more,
        "",
        ...body,
      ].join("\r\n"),
    ),
    envelopeTo: [to],
  });

type Uncertain = Awaited<ReturnType<typeof anUncertainMail>>;
const EVIDENCE: [string, (one: Uncertain) => Promise<unknown>, string][] = [
  [
    "a reply",
    ({ send, contact }) =>
      mail(
        replyAddress(house.desk.links, send.id, "baton.test"),
        contact.email ?? "",
        "Re: Hello",
        [],
        ["Thank you, we looked at it today."],
      ),
    "a reply",
  ],
  [
    "a bounce to its return path",
    ({ send }) =>
      mail(
        returnPath(house.desk.links, send.id, "baton.test"),
        "MAILER-DAEMON@mx.c.test",
        "Undelivered Mail Returned to Sender",
        [
          "Return-Path: <>",
          "MIME-Version: 1.0",
          'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
        ],
        [
          ...["--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.c.test", ""],
          ...["Final-Recipient: rfc822; a@c.test", "Action: failed", "Status: 5.2.2"],
          ...["Diagnostic-Code: smtp; 552 5.2.2 Mailbox full", "--b1--", ""],
        ],
      ),
    "its bounce",
  ],
  [
    "an act on the page behind it",
    ({ send, enrollment }) =>
      recordAct(house.desk, {
        ...{ workspaceId: house.workspaceId, enrollmentId: enrollment.id, sendId: send.id, source: "page" },
        act: { kind: "question-asked", text: "Who signs off a campaign?" },
        dedupeKey: randomUUID(),
      }),
    "what they did on the page behind it",
  ],
  [
    "a wish to stop by its link",
    ({ send }) => unsubscribe(house.desk, { sendId: send.id, source: "one-click" }),
    "their wish to stop",
  ],
];

describe("an uncertain mail", () => {
  it.each(EVIDENCE)(
    "is known to have arrived from %s, and nobody is offered to send it again",
    async (_what, happen, words) => {
      const one = await anUncertainMail();
      expect(await uncertainRows()).toContain(one.send.id);
      await happen(one);
      const row = await database.db.send.findUniqueOrThrow({ where: { id: one.send.id } });
      expect(row).toMatchObject({
        status: "submitted",
        submittedAt: one.send.endedAt,
        reason: `It arrived: known from ${words}.`,
      });
      const duties = await database.db.csmTask.findMany({ where: { key: `uncertain.${one.send.id}` } });
      expect(duties).toMatchObject([{ outcome: `it arrived: known from ${words}` }]);
      expect(duties[0]?.doneAt).not.toBeNull();
      const log = await database.db.engagementEvent.findMany({
        where: { enrollmentId: one.enrollment.id, kind: "mail-submitted" },
      });
      expect(log.map(({ dedupeKey }) => dedupeKey)).toEqual([`send.${one.send.id}`]);
      expect(await uncertainRows()).not.toContain(one.send.id);
    },
  );

  it("stays uncertain when only a machine fetched its link, and is known once a person did", async () => {
    const { send } = await anUncertainMail();
    const hit = (more: object) =>
      recordHit(house.desk, {
        ...{ sendId: send.id, method: "GET", target: "page", ipHash: randomUUID(), userAgent: "" },
        ...more,
      } as Parameters<typeof recordHit>[1]);
    await hit({ userAgent: "Mozilla/5.0 (compatible; scanner)", network: "scanner" });
    const status = async () => (await database.db.send.findUniqueOrThrow({ where: { id: send.id } })).status;
    expect(await status()).toBe("uncertain");
    const labels = await database.db.hit.findMany({ where: { sendId: send.id } });
    expect(labels.map(({ label }) => label)).not.toContain("human");
    // A form behind a visible button: no scanner posts it.
    await hit({ method: "POST", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" });
    expect(await database.db.send.findUniqueOrThrow({ where: { id: send.id } })).toMatchObject({
      status: "submitted",
      reason: "It arrived: known from a person's visit by its link.",
    });
  });

  it("is listed too when it was a brief to a sponsor without a program", async () => {
    const { turnover, sponsor, account } = await enrolled(house);
    const { workspaceId, desk } = house;
    const at = desk.clock.now();
    const send = await database.db.send.create({
      data: {
        ...{ workspaceId, contactId: sponsor.id, accountId: account.id, kind: "one_off" },
        ...{ stepKey: "escalation.1", status: "uncertain", subject: "Two lines", endedAt: at, plannedAt: at },
        ...{ dueAt: at, nextAttemptAt: at, localDate: new Date(Date.UTC(2026, 0, ++days)) },
      },
    });
    await database.db.escalation.create({
      data: {
        ...{ workspaceId, caseId: turnover.id, contactId: sponsor.id, cause: "at_risk", sendId: send.id },
        ...{ subject: "Two lines", body: "…", status: "approved", createdAt: at, createdBy: "system" },
      },
    });
    await ask();
    expect(await uncertainRows()).toContain(send.id);
    expect(
      await database.db.csmTask.count({ where: { key: `uncertain.${send.id}`, caseId: turnover.id } }),
    ).toBe(1);
  });
});
