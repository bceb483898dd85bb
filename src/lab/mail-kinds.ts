import { renderStep } from "../drivers/templates/render-step.ts";
import { internalSamples } from "./internal-samples.ts";
import { type GalleryMail, galleryMails, sampleMailValues } from "./mail-gallery.ts";

/** The mails that differ to the eye: first, with a check, shorter, with a competitor's words, extra, last, sponsor's. */
const CONTACT_KINDS: Readonly<Record<string, string>> = {
  "contact-first": "internal.01.what-is-running.a",
  "contact-middle": "external-new-function.05.one-real-thing.a",
  "contact-shorter": "external-new-function.05.one-real-thing.b",
  "contact-competitor-words": "ex-competitor.01.same-job-new-words.a.mailharbor",
  "contact-competitor-gaps": "ex-competitor.02.what-they-do-better.a.mailharbor",
  "contact-extra": "internal.03.basics-everyday-work.a",
  "contact-several-asks": "internal.06.what-it-is-worth.a",
  "contact-meeting": "internal.09.pick-a-time.a",
  "sponsor-first": "sponsor-brief.01.what-changed.a",
  "sponsor-agreement": "sponsor-brief.02.agree-the-plan.a",
  "sponsor-result": "sponsor-brief.05.the-result.a",
};

/** Names that strain a layout: written from right to left, and longer than anybody expects. */
const STRAINS = {
  "contact-right-to-left-name": {
    "contact.firstName": "سارة",
    "contact.name": "سارة بنت عبد الرحمن",
    "account.name": "مستشفى النور",
    "csm.name": "דנה ויטלוק",
    "csm.firstName": "דנה",
  },
  "contact-long-names": {
    "contact.firstName": "Wolfeschlegelsteinhausenbergerdorff",
    "account.name": "Vereinigte Donaudampfschifffahrtselektrizitätenhauptbetriebswerk Gesellschaft mbH",
    "product.name": "Fernwick Campaigns for Regulated and Multi-Regional Healthcare Enterprises",
    "workspace.name": "Fernwick Software International Holdings and Partners",
    "csm.name": "Maria-Theresia Konstantinopoulou-Featherstonehaugh of Willoughby",
    "csm.title": "Principal senior customer success and transformation partner, North America and EMEA",
  },
} as const;

export interface MailKind {
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Every kind of mail the product sends, with typical values, without writing anything. */
export async function mailKinds(sequences: string): Promise<MailKind[]> {
  const gallery = new Map((await galleryMails(sequences)).map((mail) => [mail.name, mail]));
  const find = (name: string): GalleryMail => {
    const mail = gallery.get(name);
    if (mail === undefined)
      throw new Error(`The sequences have no mail ${name}: correct the list in mail-kinds.ts`);
    return mail;
  };
  const kinds: MailKind[] = Object.entries(CONTACT_KINDS).map(([name, of]) => kind(name, find(of).rendered));
  const strained = find("external-new-function.02.the-job.a");
  for (const [name, fields] of Object.entries(STRAINS)) {
    const values = sampleMailValues(null);
    const rendered = renderStep(strained.compiled, { ...values, fields: { ...values.fields, ...fields } });
    if (rendered.kind !== "rendered") throw new Error(`${name} cannot be rendered: ${rendered.kind}`);
    kinds.push(kind(name, rendered));
  }
  for (const { name, mail } of internalSamples()) kinds.push(kind(name, await mail));
  return kinds;
}

const kind = (name: string, mail: { subject: string; html: string; text: string }): MailKind => ({
  name,
  subject: mail.subject,
  html: mail.html,
  text: mail.text,
});
