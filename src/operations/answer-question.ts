import type { Question } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface AnswerQuestionInput {
  workspaceId: string;
  questionId: string;
  answer: string;
  /** Key of the resource that answers it, if one does. */
  resourceKey?: string;
  actor: Actor;
}
/** The answer shows on the contact's page; an open objection stops blocking readiness. */
export declare function answerQuestion(
  parts: Parts,
  input: AnswerQuestionInput,
): Promise<Result<{ question: Question }>>;
