import type { MailboxFolder } from "../../drivers/local/mailbox-folder.ts";
import { newRowId } from "../../drivers/store/row-id.ts";
import { addAccount } from "../../operations/add-account.ts";
import { addContact } from "../../operations/add-contact.ts";
import { addValue } from "../../operations/add-value.ts";
import { draftEscalation } from "../../operations/draft-escalation.ts";
import { openCase } from "../../operations/open-case.ts";
import type { Parts } from "../../operations/parts.ts";
import type { Result } from "../../operations/refusal.ts";
import { registerWebhook } from "../../operations/register-webhook.ts";
import { saveTemplate } from "../../operations/save-template.ts";
import { startDraft } from "../../operations/start-draft.ts";
import { voidPageLinks } from "../../operations/void-page-links.ts";
import type { PageFurniture } from "./page-rows.ts";

export interface Furnishing {
  readonly workspaceId: string;
  readonly csmId: string;
  /** The program whose pages are opened: it stays as it is. */
  readonly shownEnrollmentId: string;
  /** Writes the draft and the template. */
  readonly authorId: string;
  readonly mailbox: MailboxFolder;
  /** Mails in the mailbox: enough for a second page of the list unless told otherwise. */
  readonly mails?: number;
}

/** Puts them into a workspace that has cases and programs, by the product's own acts. */
export async function furnish(parts: Parts, into: Furnishing): Promise<PageFurniture> {
  const { workspaceId, csmId, authorId, shownEnrollmentId } = into;
  const by = { workspaceId, actor: "system" } as const;
  const { version, accountId, contactId } = await parts.db.enrollment.findFirstOrThrow({
    where: { workspaceId, id: shownEnrollmentId },
    include: { version: true },
  });
  const from = { fromKey: version.key, fromVersion: version.version };
  const { draft } = done(await startDraft(parts, { workspaceId, userId: authorId, ...from }));
  const { template } = done(
    await saveTemplate(parts, {
      ...by,
      fields: {
        title: "An introduction in two lines",
        topics: ["handover"],
        subject: "{{contact.firstName}}, two lines from you",
        body: "Hello {{contact.firstName}},\n\nwould you introduce us in two lines?",
        ownerId: authorId,
        reviewed: true,
      },
    }),
  );
  const { endpoint } = done(
    await registerWebhook(parts, { ...by, url: "https://127.0.0.1/told", allowPrivateNetworks: true }),
  );
  const { value } = done(
    await addValue(parts, {
      ...by,
      accountId,
      metric: "Hours saved a month",
      unit: "h",
      baseline: "40",
      current: "12",
      period: "last quarter",
      moneyMinor: null,
      source: "account review",
      capturedOn: parts.clock.now().toISOString().slice(0, 10),
      confirmedByContactId: contactId,
      visibility: "customer",
    }),
  );
  const product = await parts.db.product.findFirstOrThrow({ where: { workspaceId } });
  return {
    productId: product.id,
    valueId: value.id,
    namedCaseId: await openAnother(parts, into, { name: "Quayside Books", successor: "Jonas Lie" }),
    waitingCaseId: await openAnother(parts, into, { name: "Fjordline Travel", successor: null }),
    draftId: draft.id,
    templateId: template.id,
    webhookId: endpoint.id,
    ...(await draftBrief(parts, workspaceId, csmId)),
    mailId: await fillMailbox(into),
    expiredPage: await voidOne(parts, into),
  };
}

/** Somebody left an account that has no case yet, and it is known who takes over; or nobody does. */
async function openAnother(
  parts: Parts,
  { workspaceId, csmId }: Furnishing,
  { name, successor }: { name: string; successor: string | null },
): Promise<string> {
  const by = { workspaceId, actor: "system" } as const;
  const product = await parts.db.product.findFirstOrThrow({ where: { workspaceId } });
  const place = { id: newRowId(), name, productKey: product.key, zone: "Europe/Oslo", csmId };
  const { account } = done(await addAccount(parts, { ...by, ...place }));
  const add = async (person: string) => {
    const email = `${person.split(" ")[0]?.toLowerCase()}@${account.id}.example`;
    return done(await addContact(parts, { ...by, accountId: account.id, name: person, email })).contact.id;
  };
  const departedContactId = await add("Sigrid Moe");
  const opened = await openCase(parts, {
    ...by,
    accountId: account.id,
    departedContactId,
    destination: "external",
    roleOutcome: "replacing",
    ...(successor === null
      ? {}
      : { replacementContactId: await add(successor), replacementType: "external_new_function" }),
  });
  return done(opened).case.id;
}

async function draftBrief(parts: Parts, workspaceId: string, csmId: string) {
  const turnover = await parts.db.case.findFirstOrThrow({
    where: {
      workspaceId,
      status: { not: "closed" },
      account: { csmId, sponsorContactId: { not: null } },
      enrollments: { some: { audience: "contact", status: "active" } },
    },
    orderBy: { id: "asc" },
  });
  const drafted = await draftEscalation(parts, { workspaceId, caseId: turnover.id, actor: "system" });
  return { escalationId: done(drafted).escalation.id, briefCaseId: turnover.id };
}

/** Of another program than the one that is shown. */
async function voidOne(parts: Parts, { workspaceId, shownEnrollmentId }: Furnishing): Promise<string> {
  const submitted = { kind: "step", status: "submitted" };
  const enrollment = await parts.db.enrollment.findFirstOrThrow({
    where: { workspaceId, audience: "contact", id: { not: shownEnrollmentId }, sends: { some: submitted } },
    include: { sends: { where: submitted, take: 1 } },
  });
  const reason = "A mail was forwarded to somebody else.";
  done(await voidPageLinks(parts, { workspaceId, enrollmentId: enrollment.id, reason, actor: "system" }));
  return `/p/${parts.links.sign("page", enrollment.sends[0]?.id ?? "", 1)}`;
}

async function fillMailbox({ mailbox, mails = 60 }: Furnishing): Promise<string> {
  let id = "";
  for (let n = 1; n <= mails; n += 1) {
    const raw = [
      "From: Dana Whitlock <dana@fernwick.test>",
      `To: person${n}@customer.test`,
      `Subject: What is in flight this month (${n})`,
      "MIME-Version: 1.0",
      'Content-Type: text/html; charset="utf-8"',
      "",
      "<html><head><title>In flight</title></head><body><p>Hello, here is what is in flight.</p></body></html>",
    ].join("\r\n");
    const envelope = { from: "b@bounce.fernwick.test", to: [`person${n}@customer.test`] };
    id = await mailbox.write(Buffer.from(raw), envelope, new Date());
  }
  return id;
}

/** What was made; a refusal is a fault here, since nobody is there to heed it. */
function done<Made extends object>(result: Result<Made>): Made {
  if (result.ok) return result;
  throw new Error(`${result.problem.message} ${result.problem.remedy}`);
}
