import { isZone } from "../domain/calendar/zones.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Parts } from "./parts.ts";
import { takesActs } from "./record-act.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/**
 * A person's own words for where they are and how dates are written for them. The zone counts from the next
 * mail that is planned; one that is planned already keeps its hour.
 */
export async function setReaderSettings(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; language: string; zone: string },
): Promise<Result<{ changed: boolean }>> {
  const { workspaceId, enrollmentId, language, zone } = input;
  if (!isZone(zone))
    return refuse(
      "unknown-zone",
      "zone",
      `“${zone.slice(0, 60)}” is not a time zone we know.`,
      "Write it as region and city, for example Europe/Oslo or America/Denver.",
    );
  if (!isLanguage(language))
    return refuse(
      "unknown-language",
      "language",
      "That is not a language we know.",
      "Choose one from the list.",
    );
  return transact(parts, async (tx): Promise<Result<{ changed: boolean }>> => {
    const enrollment = await lockEnrollment(tx, workspaceId, enrollmentId);
    if (enrollment === null || !takesActs(enrollment))
      return refuse(
        "enrollment-ended",
        "enrollmentId",
        "This program has ended, so nothing more is kept here.",
        "Reply to any of our mails; a person reads it.",
      );
    const contact = await tx.contact.findFirstOrThrow({ where: { workspaceId, id: enrollment.contactId } });
    const before = { language: contact.language, zone: enrollment.zone };
    if (before.language === language && before.zone === zone) return { ok: true, changed: false };
    await tx.contact.update({ where: { id: contact.id }, data: { language, zone } });
    await tx.enrollment.update({ where: { id: enrollmentId }, data: { zone } });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor: `contact:${contact.id}`,
      action: "reader-settings-changed",
      subjectType: "contact",
      subjectId: contact.id,
      before,
      after: { language, zone },
    });
    return { ok: true, changed: true };
  });
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    // A RangeError: not even shaped like a language tag.
    return false;
  }
}
