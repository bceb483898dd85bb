import { serviceLevels } from "../domain/turnover/service-levels.ts";
import { coveragePercent } from "../domain/turnover/severity.ts";
import { askCsm } from "../drivers/store/csm-tasks.ts";
import type { Account, Case, Contact, Workspace } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";
import { dueInBusinessDays, personCalendar } from "./person-calendar.ts";

export interface DepartureCare {
  workspace: Workspace;
  account: Account;
  contacts: readonly Contact[];
  turnover: Case;
  now: Date;
}

/** What a person of the vendor must do when somebody left: reach the sponsor (S0-21) and whoever is still there (S1-13). */
export async function askForDepartureCare(db: Db, care: DepartureCare): Promise<void> {
  const { account, turnover, now } = care;
  const levels = serviceLevels(account.tier, account.segment);
  const calendar = personCalendar(care.workspace, account, account.zone, now);
  const mover = moverWithin(care);
  // A decision maker who left is somebody to replace, not somebody to write to; one who was promoted stays.
  const remaining = care.contacts.filter(
    (contact) =>
      contact === mover || (contact.id !== turnover.departedContactId && !contact.roles.includes("departed")),
  );
  const task = {
    workspaceId: turnover.workspaceId,
    caseId: turnover.id,
    userId: account.csmId,
    createdAt: now,
  };
  if (levels.sponsorContactDays !== null) {
    const sponsor = remaining.find((contact) => contact.id === account.sponsorContactId);
    await askCsm(db, {
      ...task,
      key: "sponsor-outreach",
      kind: "sponsor-outreach",
      text: sponsorAsk(account, sponsor, mover),
      detail:
        sponsor !== undefined && sponsor === mover ? moverBrief(care, mover) : sponsorBrief(care, sponsor),
      dueAt: dueInBusinessDays(now, levels.sponsorContactDays, calendar),
    });
  }
  const call = whomToCall(account, remaining);
  await askCsm(db, { ...task, ...call, dueAt: dueInBusinessDays(now, levels.triageDays, calendar) });
}

/** Who moved inside the company is still there, and an ally (S1-15). */
function moverWithin({ contacts, turnover }: DepartureCare): Contact | undefined {
  if (turnover.destination !== "internal") return undefined;
  return contacts.find((contact) => contact.id === turnover.departedContactId);
}

function sponsorAsk(account: Account, sponsor: Contact | undefined, mover: Contact | undefined): string {
  if (sponsor === undefined) return `Find the decision maker at ${account.name} and bring them in`;
  if (sponsor === mover) return `Ask ${sponsor.name}, who stays the sponsor, to stand behind their successor`;
  return `Bring ${sponsor.name} back in`;
}

/** Somebody we know (S1-13a); or, when nobody is left, the main line (S1-13b). */
function whomToCall(account: Account, remaining: readonly Contact[]) {
  if (coveragePercent(remaining) === 0) {
    return {
      key: "call-main-line",
      kind: "call-main-line",
      text: `Call HR or the main number of ${account.name}`,
      detail:
        "We know nobody else there. Ask who looks after this work now, from when, and whom to write to. " +
        "Say what their company uses and that you only need a name.",
    };
  }
  const person =
    remaining.find((contact) => contact.roles.includes("champion")) ??
    remaining.find((contact) => contact.id === account.sponsorContactId) ??
    remaining[0];
  const name = person?.name ?? "the person you know best";
  return {
    key: "call-known-person",
    kind: "call-known-person",
    text: `Call ${name} at ${account.name}`,
    detail: `Ask ${name} who takes over, from when, what they would protect, and whether they will introduce you.`,
  };
}

/** To a sponsor who did the work until now and moved up: the facts are theirs, so it is the ask alone. */
function moverBrief({ account }: DepartureCare, sponsor: Contact): string {
  return (
    `${sponsor.firstName}, you are handing over the daily work with us at ${account.name} and stay our sponsor. ` +
    "We keep everything running and help whoever takes over to get started at their own pace. " +
    "One ask: would you tell that person, in two lines, which of your goals still stand?"
  );
}

/** Facts and one ask, ready to send or to read out. */
function sponsorBrief({ account, contacts, turnover }: DepartureCare, sponsor: Contact | undefined): string {
  const leaver = contacts.find((contact) => contact.id === turnover.departedContactId);
  const who = leaver === undefined ? "Our main contact with you" : leaver.name;
  const opening = sponsor === undefined ? "" : `${sponsor.firstName}, `;
  return (
    `${opening}${who} is moving on from the work with us at ${account.name}. ` +
    "We keep everything running and help whoever takes over to get started at their own pace. " +
    "One ask: who should that person hear from that your goals still stand, you or us?"
  );
}
