import { placeInCourse } from "../domain/sequences/course-place.ts";
import { policyOf, underPolicy } from "../domain/sequences/policy.ts";
import { type NamedPerson, readerFields } from "../domain/sequences/reader-facts.ts";
import type { Sequence, Step } from "../domain/sequences/sequence.ts";
import { stepLinks } from "../domain/sequences/step-links.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import type { CompiledSteps } from "../drivers/templates/compiled-steps.ts";
import type { CompiledStep } from "../drivers/templates/compose-step.ts";
import type { MailValues, StepLinks } from "../drivers/templates/mail-values.ts";
import { renderStep } from "../drivers/templates/render-step.ts";
import { stepLinkAddresses } from "./mail-links.ts";
import type { Links } from "./parts.ts";
import type { VersionBook } from "./version-book.ts";
import { asWritten, type MailWriter, type WrittenMail } from "./written-mail.ts";

export interface StepMailParts {
  readonly versions: VersionBook;
  readonly compiled: CompiledSteps;
  readonly links: Links;
  readonly baseUrl: string;
}

/** The mail of one step of a sequence: compiled once per version, filled per recipient. */
export function stepMailWriter(parts: StepMailParts): MailWriter {
  return async (send) => {
    if (send.versionId === null) throw new Error("A step's mail without a sequence version.");
    const sequence = await parts.versions.sequence(send.versionId);
    const step = sequence.steps.find(({ key }) => key === send.stepKey);
    if (step === undefined) {
      return {
        kind: "refused",
        reason: `its sequence version has no step "${send.stepKey}"`,
        remedy: "Move the contact to another track.",
      };
    }
    const composed = await compiledMail(parts, send, sequence, step);
    if (!composed.ok) {
      const { place, message, remedy } = composed.problem;
      return { kind: "refused", reason: `${place}: ${message}`, remedy };
    }
    return fill(parts, send, step, composed.mail);
  };
}

function compiledMail(parts: StepMailParts, send: ClaimedSend, sequence: Sequence, step: Step) {
  const { versionId, stepKey, variant, competitorVersionId, honeypot } = send;
  const clickTracking = send.clickTracking === "redirect" ? "redirect" : "page_only";
  const policy = policyOf(send.policy);
  const key = {
    policy,
    versionId: versionId ?? "",
    stepKey,
    variant,
    competitorVersionId,
    clickTracking,
    honeypot,
  } as const;
  return parts.compiled.get(key, async () => ({
    step,
    variant,
    language: sequence.language,
    audience: (step.audience ?? sequence.audience) === "sponsor" ? "sponsor" : "contact",
    competitor: competitorVersionId === null ? null : await parts.versions.competitor(competitorVersionId),
    clickTracking,
    honeypot,
    place: placeInCourse(underPolicy(sequence, policy), step),
  }));
}

function fill(parts: StepMailParts, send: ClaimedSend, step: Step, mail: CompiledStep): WrittenMail {
  const links = stepLinkAddresses(parts, send, redirectPositions(step, send.variant, mail));
  return asWritten(renderStep(mail, mailValues(send, links)), {
    program: {
      key: send.sequenceKey ?? "program",
      name: send.sequenceName ?? "Program",
      mailClass: step.class,
    },
    unsubscribeUrl: links.unsubscribe,
    remedy: "Shorten the step.",
  });
}

/** A redirect names the place of its address among the version's stored links, which are counted apart. */
function redirectPositions(
  step: Step,
  variant: "a" | "b",
  mail: CompiledStep,
): ReadonlyMap<number, string | number> {
  const stored = new Map(stepLinks(step, variant).map(({ url, position }) => [url, position]));
  const places = new Map<number, string | number>();
  for (const link of mail.links) {
    // An address that is not stored (a link in the text) is written bare: it cannot be redirected safely.
    if (link.kind === "redirect") places.set(link.position, stored.get(link.url) ?? link.url);
  }
  return places;
}

export function mailValues(send: ClaimedSend, links: StepLinks): MailValues {
  const reader = { name: send.recipientName ?? "", firstName: send.recipientFirstName ?? "" };
  const fields = readerFields({
    reader: { ...reader, title: send.recipientTitle },
    accountName: send.accountName ?? "",
    renewalOn: send.renewalOn,
    productName: send.productName ?? "",
    workspaceName: send.workspaceName,
    csm: send.senderName === null ? null : { name: send.senderName, title: send.senderTitle },
    successor: send.audience === "contact" ? reader : named(send.successorName, send.successorFirstName),
    sponsor: named(send.sponsorName, send.sponsorFirstName),
    predecessor: named(send.predecessorName, send.predecessorFirstName),
    competitorName: send.competitorName,
  });
  return { fields, csmAddress: send.senderEmail ?? "", postalAddress: send.postalAddress, links };
}

function named(name: string | null, firstName: string | null): NamedPerson | null {
  return name === null || firstName === null ? null : { name, firstName };
}
