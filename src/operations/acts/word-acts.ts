import type { Act } from "../../domain/engagement/acts.ts";
import { normalQuestion } from "../../domain/engagement/normal-question.ts";
import { type QuestionKind, questionKind } from "../../domain/engagement/question-kind.ts";
import { OBJECTION_ANSWER_DAYS, QUESTION_ANSWER_DAYS } from "../../domain/turnover/service-levels.ts";
import { askInTime } from "../ask-in-time.ts";
import type { ActContext, ActOutcome } from "./act-context.ts";
import { fillForms } from "./course-acts.ts";

type ActOf<K extends Act["kind"]> = Extract<Act, { kind: K }>;

export function askQuestion(context: ActContext, act: ActOf<"question-asked">): Promise<ActOutcome> {
  return keepQuestion(context, { ...act, kind: questionKind(act.text), severity: "normal" });
}

/** An objection is a question that blocks readiness until somebody has answered it (domain.md D4, G7). */
export function raiseObjection(context: ActContext, act: ActOf<"objection-raised">): Promise<ActOutcome> {
  return keepQuestion(context, { ...act, kind: "objection", severity: "high" });
}

interface Asked {
  text: string;
  step?: string | undefined;
  kind: QuestionKind;
  severity: "normal" | "high";
}

async function keepQuestion(context: ActContext, asked: Asked): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  const { tx, at } = context;
  const earlier = await tx.question.findMany({
    where: { workspaceId: enrollment.workspaceId, enrollmentId: enrollment.id, duplicateOf: null },
    orderBy: { askedAt: "asc" },
  });
  const same = earlier.find((question) => normalQuestion(question.text) === normalQuestion(asked.text));
  const question = await tx.question.create({
    data: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      contactId: contact.id,
      stepKey: asked.step ?? null,
      text: asked.text,
      kind: asked.kind,
      severity: asked.severity,
      askedAt: at,
      duplicateOf: same?.id ?? null,
      source: context.source === "reply" ? "reply" : "page",
    },
  });
  await context.note({
    kind: "question-asked",
    question: question.id,
    text: asked.text,
    severity: asked.severity,
    questionKind: asked.kind,
    ...(same === undefined ? {} : { duplicateOf: same.id }),
  });
  await fillForms(context, "question", asked.text);
  if (same === undefined) await askForAnswer(context, question.id, asked);
  const name = context.frame.csm?.name.split(" ")[0] ?? "We";
  return {
    message:
      same === undefined
        ? `${name} will answer you here and by mail.`
        : "You asked this before; it is on the list.",
    questionId: question.id,
  };
}

async function askForAnswer(context: ActContext, questionId: string, asked: Asked): Promise<void> {
  const { contact } = context.frame;
  const commercial = asked.kind === "commercial";
  const text =
    asked.kind === "objection"
      ? `Answer ${contact.name}'s objection`
      : commercial
        ? `Hand ${contact.name}'s question to sales`
        : `Answer ${contact.name}'s question`;
  await askInTime(context.tx, context, {
    key: `question.${questionId}`,
    // Demos and prices are for sales or a recorded demo, never for the CSM's meeting (S0-33).
    kind: commercial ? "sales-request" : asked.kind === "objection" ? "objection" : "question",
    text,
    detail: asked.text,
    days: asked.kind === "objection" ? OBJECTION_ANSWER_DAYS : QUESTION_ANSWER_DAYS,
  });
}

export async function sayNoQuestion(context: ActContext, act: ActOf<"no-question">): Promise<ActOutcome> {
  await context.note({ kind: "no-question", because: act.because });
  await fillForms(context, "question", act.because);
  return { message: "Thank you. You can still ask at any time." };
}

/** The new ranking takes the place of the old one, which stays readable. */
export async function setPriorities(context: ActContext, act: ActOf<"priorities-set">): Promise<ActOutcome> {
  const { enrollment } = context.frame;
  const texts = act.items.map((item) => item.text);
  await context.note({ kind: "priorities-set", items: texts });
  await context.tx.priority.updateMany({
    where: { workspaceId: enrollment.workspaceId, enrollmentId: enrollment.id, validTo: null },
    data: { validTo: context.at },
  });
  await context.tx.priority.createMany({
    data: act.items.map((item, index) => ({
      workspaceId: enrollment.workspaceId,
      accountId: enrollment.accountId,
      enrollmentId: enrollment.id,
      author: enrollment.audience === "sponsor" ? "sponsor" : "contact",
      rank: index + 1,
      text: item.text,
      why: item.why ?? null,
      validFrom: context.at,
    })),
  });
  await fillForms(context, "priorities", texts.map((text, index) => `${index + 1}. ${text}`).join("\n"));
  return { message: "Your order is kept. Change it whenever it changes." };
}

export async function stateIntent(context: ActContext, act: ActOf<"intent-stated">): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  const why = act.why === undefined ? {} : { why: act.why };
  const eventId = await context.note({ kind: "intent-stated", intent: act.intent, ...why });
  await context.tx.intent.create({
    data: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      value: act.intent,
      why: act.why ?? null,
      statedAt: context.at,
      source: context.source === "csm" ? "meeting" : context.source === "reply" ? "reply" : "page",
    },
  });
  await fillForms(context, "intent", [act.intent.replaceAll("_", " "), act.why].filter(Boolean).join(": "));
  if (act.intent === "replace" || act.intent === "review_alternatives") {
    await askInTime(context.tx, context, {
      key: `intent.${eventId}`,
      kind: "intent-call",
      text: `Call ${contact.name} today: ${act.intent === "replace" ? "wants to replace us" : "looks at alternatives"}`,
      detail: act.why ?? "No reason was given. Listen first.",
      days: 0,
    });
  }
  return { message: "Thank you for being plain with us." };
}

export async function tellProfile(context: ActContext, act: ActOf<"profile-told">): Promise<ActOutcome> {
  await context.note({ kind: "profile-told", text: act.text });
  await fillForms(context, "profile", act.text);
  return { message: "Thank you. That helps us leave out what you know." };
}
