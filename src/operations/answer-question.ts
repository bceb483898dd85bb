import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Question } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";
import { type Result, refuse } from "./refusal.ts";
import { planServiceMail } from "./service-mail.ts";
import { transact } from "./transact.ts";

export interface AnswerQuestionInput {
  workspaceId: string;
  questionId: string;
  answer: string;
  /** Key of the resource that answers it, if one does. */
  resourceKey?: string;
  actor: Actor;
}

interface Answered {
  question: Question;
  /** The mail to the contact; null when an earlier answer was mailed already. */
  mailId: string | null;
}

/** The answer shows on the contact's page and goes to them by mail, once; an open objection stops blocking readiness. */
export async function answerQuestion(
  parts: Parts,
  input: AnswerQuestionInput,
): Promise<Result<{ question: Question }>> {
  const { workspaceId, questionId, actor, answer, resourceKey } = input;
  const result = await transact(parts, async (tx): Promise<Result<Answered>> => {
    const before = await tx.question.findFirst({ where: { workspaceId, id: questionId } });
    if (before === null)
      return refuse("unknown-question", "questionId", "There is no such question.", "Reload the page.");
    if (answer.trim() === "")
      return refuse("no-answer", "answer", "The answer is empty.", "Write a sentence or two.");
    const enrollment = await lockEnrollment(tx, workspaceId, before.enrollmentId);
    if (enrollment === null) throw new Error(`Question ${questionId} has no enrollment`);
    const at = parts.clock.now();
    const event: LogEvent = {
      kind: "question-answered",
      at: at.toISOString(),
      question: questionId,
      byResource: resourceKey !== undefined,
    };
    await recordEvent(tx, {
      workspaceId,
      enrollmentId: before.enrollmentId,
      contactId: before.contactId,
      event,
      evidence: classifyEvidence(event),
      receivedAt: at,
      source: "csm",
      dedupeKey: `answered.${questionId}`,
    });
    const question = await tx.question.update({
      where: { id: questionId },
      data: {
        answer: answer.trim(),
        state: resourceKey === undefined ? "answered" : "answered_by_resource",
        answeredAt: at,
        answeredBy: actor,
      },
    });
    await tx.csmTask.updateMany({
      where: { workspaceId, enrollmentId: before.enrollmentId, key: `question.${questionId}`, doneAt: null },
      data: { doneAt: at, outcome: "answered" },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "question-answered",
      subjectType: "question",
      subjectId: questionId,
      before: { state: before.state },
      after: { state: question.state, resourceKey: resourceKey ?? null },
    });
    const mailId = await planServiceMail(tx, parts, {
      kind: "answer",
      stepKey: `answer.${questionId}`,
      enrollment,
      at,
    });
    return { ok: true, question, mailId };
  });
  if (result.ok) {
    if (result.mailId !== null) await parts.waker.sendsPlanned([result.mailId]);
    await refreshReadiness(parts, { workspaceId, enrollmentId: result.question.enrollmentId, cause: "act" });
  }
  return result;
}
