import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TransportOutcome } from "../../../src/domain/sending/outcome.ts";
import { returnPath } from "../../../src/domain/sending/return-path.ts";
import { type OpenHold, openHolds } from "../../../src/operations/mail-holds.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { receiveMail } from "../../../src/operations/receive-mail.ts";
import { releaseHold } from "../../../src/operations/release-hold.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { complaintWarnings } from "../../../src/operations/watch-reputation.ts";
import { FaultRig } from "../../support/fault-rig.ts";

const TAKEN: TransportOutcome = { kind: "accepted", response: "250 taken" };

describe("what receivers say about us", () => {
  let rig: FaultRig;
  beforeAll(async () => {
    rig = await FaultRig.open();
  });
  afterAll(() => rig.close());

  async function send(ids: readonly string[], outcome: TransportOutcome) {
    const { parts, transport } = rig.app.openSending({ stopping: new AbortController().signal });
    const counts = await sendMessages({ ...parts, submitter: { submit: async () => outcome } }, ids);
    await transport.close();
    return counts;
  }

  const holds = (): Promise<OpenHold[]> => openHolds(rig.app.parts.db, rig.world.workspaceId);
  const goOn = async () => {
    for (const { id } of await holds()) {
      const { workspaceId, csmId } = rig.world;
      await releaseHold(rig.app.parts, { workspaceId, holdId: id, actor: `user:${csmId}` });
    }
  };

  function complain(sendId: string): Promise<unknown> {
    const to = returnPath(rig.app.parts.links, sendId, "mail.fernwick.test");
    const lines = [
      "From: feedback@receiver.test",
      `To: ${to}`,
      "Subject: complaint",
      `Message-ID: <${randomUUID()}@receiver.test>`,
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b1"',
      "",
      ...["--b1", "Content-Type: text/plain", "", "This is an abuse report."],
      ...[
        "--b1",
        "Content-Type: message/feedback-report",
        "",
        "Feedback-Type: abuse",
        "User-Agent: R/1",
        "Version: 1",
        "",
      ],
      ...["--b1", "Content-Type: text/rfc822-headers", "", `Return-Path: <${to}>`, "--b1--", ""],
    ];
    return receiveMail(rig.app.parts, { raw: Buffer.from(lines.join("\r\n")), envelopeTo: [to] });
  }

  it("warns at one complaint in a thousand mails, and holds the program at three, until a person lets it go on", async () => {
    const ids = await rig.plan(1_000, false);
    await rig.app.parts.sql.query(
      `update send set status = 'submitted', "submittedAt" = "dueAt", "endedAt" = "dueAt" where id = any($1::uuid[])`,
      [ids],
    );
    const now = rig.app.parts.clock.now();
    const warned = () => complaintWarnings(rig.app.parts.db, rig.world.workspaceId, now);
    expect(await warned()).toEqual([]);
    await complain(ids[0] ?? "");
    expect(await warned()).toMatchObject([{ sequenceKey: "internal", mails: 1_000, complaints: 1 }]);
    await complain(ids[1] ?? "");
    expect(await holds()).toEqual([]);
    await complain(ids[2] ?? "");
    expect(await holds()).toMatchObject([
      {
        ...{ scope: "program", cause: "complaints" },
        reason: "3 of its 1000 mails were reported as spam (0.30 %)",
      },
    ]);

    const [id = ""] = await rig.plan(1, false);
    expect(await send([id], TAKEN)).toMatchObject({ deferred: 1 });
    const held = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id } });
    expect(held.reason).toContain("reported as spam");
    await rig.app.parts.sql.query(`update enrollment set "dueAt" = now() - interval '1 hour' where id = $1`, [
      held.enrollmentId,
    ]);
    expect(await planDueSteps(rig.app.parts)).toMatchObject({ looked: 0 });

    await goOn();
    expect(await holds()).toEqual([]);
    expect(await warned()).toEqual([]);
    // Put off meanwhile, it may have another date now: it moves to today first.
    await send([id], TAKEN);
    await send([id], TAKEN);
    expect(await rig.app.parts.db.send.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "submitted",
    });
  });

  it("holds the program after a refusal that is about us, once, and keeps the address", async () => {
    const ids = await rig.plan(3, false);
    await send(ids.slice(0, 2), { kind: "rejected", code: 550, response: "550 5.7.1 Message refused." });
    expect(await holds()).toMatchObject([
      {
        ...{ scope: "program", cause: "refused" },
        reason: "a receiving server refused a mail because of us: 550 5.7.1 Message refused",
      },
    ]);
    const contacts = await rig.app.parts.db.contact.findMany({
      where: { enrollments: { some: { sends: { some: { id: { in: ids } } } } } },
    });
    expect(contacts.map(({ mailStatus }) => mailStatus)).toEqual(["ok", "ok", "ok"]);
    expect(await send(ids.slice(2), TAKEN)).toMatchObject({ deferred: 1, submitted: 0 });
    await goOn();
  });

  it("holds all mail to contacts when a receiver does not believe the domain, at the door or by a bounce", async () => {
    const [first = "", second = ""] = await rig.plan(2, false);
    await send([first], { kind: "rejected", code: 550, response: "550 5.7.515 Access denied" });
    expect(await holds()).toMatchObject([{ scope: "everything", cause: "domain-refused" }]);
    expect(await send([second], TAKEN)).toMatchObject({ deferred: 1 });
    await goOn();

    const [third = ""] = await rig.plan(1, false);
    await send([third], TAKEN);
    const to = returnPath(rig.app.parts.links, third, "mail.fernwick.test");
    const raw = [
      "Return-Path: <>",
      "From: MAILER-DAEMON@mx.customer.test",
      `To: ${to}`,
      "Subject: Undelivered Mail Returned to Sender",
      `Message-ID: <${randomUUID()}@mx.customer.test>`,
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
      "",
      ...["--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.customer.test", ""],
      ...["Final-Recipient: rfc822; robin@customer.test", "Action: failed", "Status: 5.7.26"],
      ...["Diagnostic-Code: smtp; 550 5.7.26 Unauthenticated mail is not accepted", "--b1--", ""],
    ];
    await receiveMail(rig.app.parts, { raw: Buffer.from(raw.join("\r\n")), envelopeTo: [to] });
    expect(await holds()).toMatchObject([{ scope: "everything", cause: "domain-refused" }]);
    const row = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id: third } });
    expect(row).toMatchObject({ status: "submitted", bounceKind: "policy" });
    const contact = await rig.app.parts.db.contact.findUniqueOrThrow({ where: { id: row.contactId ?? "" } });
    expect(contact.mailStatus).toBe("ok");
  });
});
