import { chooseTrack } from "../../operations/choose-track.ts";
import { contactPage } from "../../operations/contact-page.ts";
import type { Parts } from "../../operations/parts.ts";

/** One of everything that pages show and that no program makes by itself. */
export interface PageFurniture {
  /** A successor is named, and not enrolled yet. */
  readonly namedCaseId: string;
  /** Nobody takes over yet. */
  readonly waitingCaseId: string;
  readonly draftId: string;
  readonly templateId: string;
  readonly webhookId: string;
  readonly productId: string;
  /** A number that the shown contact has confirmed. */
  readonly valueId: string;
  readonly escalationId: string;
  /** The case whose sponsor it is for. */
  readonly briefCaseId: string;
  readonly mailId: string;
  /** The address of a page whose link was voided. */
  readonly expiredPage: string;
}

/** Rows on which every kind of page has something to show: busy ones, as their readers have them. */
export interface PageRows extends PageFurniture {
  /** Open, with a contact whose program runs. */
  readonly caseId: string;
  /** The first step of the program that the case with a successor asks for. */
  readonly namedStepKey: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly contactId: string;
  readonly enrollmentId: string;
  readonly sponsorEnrollmentId: string;
  readonly sequenceKey: string;
  /** The newest mail that the contact got. */
  readonly stepKey: string;
  /** Of the same course. */
  readonly otherStepKey: string;
  /** A long text of their course. */
  readonly readingKey: string;
  readonly userId: string;
  // Whole addresses: their tokens are signed.
  readonly contactPage: string;
  readonly sponsorPage: string;
  readonly unsubscribe: string;
  readonly value: string;
}

const SUBMITTED = { some: { kind: "step", status: "submitted" } };

/** The contact of this CSM's whose program runs the longest. */
export function findShownEnrollment(parts: Parts, workspaceId: string, csmId: string) {
  const theirs = { account: { csmId }, case: { status: { not: "closed" } } };
  return parts.db.enrollment.findFirstOrThrow({
    where: { workspaceId, audience: "contact", status: "active", sends: SUBMITTED, ...theirs },
    include: { account: true, version: true },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
  });
}

/** Throws when the workspace has no such rows: a page that cannot be opened must not be left out. */
export async function findPageRows(
  parts: Parts,
  workspaceId: string,
  csmId: string,
  furniture: PageFurniture,
): Promise<PageRows> {
  const { db, links } = parts;
  const enrollment = await findShownEnrollment(parts, workspaceId, csmId);
  const sponsor = await db.enrollment.findFirstOrThrow({
    where: { workspaceId, audience: "sponsor", status: "active", sends: SUBMITTED },
  });
  const named = await db.case.findFirstOrThrow({
    where: { workspaceId, id: furniture.namedCaseId },
    include: { account: true },
  });
  const track = await chooseTrack(db, named);
  if (!track.ok) throw new Error(`A case with a successor has no program: ${track.problem.message}`);
  const newest = (id: string) =>
    db.send.findFirstOrThrow({
      where: { workspaceId, enrollmentId: id, kind: "step", status: "submitted" },
      orderBy: { submittedAt: "desc" },
    });
  const [mail, sponsorMail] = [await newest(enrollment.id), await newest(sponsor.id)];
  return {
    ...furniture,
    caseId: enrollment.caseId,
    namedStepKey: track.sequence.steps[0]?.key ?? "",
    accountId: enrollment.accountId,
    accountName: enrollment.account.name,
    contactId: enrollment.contactId,
    enrollmentId: enrollment.id,
    sponsorEnrollmentId: sponsor.id,
    sequenceKey: enrollment.version.key,
    stepKey: mail.stepKey ?? "",
    ...(await courseOf(parts, enrollment.pageKey, mail.stepKey)),
    userId: csmId,
    contactPage: `/p/${links.sign("page", mail.id, 1)}`,
    sponsorPage: `/p/${links.sign("page", sponsorMail.id, 1)}`,
    unsubscribe: `/u/${links.sign("unsubscribe", mail.id)}`,
    value: `/v/${links.sign("value", enrollment.pageKey)}`,
  };
}

async function courseOf(parts: Parts, pageKey: string, not: string | null) {
  const steps = (await contactPage(parts, pageKey))?.course.steps ?? [];
  const other = steps.find((step) => step.key !== not && step.blocks.length > 0);
  const text = steps
    .flatMap((step) => step.blocks)
    .find((block) => block.type === "resource" && block.body !== null);
  if (other === undefined || text?.type !== "resource")
    throw new Error("The contact's course has no second step, or no text to read.");
  return { otherStepKey: other.key, readingKey: text.key };
}
