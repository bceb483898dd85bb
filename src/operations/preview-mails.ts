import { mailHeaders } from "../domain/sending/headers.ts";
import { messageId } from "../domain/sending/message-id.ts";
import type { OutgoingMail } from "../domain/sending/outcome.ts";
import { underPolicy } from "../domain/sequences/policy.ts";
import type { Sequence, Step } from "../domain/sequences/sequence.ts";
import { findCurrentVersion } from "../drivers/store/versions.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import type { Parts } from "./parts.ts";
import { type PreviewedProgram, type PreviewInput, previewMail, previewProgram } from "./preview-program.ts";
import type { Refusal, Result } from "./refusal.ts";

export interface PreviewedMails {
  readonly program: PreviewedProgram;
  /** Named by program, place, step and variant. */
  readonly mails: readonly { readonly name: string; readonly mail: OutgoingMail }[];
  /** Mails that cannot be written for this person yet: what is missing, and what to do. */
  readonly problems: readonly Refusal[];
}

/**
 * Every mail of the published program as this very person will get it, with its headers. Only its links lead
 * nowhere: they are signed when a mail is sent. Reads only.
 */
export async function previewMails(parts: Parts, input: PreviewInput): Promise<Result<PreviewedMails>> {
  const previewed = await previewProgram(parts, input);
  if (!previewed.ok) return previewed;
  const { ok: _, ...program } = previewed;
  const { db } = parts;
  const { workspaceId, caseId, contactId } = input;
  const version = await findCurrentVersion(db, workspaceId, program.sequenceKey);
  if (version === null) throw new Error(`${program.sequenceKey} was previewed and is not published`);
  const sequence = underPolicy(frozenSequence(version), program.policy);
  const parties = await partiesOf(parts, input);
  const mails: PreviewedMails["mails"][number][] = [];
  const problems: Refusal[] = [];
  for (const { step, variant, name } of mailsOf(sequence)) {
    const to = readerOf(step, sequence) === "sponsor" ? parties.sponsor : parties.contact;
    // Without a sponsor the planner asks the CSM to find one, and writes to nobody.
    if (to === null) continue;
    const written = await previewMail(parts, {
      workspaceId,
      sequenceKey: program.sequenceKey,
      stepKey: step.key,
      variant,
      policy: program.policy,
      reader: { caseId, contactId },
    });
    if (!written.ok) {
      problems.push({ ...written.problem, place: `${step.key}.${variant}: ${written.problem.place}` });
      continue;
    }
    const at = program.steps.find(({ stepKey }) => stepKey === step.key)?.at;
    const date = at === undefined ? parts.clock.now() : new Date(at);
    mails.push({ name, mail: outgoing(parts, parties, { name, to, sequence, step, date, written }) });
  }
  return { ok: true, program, mails, problems };
}

function* mailsOf(sequence: Sequence): Generator<{ step: Step; variant: "a" | "b"; name: string }> {
  const steps = sequence.steps.filter((step) => readerOf(step, sequence) !== "csm");
  for (const [index, step] of steps.entries()) {
    for (const variant of step.variantB ? (["a", "b"] as const) : (["a"] as const)) {
      const name = [sequence.key, String(index + 1).padStart(2, "0"), step.key, variant].join(".");
      yield { step, variant, name };
    }
  }
}

const readerOf = (step: Step, sequence: Sequence) =>
  step.class === "csm-task" ? "csm" : (step.audience ?? sequence.audience);

interface Party {
  readonly name: string;
  readonly address: string;
}
interface Parties {
  readonly contact: Party;
  readonly sponsor: Party | null;
  readonly csm: Party;
  readonly workspace: { readonly key: string; readonly mailDomain: string };
}

async function partiesOf({ db }: Parts, { workspaceId, caseId, contactId }: PreviewInput): Promise<Parties> {
  const [workspace, contact, { account }] = await Promise.all([
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId } }),
    db.contact.findFirstOrThrow({ where: { workspaceId, id: contactId } }),
    db.case.findFirstOrThrow({
      where: { workspaceId, id: caseId },
      select: { account: { select: { sponsorContactId: true, csm: true } } },
    }),
  ]);
  const sponsor =
    account.sponsorContactId === null
      ? null
      : await db.contact.findFirst({ where: { workspaceId, id: account.sponsorContactId } });
  const party = (one: { name: string; email: string | null }): Party => ({
    name: one.name,
    // Somebody without an address yet can be shown their mails all the same; nobody has this one.
    address: one.email ?? "no-address@invalid.example",
  });
  return {
    contact: party(contact),
    sponsor: sponsor === null ? null : party(sponsor),
    csm: party(account.csm ?? { name: workspace.name, email: `no-reply@${workspace.mailDomain}` }),
    workspace,
  };
}

interface Previewed {
  readonly name: string;
  readonly to: Party;
  readonly sequence: Sequence;
  readonly step: Step;
  readonly date: Date;
  readonly written: { readonly subject: string; readonly html: string; readonly text: string };
}

function outgoing(parts: Parts, { csm, workspace }: Parties, mail: Previewed): OutgoingMail {
  const { name, to, sequence, step, date, written } = mail;
  const { mailDomain, key: workspaceKey } = workspace;
  const id = messageId("preview", `${name}.${to.address}`, mailDomain);
  return {
    from: csm,
    replyTo: csm,
    to,
    envelopeFrom: `preview@bounce.${mailDomain}`,
    messageId: id,
    date,
    subject: written.subject,
    html: written.html,
    text: written.text,
    headers: mailHeaders({
      messageId: id,
      mailDomain,
      programKey: sequence.key,
      programName: sequence.name,
      workspaceKey,
      mailClass: step.class,
      unsubscribe: { url: `${parts.baseUrl}/u/preview`, mailto: `unsubscribe@${mailDomain}` },
      suppressAutoReplies: false,
    }),
    envelopeId: "preview",
  };
}
