import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assessReadiness, readinessHash } from "../../src/domain/readiness/assess-readiness.ts";
import { readinessTrack } from "../../src/domain/readiness/track.ts";
import { loadLog } from "../../src/drivers/store/events.ts";
import type { CsmTask, Send } from "../../src/drivers/store/generated/client.ts";
import { deliverWebhooks } from "../../src/operations/deliver-webhooks.ts";
import { frozenSequence } from "../../src/operations/frozen-sequence.ts";
import { registerWebhook } from "../../src/operations/register-webhook.ts";
import { aCustomer, harrietOf, robinOf } from "./customers.ts";
import { expectHumane, localDaysOf } from "./humane.ts";
import { headerOf, type Journey, openJourney } from "./journey.ts";

const BERLIN = { zone: "Europe/Berlin", holidayCountry: "DE-BE" };
const TRACKS = ["internal", "external_new_function", "ex_competitor"] as const;
const named = (track: string, reader: string) => `${track.replaceAll("_", "-")}-${reader}`;

const accounts = TRACKS.flatMap((arrival) =>
  ["diligent", "silent"].map((reader) =>
    aCustomer(named(arrival, reader), { ...BERLIN, arrival, enrollAt: "2026-03-02T09:00" }),
  ),
);
const stories = accounts.map(({ ref }) => ({
  account: ref,
  reader: "robin",
  ...(ref.endsWith("diligent") ? { persona: "diligent" } : {}),
}));

/** What a customer's own program receives: every delivery, verified by the published library. */
class Receiver {
  readonly got: { id: string; type: string; signalId: string }[] = [];
  readonly #server: Server;
  secret = "";

  constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const event = new Webhook(this.secret).verify(body, request.headers as Record<string, string>) as {
          type: string;
          data: { signalId: string };
        };
        const id = String(request.headers["webhook-id"]);
        this.got.push({ id, type: event.type, signalId: event.data.signalId });
        response.writeHead(204).end();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/baton`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let journey: Journey;
const receiver = new Receiver();

beforeAll(async () => {
  journey = await openJourney({ start: "2026-03-02T07:00:00Z", accounts, stories });
  const registered = await registerWebhook(journey.parts, {
    workspaceId: journey.workspaceId,
    url: await receiver.listen(),
    allowPrivateNetworks: true,
    actor: "system",
  });
  if (!registered.ok) throw new Error(registered.problem.message);
  receiver.secret = registered.secret;
  // Four weeks, and the hold after the last unanswered mail.
  await journey.playUntil("2026-04-02T16:00:00Z");
}, 300_000);

afterAll(async () => {
  await journey?.close();
  await receiver.close();
});

const stepsOf = async (ref: string): Promise<Send[]> =>
  journey
    .sends((await journey.enrollment(ref)).id)
    .then((sends) => sends.filter(({ kind }) => kind === "step"));

const asksForAPerson = async (ref: string): Promise<CsmTask[]> => {
  const { caseId } = await journey.enrollment(ref);
  const tasks = await journey.parts.db.csmTask.findMany({ where: { caseId } });
  return tasks.filter(({ key }) => /^(silent|gate)\./.test(key));
};

describe("four weeks of three programs, without a human hand (S0-29)", () => {
  it.each(accounts.map(({ ref }) => ref))("%s: every due mail was sent, once", async (ref) => {
    const steps = await stepsOf(ref);
    const mails = await journey.mails(robinOf(ref));
    expect(steps.every(({ status }) => status === "submitted")).toBe(true);
    expect(steps.length).toBeGreaterThanOrEqual(5);
    expect(mails.map((mail) => headerOf(mail, "message-id")).sort()).toEqual(
      steps.map(({ messageId }) => messageId).sort(),
    );
    expect(new Set(steps.map(({ stepKey }) => stepKey)).size).toBe(steps.length);
  });

  it.each(accounts.map(({ ref }) => ref))(
    "%s: never two mails on one day, only in working hours, never on a holiday (S0-40)",
    async (ref) => {
      expectHumane(await journey.mails(robinOf(ref)), BERLIN);
      expectHumane(await journey.mails(harrietOf(ref)), BERLIN);
    },
  );

  it("writes to nobody but the contacts, their sponsors and the CSM", async () => {
    const known = new Set([
      ...accounts.flatMap(({ ref }) => [robinOf(ref), harrietOf(ref)]),
      "alma.reyes@fernwick.example",
    ]);
    const strangers = (await journey.mails()).flatMap(({ to }) => to).filter((to) => !known.has(to));
    expect(strangers.filter((to) => !to.startsWith("reply+"))).toEqual([]);
  });

  it("keeps to three program mails per account and day, the sponsor's included", async () => {
    for (const { ref } of accounts) {
      const mails = [...(await journey.mails(robinOf(ref))), ...(await journey.mails(harrietOf(ref)))];
      const days = localDaysOf(mails, BERLIN.zone);
      const busiest = Math.max(...days.map((day) => days.filter((other) => other === day).length));
      expect(busiest).toBeLessThanOrEqual(3);
    }
  });

  it("From and Reply-To lead to the CSM, and every program mail can be stopped with one click", async () => {
    const [mail] = await journey.mails(robinOf(named("internal", "silent")));
    if (mail === undefined) throw new Error("no mail came");
    expect(headerOf(mail, "from")).toContain("Alma Reyes");
    expect(headerOf(mail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  });
});

describe.each(TRACKS)("a silent reader of %s", (track) => {
  const ref = named(track, "silent");

  it("gets the smaller variant twice, and never a third", async () => {
    const variants = (await stepsOf(ref)).map(({ variant }) => variant);
    expect(variants.filter((variant) => variant === "b")).toHaveLength(2);
    expect(variants.slice(-2)).toEqual(["b", "b"]);
  });

  it("then becomes one task of the CSM", async () => {
    expect(await asksForAPerson(ref)).toHaveLength(1);
    expect((await journey.enrollment(ref)).verdict).toBe("at_risk");
  });

  it("has no own act in the log, and no point", async () => {
    const enrollment = await journey.enrollment(ref);
    const log = await loadLog(journey.parts.db, journey.workspaceId, enrollment.id);
    expect(log.filter(({ evidence }) => evidence === "strong" || evidence === "weak")).toEqual([]);
    expect(enrollment.score).toBe(0);
  });
});

describe.each(TRACKS)("a diligent reader of %s", (track) => {
  const ref = named(track, "diligent");

  it("acts on the page over HTTP, and each act is in the log", async () => {
    const enrollment = await journey.enrollment(ref);
    const acts = await journey.parts.db.engagementEvent.findMany({
      where: { enrollmentId: enrollment.id, evidenceClass: "strong", source: "page" },
    });
    expect(acts.length).toBeGreaterThanOrEqual(5);
    expect(new Set(acts.map(({ dedupeKey }) => dedupeKey)).size).toBe(acts.length);
  });

  it("gets more of the program than a silent one", async () => {
    const [mine, silent] = await Promise.all([stepsOf(ref), stepsOf(named(track, "silent"))]);
    expect(mine.length).toBeGreaterThanOrEqual(silent.length);
    expect(mine.filter(({ variant }) => variant === "a").length).toBeGreaterThan(
      silent.filter(({ variant }) => variant === "a").length,
    );
  });

  it("has a sponsor who is written to beside them, on the first day already", async () => {
    const brief = await journey.mails(harrietOf(ref));
    expect(localDaysOf(brief, BERLIN.zone)[0]).toBe("2026-03-02");
    expect(brief.length).toBeGreaterThanOrEqual(2);
    expect(brief.length).toBeLessThanOrEqual(4);
  });
});

describe("the sponsor's brief, which runs beside every program", () => {
  it.each(accounts.map(({ ref }) => ref))("%s: sends every mail, the last one too", async (ref) => {
    const brief = await journey.enrollment(ref, "sponsor");
    const sends = await journey.sends(brief.id);
    expect(sends.filter(({ status }) => status !== "submitted")).toEqual([]);
    expect(sends.at(-1)).toMatchObject({ stepKey: "the-result", status: "submitted" });
    expect(brief.status).toBe("completed");
  });
});

describe("readiness, seen from the end", () => {
  it("gives the same bytes for every stored assessment when computed again from the log", async () => {
    const { db } = journey.parts;
    const rows = await db.readinessAssessment.findMany({ where: { workspaceId: journey.workspaceId } });
    expect(rows.length).toBeGreaterThan(100);
    for (const { ref } of accounts) {
      const enrollment = await journey.enrollment(ref);
      const version = await db.sequenceVersion.findFirstOrThrow({ where: { id: enrollment.versionId } });
      const track = readinessTrack(frozenSequence(version));
      if (track === null) throw new Error("a contact's track has readiness");
      const log = await loadLog(db, journey.workspaceId, enrollment.id);
      for (const row of rows.filter(({ enrollmentId }) => enrollmentId === enrollment.id)) {
        expect(readinessHash(assessReadiness(track, log, row.at)), `${ref} ${row.at.toISOString()}`).toBe(
          row.resultHash,
        );
      }
    }
  });

  it("tells each change of verdict once: by mail and by webhook", async () => {
    await deliverWebhooks(journey.parts, { allowPrivateNetworks: true });
    await deliverWebhooks(journey.parts, { allowPrivateNetworks: true });
    const { db } = journey.parts;
    const signals = await db.readinessSignal.findMany({ where: { workspaceId: journey.workspaceId } });
    expect(signals.length).toBeGreaterThan(6);
    expect(signals.some(({ toVerdict }) => toVerdict === "ready")).toBe(true);
    // The same receiver is told of tasks that change; those are no signals.
    const told = receiver.got.filter(({ type }) => type !== "task.changed");
    expect(told.map(({ signalId }) => signalId).sort()).toEqual(signals.map(({ id }) => id).sort());
    const sends = await db.send.findMany({ where: { workspaceId: journey.workspaceId, kind: "signal" } });
    expect(sends.map(({ stepKey }) => stepKey).sort()).toEqual(
      signals.map(({ id }) => `signal.${id}`).sort(),
    );
    const mails = await journey.mails("alma.reyes@fernwick.example");
    const signalMails = mails.filter((mail) =>
      sends.some(({ messageId }) => messageId === headerOf(mail, "message-id")),
    );
    expect(signalMails).toHaveLength(signals.length);
  });
});
