import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutgoingMail } from "../../../src/domain/sending/outcome.ts";
import { replyAddress, returnPath } from "../../../src/domain/sending/return-path.ts";
import { pauseEnrollment } from "../../../src/operations/pause-enrollment.ts";
import { receiveMail } from "../../../src/operations/receive-mail.ts";
import { openSendDesk } from "../../../src/operations/send-desk.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { unsubscribe } from "../../../src/operations/unsubscribe.ts";
import { FaultRig } from "../../support/fault-rig.ts";

describe("a stop that races the claim", () => {
  let rig: FaultRig;
  beforeAll(async () => {
    rig = await FaultRig.open();
  });
  afterAll(() => rig.close());

  /** A person's or a server's word that no mail may follow, by the send it is about. */
  type Stop = (sendId: string, enrollmentId: string) => Promise<unknown>;
  const stops: [string, Stop][] = [
    ["an unsubscribe", (sendId) => unsubscribe(rig.app.parts, { sendId, source: "one-click" })],
    [
      "a pause with an end",
      (_sendId, enrollmentId) =>
        pause(enrollmentId, new Date(rig.app.parts.clock.now().getTime() + 86_400_000)),
    ],
    ["an open pause", (_sendId, enrollmentId) => pause(enrollmentId, null)],
    [
      "a reply",
      async (sendId) => {
        const to = replyAddress(rig.app.parts.links, sendId, "mail.fernwick.test");
        const { contactId } = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id: sendId } });
        const { email } = await rig.app.parts.db.contact.findUniqueOrThrow({
          where: { id: contactId ?? "" },
        });
        return arrive(to, [
          // Only their own address counts in their name.
          `From: ${email}`,
          "Subject: Re: Hello",
          "",
          "Not now please, call me.",
        ]);
      },
    ],
    [
      "a hard bounce",
      (sendId) => arrive(returnPath(rig.app.parts.links, sendId, "mail.fernwick.test"), bounceLines(sendId)),
    ],
  ];

  function pause(enrollmentId: string, until: Date | null): Promise<unknown> {
    const { workspaceId, csmId } = rig.world;
    return pauseEnrollment(rig.app.parts, {
      ...{ workspaceId, enrollmentId, until },
      reason: "on holiday",
      actor: `user:${csmId}`,
    });
  }

  function arrive(to: string, lines: readonly string[]): Promise<unknown> {
    const raw = Buffer.from(
      [`To: ${to}`, `Message-ID: <${randomUUID()}@customer.test>`, ...lines].join("\r\n"),
    );
    return receiveMail(rig.app.parts, { raw, envelopeTo: [to] });
  }

  function bounceLines(sendId: string): string[] {
    return [
      "Return-Path: <>",
      "From: Mail Delivery System <MAILER-DAEMON@mx.customer.test>",
      "Subject: Undelivered Mail Returned to Sender",
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
      "",
      ...["--b1", "Content-Type: text/plain", "", `Your mail ${sendId} could not be delivered.`],
      ...["--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.customer.test", ""],
      ...["Final-Recipient: rfc822; robin@customer.test", "Action: failed", "Status: 5.1.1"],
      ...["Diagnostic-Code: smtp; 550 5.1.1 User unknown", "--b1--", ""],
    ];
  }

  it.each(stops)("lets no mail begin after %s was committed", async (_what, stopBy) => {
    const ids = await rig.plan(300, false);
    const { parts, transport } = rig.app.openSending({ stopping: new AbortController().signal });
    const programs = new Map(
      (await rig.app.parts.db.send.findMany({ where: { id: { in: ids } } })).map((send) => [
        send.id,
        send.enrollmentId ?? "",
      ]),
    );
    const stoppedAt = new Map<string, number>();
    const begunAt = new Map<string, number>();
    const desk = openSendDesk(rig.app.parts.sql, 4, rig.app.parts.log);
    const watched = {
      ...parts,
      desk: {
        ...desk,
        depart: (departure: Parameters<typeof desk.depart>[0]) => {
          begunAt.set(departure.id, performance.now());
          return desk.depart(departure);
        },
      },
      submitter: {
        submit: async (_mail: OutgoingMail) => ({ kind: "accepted" as const, response: "250 taken" }),
      },
    };
    const stop = async (sendId: string): Promise<void> => {
      await stopBy(sendId, programs.get(sendId) ?? "");
      stoppedAt.set(sendId, performance.now());
    };
    const half = ids.filter((_id, index) => index % 2 === 0);
    // Three people's acts at a time, from the last mail to the first, so that both meet in the middle.
    const left = [...half];
    const acts = async (): Promise<void> => {
      for (let id = left.pop(); id !== undefined; id = left.pop()) await stop(id);
    };
    await Promise.all([sendMessages(watched, ids), acts(), acts(), acts()]);
    await transport.close();

    const rows = await rig.app.parts.db.send.findMany({ where: { id: { in: ids } } });
    const late = rows.filter(
      ({ id, status }) =>
        status === "submitted" && (begunAt.get(id) ?? 0) > (stoppedAt.get(id) ?? Number.POSITIVE_INFINITY),
    );
    expect(late.map(({ id }) => id)).toEqual([]);
    expect(
      rows.filter(
        ({ status }) => !["submitted", "suppressed", "skipped", "planned", "deferred"].includes(status),
      ),
    ).toEqual([]);
    const untouched = rows.filter(({ id }) => !half.includes(id));
    expect(untouched.every(({ status }) => status === "submitted")).toBe(true);
    const stopped = rows.filter(({ status }) => status !== "submitted");
    expect(stopped.length).toBeGreaterThan(0);
    expect(
      stopped.filter(({ status }) => status !== "planned").every(({ reason }) => (reason ?? "") !== ""),
    ).toBe(true);
  });

  it("fails one broken mail alone and sends the others of its batch", async () => {
    const ids = await rig.plan(20, false);
    const [poison = ""] = ids;
    await rig.app.parts.sql.query(`update send set kind = 'unheard-of' where id = $1`, [poison]);
    const { parts, transport } = rig.app.openSending({ stopping: new AbortController().signal });
    const counts = await sendMessages(parts, ids);
    await transport.close();
    expect(counts).toMatchObject({ submitted: 19, failed: 1 });
    const row = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id: poison } });
    expect(row.reason).toContain("unheard-of");
  });

  it("asks the CSM once to repair what blocks a mail, however often it is looked at", async () => {
    const [id = ""] = await rig.plan(1, false);
    const { db, sql } = rig.app.parts;
    await sql.query(
      `update contact set email = null where id = (select "contactId" from send where id = $1)`,
      [id],
    );
    const { parts, transport } = rig.app.openSending({ stopping: new AbortController().signal });
    for (let day = 0; day < 2; day += 1) {
      await sql.query(`update send set "dueAt" = "plannedAt", "nextAttemptAt" = "plannedAt" where id = $1`, [
        id,
      ]);
      expect(await sendMessages(parts, [id])).toMatchObject({ deferred: 1 });
    }
    await transport.close();
    const tasks = await db.csmTask.findMany({ where: { kind: "blocked-send" } });
    expect(tasks.map(({ userId, detail }) => ({ userId, detail }))).toEqual([
      {
        userId: rig.world.csmId,
        detail: "A mail waits: the contact has no mail address. Add an address to the contact.",
      },
    ]);
  });

  it("sends an uncertain mail again only when a person asks, once, with the same Message-ID", async () => {
    const { sendAgain } = await import("../../../src/operations/send-again.ts");
    const [id = ""] = await rig.plan(1, false);
    const { parts, transport } = rig.app.openSending({ stopping: new AbortController().signal });
    const submitter = { submit: async () => ({ kind: "unknown" as const, cause: "the line went dead" }) };
    await sendMessages({ ...parts, submitter }, [id]);
    const before = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id } });
    expect(before.status).toBe("uncertain");
    expect(await sendMessages(parts, [id])).toMatchObject({ submitted: 0 });

    const { workspaceId } = rig.world;
    const asked = { workspaceId, sendId: id, actor: `user:${rig.world.csmId}` as const };
    const answers = await Promise.all([sendAgain(rig.app.parts, asked), sendAgain(rig.app.parts, asked)]);
    expect(answers.filter(({ ok }) => ok).length).toBe(1);
    expect(await sendMessages(parts, [id])).toMatchObject({ submitted: 1 });
    await transport.close();
    const after = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id } });
    expect(after.messageId).toBe(before.messageId);
  });
});
