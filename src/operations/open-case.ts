import { compact } from "../domain/accounts/account-row.ts";
import { daysBetween } from "../domain/calendar/dates.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import { learnedWhen } from "../domain/turnover/learned-when.ts";
import { coveragePercent, severity } from "../domain/turnover/severity.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { findOpenCase, lockAccount } from "../drivers/store/cases.ts";
import { listContacts } from "../drivers/store/contacts.ts";
import type { Account, Case, Contact } from "../drivers/store/generated/client.ts";
import { listCurrentCompetitors } from "../drivers/store/versions.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import { askForDepartureCare } from "./ask-for-departure-care.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn, dayOf } from "./person-calendar.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export const DETECTION_SOURCES = [
  "csm",
  "contact",
  "colleague",
  "hard_bounce",
  "auto_reply",
  "crm_change",
  "login_silence",
  "import",
  "public_profile",
] as const;

/** What is known about a turnover; everything but the account may come later. */
export interface CaseFields {
  kind?: "main_contact" | "sponsor" | "champion" | "admin";
  departedContactId?: string | null;
  detectedAt?: Date;
  detectionSource?: (typeof DETECTION_SOURCES)[number];
  /** YYYY-MM-DD. */
  departureEffectiveOn?: string | null;
  departureReason?: "new_job" | "promotion" | "retired" | "leave" | "restructure" | "unknown" | null;
  destination?: "external" | "internal" | "unknown" | "retired" | "leave";
  newCompany?: string | null;
  roleOutcome?: "replacing" | "merging" | "leaving_space" | "unknown";
  replacementContactId?: string | null;
  replacementType?: "internal" | "external_new_function" | "ex_competitor" | null;
  competitorKey?: string | null;
  competitorMonths?: number | null;
  competitorRole?: "user" | "owner" | "buyer" | null;
}
export interface OpenCaseInput extends CaseFields {
  workspaceId: string;
  accountId: string;
  /** What another program calls the case; the same one twice is the same case. */
  externalRef?: string;
  actor: Actor;
}

/** Opens a turnover case, with its severity, and asks the CSM to bring the sponsor back in (S0-21). */
export function openCase(
  parts: Parts,
  input: OpenCaseInput,
): Promise<Result<{ case: Case; repeated: boolean }>> {
  const { workspaceId, accountId, actor, ...fields } = input;
  return transact(parts, async (tx) => {
    const account = await lockAccount(tx, workspaceId, accountId);
    if (account === null) {
      return refuse("unknown-account", "accountId", "There is no such account.", "Import the account first.");
    }
    const contacts = await listContacts(tx, workspaceId, accountId);
    const problem = badPerson(fields, contacts) ?? (await badCompetitor(tx, workspaceId, fields));
    if (problem !== null) return { ok: false, problem };
    const kind = fields.kind ?? "main_contact";
    const named = await findByRef(tx, input);
    if (named !== null && named.accountId !== accountId)
      return refuse(
        "reference-taken",
        "externalRef",
        "A case of another account has this reference.",
        "Use another one.",
      );
    if (named !== null) return { ok: true, case: named, repeated: true };
    const known = await findOpenCase(tx, workspaceId, accountId, kind, fields.departedContactId ?? null);
    if (known !== null) return { ok: true, case: known, repeated: true };

    const now = parts.clock.now();
    const detectedAt = fields.detectedAt ?? now;
    const opened = await tx.case.create({
      data: {
        ...caseColumns(fields),
        ...derived(account, contacts, { ...fields, kind, detectedAt }, now),
        workspaceId,
        accountId,
        kind,
        detectedAt,
        detectionSource: fields.detectionSource ?? "csm",
        // A promotion stays in the house unless somebody says otherwise (S0-1).
        destination: destinationOf(fields),
        status: fields.replacementContactId ? "replacement_identified" : "detected",
        replacementSeenAt: fields.replacementContactId ? now : null,
        openedBy: actor,
        createdAt: now,
      },
    });
    const workspace = await getWorkspace(tx, workspaceId);
    await askForDepartureCare(tx, { workspace, account, contacts, turnover: opened, now });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "case-opened",
      subjectType: "case",
      subjectId: opened.id,
      after: { accountId, kind, severity: opened.severity, detectionSource: opened.detectionSource },
    });
    return { ok: true, case: opened, repeated: false };
  });
}

function findByRef(tx: Db, { workspaceId, externalRef }: OpenCaseInput): Promise<Case | null> {
  if (externalRef === undefined) return Promise.resolve(null);
  return tx.case.findFirst({ where: { workspaceId, externalRef } });
}

export function destinationOf(fields: CaseFields): NonNullable<CaseFields["destination"]> {
  return fields.destination ?? (fields.departureReason === "promotion" ? "internal" : "unknown");
}

/** The columns that are given as they are, without what was left out. */
export function caseColumns(fields: CaseFields): Partial<Omit<Case, "status" | "severity">> {
  const { departureEffectiveOn, ...rest } = fields;
  const given: Partial<Case> = compact(rest);
  if (departureEffectiveOn === undefined) return given;
  return {
    ...given,
    departureEffectiveOn: departureEffectiveOn === null ? null : dateColumn(departureEffectiveOn),
  };
}

/** What follows from the fields and is never typed in: severity and when we learned. */
export function derived(
  account: Account,
  contacts: readonly Contact[],
  fields: CaseFields & { detectedAt: Date },
  now: Date,
): { severity: number; learnedWhen: "pre" | "post" | "unknown" } {
  const leaver = fields.departedContactId ?? null;
  const remaining = contacts.filter((contact) => contact.id !== leaver);
  const today = localDateOf(now, account.zone);
  return {
    severity: severity({
      destination: destinationOf(fields),
      sponsorLeaves:
        fields.kind === "sponsor" ||
        (leaver !== null && leaver === account.sponsorContactId && destinationOf(fields) !== "internal"),
      coveragePercent: coveragePercent(remaining),
      daysToRenewal: account.renewalOn === null ? null : daysBetween(today, dayOf(account.renewalOn)),
      health: null,
    }),
    learnedWhen: learnedWhen(fields.detectedAt, fields.departureEffectiveOn ?? null, account.zone),
  };
}

/**
 * A competitor named in a case has a published card. A slip of the pen would otherwise send the mails
 * for nobody in particular; who is not known yet is left empty, and the CSM is asked (S1-23).
 */
export async function badCompetitor(
  db: Db,
  workspaceId: string,
  fields: Pick<CaseFields, "competitorKey">,
): Promise<Refusal | null> {
  const { competitorKey } = fields;
  if (!competitorKey) return null;
  const known = (await listCurrentCompetitors(db, workspaceId)).map(({ key }) => key);
  if (known.includes(competitorKey)) return null;
  return {
    code: "unknown-competitor",
    place: "competitorKey",
    message: `There is no card for a competitor "${competitorKey}".`,
    remedy: `Use one of: ${known.join(", ") || "none is published yet"}; or leave it empty, and the mails stay general until it is known.`,
  };
}

/** People named in a case belong to its account. */
export function badPerson(fields: CaseFields, contacts: readonly Contact[]): Refusal | null {
  for (const place of ["departedContactId", "replacementContactId"] as const) {
    const id = fields[place];
    if (id && !contacts.some((contact) => contact.id === id)) {
      return {
        code: "unknown-contact",
        place,
        message: "This person is not a contact of the account.",
        remedy: "Add the person to the account first.",
      };
    }
  }
  if (fields.departedContactId && fields.departedContactId === fields.replacementContactId) {
    return {
      code: "same-person",
      place: "replacementContactId",
      message: "The person who left cannot be the one who takes over.",
      remedy: "Name somebody else, or leave it open.",
    };
  }
  return null;
}
