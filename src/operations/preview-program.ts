import { resolveZone } from "../domain/calendar/zones.ts";
import { POLICY_WORDS } from "../domain/sequences/choose-policy.ts";
import { placeInCourse } from "../domain/sequences/course-place.ts";
import type { MergeValues } from "../domain/sequences/merge-fields.ts";
import { sampleValues } from "../domain/sequences/merge-fields.ts";
import { type PlannedStep, planProgram } from "../domain/sequences/plan-program.ts";
import { type Policy, underPolicy } from "../domain/sequences/policy.ts";
import { readerFields } from "../domain/sequences/reader-facts.ts";
import type { Competitor, Sequence } from "../domain/sequences/sequence.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import { type CaseWithAccount, findCase } from "../drivers/store/cases.ts";
import type { Contact, Workspace } from "../drivers/store/generated/client.ts";
import { findCurrentCompetitor, findCurrentVersion } from "../drivers/store/versions.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import { composeStep } from "../drivers/templates/compose-step.ts";
import type { MailValues } from "../drivers/templates/mail-values.ts";
import { renderStep } from "../drivers/templates/render-step.ts";
import { chooseTrack } from "./choose-track.ts";
import { frozenCompetitor, frozenSequence } from "./frozen-sequence.ts";
import type { Db, Parts } from "./parts.ts";
import { dayOf, personCalendar } from "./person-calendar.ts";
import { proposePolicy } from "./propose-policy.ts";
import { fillPlain } from "./reader-values.ts";
import { type Result, refuse } from "./refusal.ts";

export interface PreviewInput {
  readonly workspaceId: string;
  readonly caseId: string;
  readonly contactId: string;
  /** Absent: chosen from the case. */
  readonly sequenceKey?: string;
  readonly pace?: "slow" | "normal" | "fast";
  /** Absent: by the workspace's rules (S0-44). */
  readonly policy?: Policy;
  /** Business instant; default now. */
  readonly startAt?: Date;
}

export interface PreviewedProgram {
  readonly sequenceKey: string;
  readonly sequenceName: string;
  readonly version: number;
  /** Why this track, in words. */
  readonly reason: string;
  /** How much of the track they get, and why; with a named one, that somebody chose it. */
  readonly policy: Policy;
  readonly policyReason: string;
  /** What the workspace's rules propose, whatever was chosen. */
  readonly proposedPolicy: Policy;
  readonly zone: string;
  readonly steps: readonly PlannedStep[];
  /** The sponsor's steps, in the sponsor's zone; null when no sponsor sequence runs or no sponsor is known. */
  readonly sponsor: {
    readonly name: string;
    readonly zone: string;
    readonly steps: readonly PlannedStep[];
  } | null;
}

/** Every step of the program with its exact time, before anyone is enrolled. Reads only. */
export async function previewProgram(parts: Parts, input: PreviewInput): Promise<Result<PreviewedProgram>> {
  const { db } = parts;
  const found = await readPeople(db, input);
  if (!found.ok) return found;
  const { turnover, contact, sponsor, workspace } = found;
  const choice = await chooseTrack(db, turnover, input.sequenceKey);
  if (!choice.ok) return choice;
  const zone = zoneOf(workspace, turnover, contact);
  if (!zone.ok) return refuse("unknown-zone", `${zone.from}.zone`, zone.message, "Correct the time zone.");
  const start = input.startAt ?? parts.clock.now();
  const proposed = proposePolicy(workspace, turnover.account, contact);
  const policy = input.policy ?? proposed.policy;
  const product = await findProduct(db, input.workspaceId, turnover.account.productKey);
  const competitor = await competitorOf(db, input.workspaceId, turnover.competitorKey);
  const plan: Planner = async (sequence, inZone, sponsorReads) => {
    const fields = await fieldsOf(db, found, sponsorReads, competitor);
    const steps = planProgram(
      sequence,
      {
        start,
        calendar: personCalendar(workspace, turnover.account, inZone, start),
        pace: input.pace ?? "normal",
        cadence: product?.cadence ?? null,
      },
      { hasSponsor: sponsor !== null, competitorKnown: competitor !== null },
    );
    return steps.map((step) => ({ ...step, subject: fillPlain(step.subject, fields) }));
  };
  return {
    ok: true,
    sequenceKey: choice.version.key,
    sequenceName: choice.version.name,
    version: choice.version.version,
    reason: choice.reason,
    policy,
    policyReason:
      policy === proposed.policy
        ? proposed.reason
        : `Chosen by hand instead of ${POLICY_WORDS[proposed.policy]}: ${proposed.reason}`,
    proposedPolicy: proposed.policy,
    zone: zone.zone,
    steps: await plan(underPolicy(choice.sequence, policy), zone.zone, false),
    sponsor: await sponsorPart(db, found, choice.sequence, plan),
  };
}

/** A sequence's steps in a reader's zone, with their subjects as that reader will see them. */
type Planner = (sequence: Sequence, zone: string, sponsorReads: boolean) => Promise<readonly PlannedStep[]>;

async function sponsorPart(
  db: Db,
  { workspace, turnover, sponsor }: People,
  sequence: Sequence,
  plan: Planner,
): Promise<PreviewedProgram["sponsor"]> {
  if (sponsor === null || sequence.sponsorSequence === undefined) return null;
  const version = await findCurrentVersion(db, workspace.id, sequence.sponsorSequence);
  const zone = zoneOf(workspace, turnover, sponsor);
  if (version === null || !zone.ok) return null;
  // The brief is short as it is: how much of the track the contact gets changes nothing in it.
  const steps = await plan(underPolicy(frozenSequence(version), "standard"), zone.zone, true);
  return { name: sponsor.name, zone: zone.zone, steps };
}

export interface PreviewMailInput {
  readonly workspaceId: string;
  readonly sequenceKey: string;
  readonly stepKey: string;
  readonly variant?: "a" | "b";
  /** How much of the program its reader gets: a mail says which of how many it is. */
  readonly policy?: Policy;
  /** Whose values to fill in; absent: the samples that authors know. */
  readonly reader?: { readonly caseId: string; readonly contactId: string };
}

export interface PreviewedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly warnings: readonly string[];
}

/** One mail as this reader will see it. Its links lead nowhere: nothing was sent. Reads only. */
export async function previewMail(parts: Parts, input: PreviewMailInput): Promise<Result<PreviewedMail>> {
  const { sequenceKey, policy = "standard", ...rest } = input;
  const version = await findCurrentVersion(parts.db, input.workspaceId, sequenceKey);
  if (version === null)
    return refuse("unknown-step", "stepKey", "There is no such step.", "Open the sequence to see its steps.");
  const whole = frozenSequence(version);
  const part = underPolicy(whole, policy);
  // An author looks at every step, also at one that this policy has not.
  const sequence = part.steps.some(({ key }) => key === rest.stepKey) ? part : whole;
  return previewStep(parts, { ...rest, sequence });
}

export interface PreviewStepInput extends Omit<PreviewMailInput, "sequenceKey" | "policy"> {
  /** Of a published version, or of a draft. */
  readonly sequence: Sequence;
  /** Where every link of the mail leads; absent: nowhere. */
  readonly everyLink?: string;
}

/** The same for one step of any sequence, published or not. */
export async function previewStep(
  { db }: Pick<Parts, "db">,
  input: PreviewStepInput,
): Promise<Result<PreviewedMail>> {
  const { workspaceId, sequence } = input;
  const step = sequence.steps.find(({ key }) => key === input.stepKey);
  if (step === undefined)
    return refuse("unknown-step", "stepKey", "There is no such step.", "Open the sequence to see its steps.");
  const found = input.reader === undefined ? null : await readPeople(db, { workspaceId, ...input.reader });
  if (found !== null && !found.ok) return found;
  const sponsorReads = (step.audience ?? sequence.audience) === "sponsor";
  const competitor = await competitorOf(db, workspaceId, found?.turnover.competitorKey ?? null);
  const composed = await composeStep({
    step,
    variant: input.variant ?? "a",
    language: sequence.language,
    audience: sponsorReads ? "sponsor" : "contact",
    competitor,
    clickTracking: "page_only",
    honeypot: false,
    place: placeInCourse(sequence, step),
  });
  if (!composed.ok)
    return refuse(
      "cannot-compose",
      composed.problem.place,
      composed.problem.message,
      composed.problem.remedy,
    );
  const fields =
    found === null
      ? { ...sampleValues(sponsorReads ? "sponsor" : "contact"), "competitor.name": competitor?.name ?? null }
      : await fieldsOf(db, found, sponsorReads, competitor);
  const rendered = renderStep(composed.mail, {
    fields,
    csmAddress: found === null ? "csm@your-company.example" : await csmAddressOf(db, found),
    postalAddress: found?.workspace.postalAddress ?? "The postal address of your workspace",
    links: leadingTo(input.everyLink ?? "#"),
  });
  switch (rendered.kind) {
    case "rendered":
      return {
        ok: true,
        subject: rendered.subject,
        html: rendered.html,
        text: rendered.text,
        warnings: rendered.warnings,
      };
    case "missing-values":
      return refuse(
        "missing-values",
        rendered.fields.join(", "),
        `This mail cannot be written for this person: ${rendered.fields.join(", ")} is not known.`,
        "Complete the account, the contact or the case.",
      );
    case "too-large":
      return refuse(
        "too-large",
        "step",
        `The mail has ${rendered.htmlBytes} bytes of HTML.`,
        "Shorten the step.",
      );
    default:
      return rendered satisfies never;
  }
}

/** A preview has no send, so no link of it can be signed. */
function leadingTo(address: string): MailValues["links"] {
  return {
    page: () => address,
    redirect: () => address,
    unsubscribe: address,
    pace: address,
    stop: address,
    honeypot: null,
  };
}

type People = { workspace: Workspace; turnover: CaseWithAccount; contact: Contact; sponsor: Contact | null };

async function readPeople(
  db: Db,
  input: { workspaceId: string; caseId: string; contactId: string },
): Promise<Result<People>> {
  const { workspaceId, caseId, contactId } = input;
  const turnover = await findCase(db, workspaceId, caseId);
  if (turnover === null)
    return refuse("unknown-case", "caseId", "There is no such case.", "Open a case first.");
  const contact = await db.contact.findFirst({
    where: { id: contactId, workspaceId, accountId: turnover.accountId },
  });
  if (contact === null)
    return refuse(
      "unknown-contact",
      "contactId",
      "This person is not a contact of the case's account.",
      "Add them to the account first.",
    );
  const { sponsorContactId } = turnover.account;
  const sponsor =
    sponsorContactId === null
      ? null
      : await db.contact.findFirst({ where: { id: sponsorContactId, workspaceId } });
  return { ok: true, workspace: await getWorkspace(db, workspaceId), turnover, contact, sponsor };
}

function zoneOf(workspace: Workspace, turnover: CaseWithAccount, person: Contact) {
  return resolveZone({
    contact: person.zone,
    account: turnover.account.zone,
    workspace: workspace.reportZone,
  });
}

async function competitorOf(db: Db, workspaceId: string, key: string | null): Promise<Competitor | null> {
  const version = key === null ? null : await findCurrentCompetitor(db, workspaceId, key);
  return version === null ? null : frozenCompetitor(version);
}

/** The address that the CSM's mails come from; with nobody there the mail could not go, and says so. */
async function csmAddressOf(db: Db, { turnover }: People): Promise<string> {
  const csm = await findCsm(db, turnover);
  return csm?.email ?? "";
}

function findCsm(db: Db, { workspaceId, account }: CaseWithAccount) {
  return account.csmId === null ? null : db.user.findFirst({ where: { id: account.csmId, workspaceId } });
}

async function fieldsOf(
  db: Db,
  { workspace, turnover, contact, sponsor }: People,
  sponsorReads: boolean,
  competitor: Competitor | null,
): Promise<MergeValues> {
  const { account, workspaceId, departedContactId } = turnover;
  const csm = await findCsm(db, turnover);
  const departed =
    departedContactId === null
      ? null
      : await db.contact.findFirst({ where: { id: departedContactId, workspaceId } });
  const product = await findProduct(db, workspaceId, account.productKey);
  return readerFields({
    reader: sponsorReads && sponsor !== null ? sponsor : contact,
    accountName: account.name,
    renewalOn: account.renewalOn === null ? null : dayOf(account.renewalOn),
    productName: product?.name ?? account.productKey,
    workspaceName: workspace.name,
    csm,
    successor: contact,
    sponsor,
    predecessor: departed,
    competitorName: competitor?.name ?? null,
  });
}
