import { readSequence } from "../domain/sequences/read-sequence.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { findDraft } from "../drivers/store/drafts.ts";
import type { TestMail } from "../drivers/store/generated/client.ts";
import { findVersion } from "../drivers/store/versions.ts";
import { fileOf } from "./check-sequence.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import type { Parts } from "./parts.ts";
import { previewStep } from "./preview-program.ts";
import type { MailWriter } from "./written-mail.ts";

type WriterParts = Pick<Parts, "db" | "baseUrl">;

/** A step's mail for one of our own: marked as a test, without tracking, its links leading to the preview. */
export function testMailWriter(parts: WriterParts): MailWriter {
  return async (send) => {
    const { workspaceId } = send;
    const id = send.stepKey.replace(/^test\./, "");
    const test = await parts.db.testMail.findFirst({ where: { workspaceId, id } });
    const found = test === null ? null : await sequenceOf(parts, test);
    // Thrown, so that it ends as failed: a test that waited for a person until it can go would surprise them.
    if (test === null || found === null) throw new Error("what it was made from is gone");
    const { stepKey, caseId, contactId } = test;
    const variant = test.variant === "b" ? "b" : "a";
    const mail = await previewStep(parts, {
      workspaceId,
      sequence: found.sequence,
      stepKey,
      variant,
      everyLink: `${parts.baseUrl}${found.place}/steps/${stepKey}?variant=${variant}`,
      ...(caseId === null || contactId === null ? {} : { reader: { caseId, contactId } }),
    });
    if (!mail.ok) throw new Error(mail.problem.message);
    return {
      kind: "written",
      subject: `[Test] ${mail.subject}`,
      html: mail.html,
      text: mail.text,
      program: { key: "test", name: "test", mailClass: "service-notice" },
      unsubscribeUrl: null,
    };
  };
}

async function sequenceOf(
  { db }: WriterParts,
  { workspaceId, versionId, draftId }: TestMail,
): Promise<{ sequence: Sequence; place: string } | null> {
  if (versionId !== null) {
    const version = await findVersion(db, workspaceId, versionId);
    return version && { sequence: frozenSequence(version), place: `/studio/${version.key}` };
  }
  const draft = draftId === null ? null : await findDraft(db, workspaceId, draftId);
  const read = draft && readSequence(draft.source, fileOf(draft.key));
  return read?.ok ? { sequence: read.sequence, place: `/studio/drafts/${draftId}` } : null;
}
