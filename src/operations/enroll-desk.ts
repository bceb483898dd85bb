import { resolveZone } from "../domain/calendar/zones.ts";
import type { ProposedPolicy } from "../domain/sequences/choose-policy.ts";
import { differenceInWords, type TrackLength, trackLength } from "../domain/sequences/compare-tracks.ts";
import { planProgram } from "../domain/sequences/plan-program.ts";
import { type Policy, underPolicy } from "../domain/sequences/policy.ts";
import { nextOpenStep } from "../domain/turnover/enroll-steps.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import { type CaseWithAccount, findCase } from "../drivers/store/cases.ts";
import type { Contact, Workspace } from "../drivers/store/generated/client.ts";
import { findCurrentCompetitor, listCurrentVersions } from "../drivers/store/versions.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import { chooseTrack } from "./choose-track.ts";
import { type Concern, enrollmentConcerns } from "./enrollment-concerns.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import { keptTrackChoice, type TrackChoiceKept } from "./keep-track-choice.ts";
import { LIVE_STATUSES } from "./may-enroll.ts";
import type { Parts } from "./parts.ts";
import { personCalendar } from "./person-calendar.ts";
import { type PreviewedProgram, previewProgram } from "./preview-program.ts";
import { proposePolicy } from "./propose-policy.ts";
import type { Refusal } from "./refusal.ts";

/** More people than this are found by their address instead of in the list. */
export const PEOPLE_SHOWN = 30;

/** One case on its way to an enrollment. */
export interface EnrollDesk {
  workspace: Workspace;
  turnover: CaseWithAccount;
  /** The account's people, likeliest first; the leaver and who takes over are always among them. */
  people: Contact[];
  peopleInAll: number;
  leaver: Contact | null;
  successor: Contact | null;
  sponsor: Contact | null;
  /** The first question that is open. */
  next: ReturnType<typeof nextOpenStep>;
  /** Somebody of this case is in a program already. */
  isEnrolled: boolean;
}

/** What is known about a case that is to become an enrollment; reads only. Null: no such case. */
export async function enrollDesk(
  parts: Parts,
  input: { workspaceId: string; caseId: string },
): Promise<EnrollDesk | null> {
  const { workspaceId, caseId } = input;
  const turnover = await findCase(parts.db, workspaceId, caseId);
  if (turnover === null) return null;
  const { account, departedContactId, replacementContactId } = turnover;
  const always = [departedContactId, replacementContactId, account.sponsorContactId].flatMap(
    (id) => id ?? [],
  );
  const [{ people, inAll }, workspace, live] = await Promise.all([
    peopleOf(parts, workspaceId, account.id, always),
    getWorkspace(parts.db, workspaceId),
    parts.db.enrollment.count({
      where: { workspaceId, caseId, audience: "contact", status: { in: [...LIVE_STATUSES] } },
    }),
  ]);
  const person = (id: string | null) => people.find((contact) => contact.id === id) ?? null;
  return {
    workspace,
    turnover,
    people,
    peopleInAll: inAll,
    leaver: person(departedContactId),
    successor: person(replacementContactId),
    sponsor: person(account.sponsorContactId),
    next: nextOpenStep(turnover),
    isEnrolled: live > 0,
  };
}

/** Main contacts and newest first: an account of thousands is not listed. */
export async function peopleOf(
  parts: Parts,
  workspaceId: string,
  accountId: string,
  always: readonly string[] = [],
): Promise<{ people: Contact[]; inAll: number }> {
  const where = { workspaceId, accountId, erasedAt: null };
  const [newest, named, inAll] = await Promise.all([
    parts.db.contact.findMany({ where, orderBy: { createdAt: "desc" }, take: PEOPLE_SHOWN }),
    parts.db.contact.findMany({
      where: { ...where, OR: [{ id: { in: [...always] } }, { roles: { has: "poc" } }] },
      take: PEOPLE_SHOWN,
    }),
    parts.db.contact.count({ where }),
  ]);
  const people = new Map([...named, ...newest].map((contact) => [contact.id, contact]));
  return { people: [...people.values()].sort(likeliestFirst), inAll };
}

function likeliestFirst(a: Contact, b: Contact): number {
  const weight = ({ roles }: Contact) =>
    (roles.includes("departed") ? 4 : 0) - (roles.includes("poc") ? 2 : 0) - (roles.length > 0 ? 1 : 0);
  return weight(a) - weight(b) || a.name.localeCompare(b.name);
}

/** One program that could start, beside the proposed one. */
export interface TrackOffer {
  key: string;
  name: string;
  description: string;
  proposed: boolean;
  length: TrackLength;
  /** Against the proposed one, in words; empty for itself. */
  differs: string;
}

export interface TrackOffers {
  /** Null: the case asks for none, and `why` says what is missing. */
  proposedKey: string | null;
  why: string;
  offers: TrackOffer[];
  /** How much of the track the workspace's rules propose for this person; null: nobody is named yet. */
  policy: ProposedPolicy | null;
}

const MOST_OFFERS = 8;

/** The proposed track with its reason, and every other one with what is different about it. Reads only. */
export async function trackOffers(
  parts: Parts,
  desk: EnrollDesk,
  pace: TrackChoiceKept["pace"],
  chosen: Policy | null,
): Promise<TrackOffers> {
  const { turnover, successor } = desk;
  const { workspaceId } = turnover;
  const choice = await chooseTrack(parts.db, turnover);
  const proposedKey = choice.ok ? choice.version.key : null;
  const why = choice.ok ? choice.reason : choice.problem.message;
  if (successor === null) return { proposedKey, why, offers: [], policy: null };
  const policy = proposePolicy(desk.workspace, turnover.account, successor);
  const versions = (await listCurrentVersions(parts.db, workspaceId))
    .filter(({ audience }) => audience === "contact")
    .sort(
      (a, b) => Number(b.key === proposedKey) - Number(a.key === proposedKey) || a.name.localeCompare(b.name),
    )
    .slice(0, MOST_OFFERS);
  const { startAt } = await keptTrackChoice(parts, turnover, zoneOf(desk));
  const { competitorKey, account } = turnover;
  const [product, competitor] = await Promise.all([
    findProduct(parts.db, workspaceId, account.productKey),
    competitorKey === null ? null : findCurrentCompetitor(parts.db, workspaceId, competitorKey),
  ]);
  const calendar = personCalendar(desk.workspace, account, zoneOf(desk), startAt);
  // Only lengths are compared, so the programs are walked without reading who they are for.
  const lengths = versions.map((version) =>
    trackLength(
      planProgram(
        underPolicy(frozenSequence(version), chosen ?? policy.policy),
        { start: startAt, calendar, pace, cadence: product?.cadence ?? null },
        { hasSponsor: briefRuns(desk), competitorKnown: competitor !== null },
      ),
    ),
  );
  const proposed = lengths[versions.findIndex(({ key }) => key === proposedKey)];
  const offers = versions.map((version, index) => {
    const length = lengths[index] ?? trackLength([]);
    const { description } = frozenSequence(version);
    const isProposed = version.key === proposedKey;
    return {
      key: version.key,
      name: version.name,
      description,
      proposed: isProposed,
      length,
      differs: isProposed || proposed === undefined ? "" : differenceInWords(length, proposed),
    };
  });
  return { proposedKey, why, offers, policy };
}

/** The zone the program will run in; an unknown one is said by the preview, so UTC stands in here. */
export function zoneOf({ turnover, successor, workspace }: EnrollDesk): string {
  const zone = resolveZone({
    contact: successor?.zone ?? null,
    account: turnover.account.zone,
    workspace: workspace.reportZone,
  });
  return zone.ok ? zone.zone : "UTC";
}

export interface EnrollProgram {
  choice: TrackChoiceKept;
  program: PreviewedProgram | null;
  problem: Refusal | null;
  concerns: Concern[];
}

/** The program as it would start with what is kept in the case, and what speaks against it. Reads only. */
export async function enrollProgram(
  parts: Parts,
  desk: EnrollDesk & { successor: Contact },
): Promise<EnrollProgram> {
  const { turnover, successor, sponsor } = desk;
  const { workspaceId, competitorKey } = turnover;
  const choice = await keptTrackChoice(parts, turnover, zoneOf(desk));
  const result = await previewProgram(parts, {
    workspaceId,
    caseId: turnover.id,
    contactId: successor.id,
    pace: choice.pace,
    ...(choice.policy === null ? {} : { policy: choice.policy }),
    startAt: choice.startAt,
    ...(choice.track === null ? {} : { sequenceKey: choice.track }),
  });
  const program = result.ok ? (briefRuns(desk) ? result : { ...result, sponsor: null }) : null;
  const competitor =
    competitorKey === null ? null : await findCurrentCompetitor(parts.db, workspaceId, competitorKey);
  const concerns = await enrollmentConcerns(parts, {
    turnover,
    contact: successor,
    sponsor,
    competitorKnown: competitor !== null,
    program: program ?? (result.ok ? result : result.problem),
  });
  return { choice, program, problem: result.ok ? null : result.problem, concerns };
}

/** As enrolling decides it: nobody is their own sponsor, and who left the company reads nothing. */
function briefRuns({ turnover, successor, sponsor }: EnrollDesk): boolean {
  if (sponsor === null || sponsor.id === successor?.id) return false;
  const left = sponsor.id === turnover.departedContactId || sponsor.roles.includes("departed");
  return !left || turnover.destination === "internal";
}
