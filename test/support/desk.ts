import { readdirSync, readFileSync } from "node:fs";
import { pino } from "pino";
import { makeLinks } from "../../src/domain/engagement/signed-links.ts";
import type { Account, Case, Contact, PrismaClient, User } from "../../src/drivers/store/generated/client.ts";
import { type Enrolled, enrollContact } from "../../src/operations/enroll-contact.ts";
import type { Parts } from "../../src/operations/parts.ts";
import { publishSequences } from "../../src/operations/publish-sequence.ts";
import { ensureWorkspace } from "../../src/operations/workspaces.ts";
import { aCase, aContact, anAccount } from "./builders.ts";

/** Parts with a clock that the test moves and a waker that remembers. */
export interface Desk extends Parts {
  setNow(at: Date | string): void;
  readonly woken: string[];
}

export function aDesk(db: PrismaClient, start = "2026-03-02T09:00:00Z"): Desk {
  let now = new Date(start);
  const woken: string[] = [];
  const wake = (what: string) => async () => {
    woken.push(what);
  };
  return {
    db,
    clock: { now: () => now, wall: () => new Date() },
    log: pino({ level: "silent" }),
    waker: {
      sendsPlanned: wake("sends"),
      enrollmentsDue: wake("enrollments"),
      readinessChanged: wake("readiness"),
      webhooksPlanned: wake("webhooks"),
    },
    links: makeLinks([{ kid: "t", secret: "a secret for tests that is long enough" }], () => now),
    baseUrl: "https://baton.test",
    setNow: (at) => {
      now = new Date(at);
    },
    woken,
  };
}

/** The product's own sequence files, as an author would publish them. */
export function ownSequences(): { name: string; source: string }[] {
  const folder = new URL("../../sequences/", import.meta.url);
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ name: `sequences/${name}`, source: readFileSync(new URL(name, folder), "utf8") }));
}

export interface House {
  desk: Desk;
  workspaceId: string;
  csm: User;
}

/** A workspace with one CSM, one product and the product's own sequences. */
export async function aHouse(db: PrismaClient, start?: string): Promise<House> {
  const desk = aDesk(db, start);
  const { workspaceId } = await ensureWorkspace(desk, {
    key: `house-${Math.random().toString(36).slice(2)}`,
    name: "Fernwick Software",
    users: [
      { name: "Dana Whitlock", email: "dana@fernwick.test", title: "Customer success", roles: ["csm"] },
    ],
    products: [{ key: "campaigns", name: "Fernwick Campaigns" }],
  });
  await publishSequences(desk, { workspaceId, files: ownSequences(), actor: "system" });
  const csm = await db.user.findFirstOrThrow({ where: { workspaceId } });
  return { desk, workspaceId, csm };
}

export interface Handover {
  account: Account;
  sponsor: Contact;
  leaver: Contact;
  contact: Contact;
  turnover: Case;
}

/** An account whose main contact left, with a sponsor and somebody from outside who takes over. */
export async function aHandover(
  { desk, workspaceId, csm }: House,
  more: { account?: object; contact?: object; turnover?: object } = {},
): Promise<Handover> {
  const { db } = desk;
  const made = await anAccount(db, workspaceId, {
    productKey: "campaigns",
    csmId: csm.id,
    tier: "high",
    ...more.account,
  });
  const sponsor = await aContact(db, made, {
    name: "Harriet Doyle",
    firstName: "Harriet",
    roles: ["decision_maker"],
  });
  const leaver = await aContact(db, made, { name: "Paul Drennan", firstName: "Paul" });
  const contact = await aContact(db, made, { name: "Imani Okafor", firstName: "Imani", ...more.contact });
  const account = await db.account.update({
    where: { id: made.id },
    data: { sponsorContactId: sponsor.id },
  });
  const turnover = await aCase(db, made, {
    departedContactId: leaver.id,
    replacementContactId: contact.id,
    replacementType: "external_new_function",
    roleOutcome: "replacing",
    ...more.turnover,
  });
  return { account, sponsor, leaver, contact, turnover };
}

/** The same, with the contact enrolled. */
export async function enrolled(
  house: House,
  more: Parameters<typeof aHandover>[1] = {},
): Promise<Handover & Enrolled> {
  const handover = await aHandover(house, more);
  const result = await enrollContact(house.desk, {
    workspaceId: house.workspaceId,
    caseId: handover.turnover.id,
    contactId: handover.contact.id,
    actor: "system",
  });
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  const { enrollment, sponsorEnrollment, reason, repeated } = result;
  return { ...handover, enrollment, sponsorEnrollment, reason, repeated };
}
