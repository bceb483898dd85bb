import { placeInCourse } from "../domain/sequences/course-place.ts";
import { recipientOf } from "../domain/sequences/look.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import { composeStep } from "../drivers/templates/compose-step.ts";
import type { MailValues } from "../drivers/templates/mail-values.ts";
import { renderStep } from "../drivers/templates/render-step.ts";
import { frozenCompetitor, programOf } from "./frozen-sequence.ts";
import type { Parts } from "./parts.ts";
import { readerValues } from "./reader-values.ts";
import { type Result, refuse } from "./refusal.ts";

/** Nothing is sent here, so no link of it can be signed. */
const NOWHERE: MailValues["links"] = {
  page: () => "#",
  redirect: () => "#",
  unsubscribe: "#",
  pace: "#",
  stop: "#",
  honeypot: null,
};

export interface StepMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly hasVariantB: boolean;
  readonly caseId: string;
  readonly accountName: string;
  readonly contactName: string;
}

/** One mail of a program as its own reader sees it, from the version they are on. Links lead nowhere. Reads only. */
export async function mailOfStep(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; stepKey: string; variant: "a" | "b" },
): Promise<Result<StepMail>> {
  const { workspaceId, enrollmentId, stepKey, variant } = input;
  const frame = await loadFrame(parts.db, workspaceId, enrollmentId);
  const sequence = frame === null ? null : programOf(frame.version, frame.enrollment);
  const step = sequence?.steps.find(({ key }) => key === stepKey);
  if (frame === null || sequence === null || step === undefined)
    return refuse("unknown-step", "step", "There is no such mail in this program.", "Open it from the case.");
  const toSponsor = recipientOf(step, sequence) === "sponsor";
  const composed = await composeStep({
    step,
    variant: variant === "b" && step.variantB !== undefined ? "b" : "a",
    language: sequence.language,
    audience: toSponsor ? "sponsor" : "contact",
    competitor: frame.competitor === null ? null : frozenCompetitor(frame.competitor),
    clickTracking: "page_only",
    honeypot: false,
    place: placeInCourse(sequence, step),
  });
  if (!composed.ok) {
    const { place, message, remedy } = composed.problem;
    return refuse("cannot-compose", place, message, remedy);
  }
  const reader = toSponsor && frame.sponsor !== null ? frame.sponsor : frame.contact;
  const rendered = renderStep(composed.mail, {
    fields: readerValues({ ...frame, contact: reader }),
    csmAddress: frame.csm?.email ?? "",
    postalAddress: frame.workspace.postalAddress,
    links: NOWHERE,
  });
  switch (rendered.kind) {
    case "rendered":
      return {
        ok: true,
        subject: rendered.subject,
        html: rendered.html,
        text: rendered.text,
        hasVariantB: step.variantB !== undefined,
        caseId: frame.turnover.id,
        accountName: frame.account.name,
        contactName: reader.name,
      };
    case "missing-values":
      return refuse(
        "missing-values",
        rendered.fields.join(", "),
        `This mail cannot be written yet: ${rendered.fields.join(", ")} is not known.`,
        "Complete the account, the contact or the case.",
      );
    case "too-large":
      return refuse("too-large", "step", "The mail is too long to be sent.", "Shorten the step.");
    default:
      return rendered satisfies never;
  }
}
