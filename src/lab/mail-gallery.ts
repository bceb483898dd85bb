import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mailHeaders } from "../domain/sending/headers.ts";
import { messageId } from "../domain/sending/message-id.ts";
import type { OutgoingMail } from "../domain/sending/outcome.ts";
import { placeInCourse } from "../domain/sequences/course-place.ts";
import { sampleValues } from "../domain/sequences/merge-fields.ts";
import { describeProblem } from "../domain/sequences/problem.ts";
import { readCompetitor, readSequence } from "../domain/sequences/read-sequence.ts";
import type { Competitor, Sequence, Step } from "../domain/sequences/sequence.ts";
import { mailSource } from "../drivers/mail/nodemailer-message.ts";
import { type CompiledStep, composeStep } from "../drivers/templates/compose-step.ts";
import type { MailValues } from "../drivers/templates/mail-values.ts";
import { type RenderedStep, renderStep } from "../drivers/templates/render-step.ts";

/** One mail of the gallery, with what a check of it needs. */
export interface GalleryMail {
  readonly name: string;
  readonly sequence: Sequence;
  readonly step: Step;
  readonly compiled: CompiledStep;
  readonly rendered: Extract<RenderedStep, { kind: "rendered" }>;
}

/** Every mail that the files of `folder` can send, filled with typical values: each variant, with and without a competitor. */
export async function galleryMails(folder: string): Promise<GalleryMail[]> {
  const competitors = await readCompetitors(folder);
  const sequences = await readAll(folder, (source, file) => {
    const read = readSequence(source, file);
    return read.ok ? read.sequence : read.problems.map(describeProblem).join("\n");
  });
  const mails = await Promise.all(sequences.map((sequence) => sequenceMails(sequence, competitors)));
  return mails.flat();
}

function readCompetitors(folder: string): Promise<Competitor[]> {
  return readAll(join(folder, "competitors"), (source, file) => {
    const read = readCompetitor(source, file);
    return read.ok ? read.competitor : read.problems.map(describeProblem).join("\n");
  });
}

async function sequenceMails(sequence: Sequence, competitors: readonly Competitor[]): Promise<GalleryMail[]> {
  const mails: GalleryMail[] = [];
  const steps = sequence.steps.filter((step) => (step.audience ?? sequence.audience) !== "csm");
  for (const [index, step] of steps.entries()) {
    for (const variant of step.variantB ? (["a", "b"] as const) : (["a"] as const)) {
      for (const competitor of usesCompetitor(step) ? [null, ...competitors] : [null]) {
        mails.push(await galleryMail(sequence, step, variant, competitor, index + 1));
      }
    }
  }
  return mails;
}

/** Writes each mail as .html, .txt and .eml, and says what was written. */
export async function writeGallery(folder: string, out: string): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const mails = await galleryMails(folder);
  for (const mail of mails) await writeMail(out, mail);
  return mails.map(({ name }) => name);
}

/** Mails as they were written for one person, in the same three forms. */
export async function writeMails(
  out: string,
  mails: readonly { readonly name: string; readonly mail: OutgoingMail }[],
): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const { name, mail } of mails) await writeForms(out, name, mail, await mailSource(mail));
}

/** The mails of one program, dated by its plan, in the same three forms. */
export async function writeProgramMails(
  folder: string,
  sequence: Sequence,
  dates: ReadonlyMap<string, Date>,
  out: string,
): Promise<string[]> {
  const competitors = await readCompetitors(folder);
  await mkdir(out, { recursive: true });
  const mails = await sequenceMails(sequence, competitors);
  for (const mail of mails) await writeMail(out, mail, dates.get(mail.step.key));
  return mails.map(({ name }) => name);
}

async function writeMail(out: string, mail: GalleryMail, date?: Date): Promise<void> {
  const { name, sequence, step, rendered } = mail;
  await writeForms(out, name, rendered, await sourceOf(name, sequence, step, rendered, date));
}

async function writeForms(
  out: string,
  name: string,
  mail: { readonly subject: string; readonly html: string; readonly text: string },
  source: Buffer,
): Promise<void> {
  await writeFile(join(out, `${name}.html`), mail.html);
  await writeFile(join(out, `${name}.txt`), `Subject: ${mail.subject}\n\n${mail.text}`);
  await writeFile(join(out, `${name}.eml`), source);
}

async function galleryMail(
  sequence: Sequence,
  step: Step,
  variant: "a" | "b",
  competitor: Competitor | null,
  number: number,
): Promise<GalleryMail> {
  const audience = (step.audience ?? sequence.audience) === "sponsor" ? "sponsor" : "contact";
  const name = [sequence.key, String(number).padStart(2, "0"), step.key, variant, competitor?.key]
    .filter((part) => part !== undefined)
    .join(".");
  const composed = await composeStep({
    step,
    variant,
    language: sequence.language,
    audience,
    competitor,
    clickTracking: "page_only",
    honeypot: false,
    place: placeInCourse(sequence, step),
  });
  if (!composed.ok)
    throw new Error(`${composed.problem.place}: ${composed.problem.message} ${composed.problem.remedy}`);
  const rendered = renderStep(
    composed.mail,
    sampleMailValues(competitor, sequence.audience === "sponsor" ? "sponsor" : "contact"),
  );
  if (rendered.kind !== "rendered")
    throw new Error(`${name} cannot be rendered: ${JSON.stringify(rendered)}`);
  return { name, sequence, step, compiled: composed.mail, rendered };
}

/** Typical values of one recipient, with links as long as real ones. */
export function sampleMailValues(
  competitor: Competitor | null,
  reader: "contact" | "sponsor" = "contact",
): MailValues {
  const fields = { ...sampleValues(reader), "competitor.name": competitor?.name ?? null };
  const token = "k.AZqvJxYcdW-x5n0p8o1u2QAAAABP4w.8f3kQmW0bXrT5yVhLcZ2nD9s";
  const page = `https://baton.fernwick.example/p/${token}`;
  return {
    fields,
    csmAddress: "dana.whitlock@fernwick.example",
    postalAddress: "12 Harbour Street, Chicago, IL 60601, USA",
    links: {
      page: (position) => (position === 0 ? page : `${page}${position}`),
      redirect: (position) => `https://baton.fernwick.example/c/${token}${position}`,
      unsubscribe: `https://baton.fernwick.example/u/${token}`,
      pace: `${page}?open=pace#pace`,
      stop: `${page}?open=stop#stop`,
      honeypot: null,
    },
  };
}

function sourceOf(
  name: string,
  sequence: Sequence,
  step: Step,
  rendered: GalleryMail["rendered"],
  date = new Date("2026-03-30T14:00:00Z"),
): Promise<Buffer> {
  const mailDomain = "fernwick.example";
  const id = messageId("gallery", name, mailDomain);
  const csm = { name: "Dana Whitlock", address: "dana.whitlock@fernwick.example" };
  return mailSource({
    from: csm,
    replyTo: csm,
    to: { name: "Imani Okafor", address: "imani.okafor@brightmoor.example" },
    envelopeFrom: `b+gallery@bounce.${mailDomain}`,
    messageId: id,
    date,
    subject: rendered.subject,
    html: rendered.html,
    text: rendered.text,
    headers: mailHeaders({
      messageId: id,
      mailDomain,
      programKey: sequence.key,
      programName: sequence.name,
      workspaceKey: "fernwick",
      mailClass: step.class,
      unsubscribe: { url: "https://baton.fernwick.example/u/token", mailto: `unsubscribe@${mailDomain}` },
      suppressAutoReplies: true,
    }),
    envelopeId: "gallery",
  });
}

const usesCompetitor = (step: Step): boolean =>
  [...step.blocks, ...(step.variantB?.blocks ?? [])].some((block) => block.type === "competitor");

async function readAll<T extends object>(
  folder: string,
  read: (source: string, file: string) => T | string,
): Promise<T[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".yaml")).sort();
  return Promise.all(
    files.map(async (file) => {
      const result = read(await readFile(join(folder, file), "utf8"), file);
      if (typeof result === "string") throw new Error(result);
      return result;
    }),
  );
}
