import { TEMPLATE_STEP, templateSequence } from "../domain/sequences/template-step.ts";
import { composeStep } from "../drivers/templates/compose-step.ts";
import { renderStep } from "../drivers/templates/render-step.ts";
import { stepLinkAddresses } from "./mail-links.ts";
import type { Parts } from "./parts.ts";
import type { VersionBook } from "./version-book.ts";
import { mailValues } from "./write-step-mail.ts";
import { asWritten, type MailWriters } from "./written-mail.ts";

type WriterParts = Pick<Parts, "db" | "links" | "baseUrl"> & { readonly versions: VersionBook };

/** A mail of the bank, in the words that the CSM saw, filled with what is known when it leaves. */
export function oneOffMailWriters(parts: WriterParts): MailWriters {
  return {
    one_off: async (send) => {
      const { workspaceId, competitorVersionId } = send;
      const id = send.stepKey.replace(/^one-off\./, "");
      const mail = await parts.db.oneOffMail.findFirst({ where: { workspaceId, id } });
      const sequence = mail === null ? null : templateSequence({ key: TEMPLATE_STEP, ...mail });
      const step = sequence?.steps[0];
      if (sequence === null || step === undefined) throw new Error("what it was made from is gone");
      const composed = await composeStep({
        step,
        variant: "a",
        language: sequence.language,
        audience: "contact",
        competitor:
          competitorVersionId === null ? null : await parts.versions.competitor(competitorVersionId),
        // No destination is stored for it, so no link can be redirected; and nothing is counted.
        clickTracking: "page_only",
        honeypot: false,
        place: null,
      });
      if (!composed.ok) {
        const { place, message, remedy } = composed.problem;
        return { kind: "refused", reason: `${place}: ${message}`, remedy };
      }
      const links = stepLinkAddresses(parts, { id: send.id, honeypot: false }, new Map());
      return asWritten(renderStep(composed.mail, mailValues(send, links)), {
        program: { key: "one-off", name: "one-off", mailClass: "one-off" },
        unsubscribeUrl: links.unsubscribe,
        remedy: "Shorten the template.",
      });
    },
  };
}
