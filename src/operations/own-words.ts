import { ERASED_WORDS } from "../drivers/store/erase-words.ts";
import { Prisma } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";

export interface OwnRows {
  workspaceId: string;
  contactId: string;
  enrollmentIds: string[];
  sendIds: string[];
  emails: readonly string[];
  at: Date;
}

/** Fields of the event log that hold what somebody typed; kinds, keys and numbers stay. */
const TYPED = [
  "because",
  "evidenceText",
  "items",
  "note",
  "reason",
  "standIn",
  "text",
  "who",
  "whoInstead",
  "why",
];
/** Fields of an assessment that are sentences. */
const SENTENCES = new Set([...TYPED, "emptyReason", "expected", "headline", "nextAction", "verdictReason"]);

/** Everything that one person wrote, or that was written to them, in the rows that are theirs. */
export async function eraseOwnWords(tx: Db, own: OwnRows): Promise<void> {
  const { workspaceId, contactId, enrollmentIds, sendIds, emails, at } = own;
  const gone = ERASED_WORDS;
  const theirs = { workspaceId, enrollmentId: { in: enrollmentIds } };
  await tx.$executeRaw`
    update engagement_event set payload = (
      select jsonb_object_agg(key, case
        when key <> all(${TYPED}) then value
        when jsonb_typeof(value) = 'array'
          then (select coalesce(jsonb_agg(${gone}::text), '[]') from jsonb_array_elements(value))
        else to_jsonb(${gone}::text) end)
      from jsonb_each(payload))
     where "workspaceId" = ${workspaceId}::uuid and "enrollmentId" = any(${enrollmentIds}::uuid[])
       and payload ?| ${TYPED}`;
  await eraseAssessments(tx, theirs);
  await tx.$executeRaw`
    update webhook_delivery set payload = jsonb_set(payload, '{data,explanation}', to_jsonb(${gone}::text), false)
     where "workspaceId" = ${workspaceId}::uuid and payload->'data'->>'enrollmentId' = any(${enrollmentIds})`;
  await tx.question.updateMany({ where: { workspaceId, contactId }, data: { text: gone } });
  await tx.question.updateMany({
    where: { workspaceId, contactId, answer: { not: null } },
    data: { answer: gone },
  });
  await tx.task.updateMany({ where: { ...theirs, evidence: { not: null } }, data: { evidence: gone } });
  await tx.task.updateMany({ where: { ...theirs, reason: { not: null } }, data: { reason: gone } });
  await tx.priority.updateMany({ where: theirs, data: { text: gone, why: null } });
  await tx.intent.updateMany({ where: theirs, data: { why: null } });
  await tx.meeting.updateMany({
    where: theirs,
    data: { note: null, agenda: Prisma.DbNull, points: Prisma.DbNull },
  });
  await tx.timelineEntry.deleteMany({ where: { workspaceId, author: `contact:${contactId}` } });
  await tx.escalation.updateMany({ where: { workspaceId, contactId }, data: { subject: gone, body: gone } });
  await tx.csmTask.updateMany({ where: theirs, data: { detail: "" } });
  await tx.csmTask.updateMany({
    where: { ...theirs, doneAt: null },
    data: { doneAt: at, outcome: "The person asked to be forgotten." },
  });
  // Raw requests show where and with what somebody reads; what they amounted to is in the log as a kind.
  await tx.hit.deleteMany({
    where: { workspaceId, OR: [{ sendId: { in: sendIds } }, { enrollmentId: { in: enrollmentIds } }] },
  });
  await tx.inboundMail.updateMany({
    where: {
      workspaceId,
      OR: [
        { sendId: { in: sendIds } },
        { enrollmentId: { in: enrollmentIds } },
        ...emails.map((email) => ({ fromAddress: { equals: email, mode: "insensitive" as const } })),
      ],
    },
    data: { fromAddress: null, subject: null, text: null, detail: {} },
  });
  await tx.send.updateMany({
    where: { workspaceId, contactId, status: { in: ["planned", "deferred", "claimed"] } },
    data: {
      status: "suppressed",
      reason: "The person asked to be forgotten.",
      endedAt: at,
      leaseUntil: null,
    },
  });
  await tx.send.updateMany({
    where: { workspaceId, contactId },
    data: { subject: null, response: null, recipientDomain: "" },
  });
  await tx.case.updateMany({
    where: { workspaceId, departedContactId: contactId },
    data: { newCompany: null },
  });
}

/** The figures of each assessment stay, its sentences quote the person and go. */
async function eraseAssessments(
  tx: Db,
  theirs: { workspaceId: string; enrollmentId: { in: string[] } },
): Promise<void> {
  const rows = await tx.readinessAssessment.findMany({ where: theirs, select: { id: true, result: true } });
  for (const { id, result } of rows) {
    const data = { result: withoutSentences(result) as Prisma.InputJsonValue };
    await tx.readinessAssessment.update({ where: { id }, data });
  }
}

function withoutSentences(value: unknown, key = ""): unknown {
  if (typeof value === "string") return SENTENCES.has(key) ? ERASED_WORDS : value;
  if (Array.isArray(value)) return value.map((part) => withoutSentences(part, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withoutSentences(part, name)]),
  );
}
