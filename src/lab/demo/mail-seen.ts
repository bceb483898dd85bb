import type { Block, Sequence, Step } from "../../domain/sequences/sequence.ts";
import type { Parts } from "../../operations/parts.ts";
import type { MailSeen } from "../personas/persona.ts";
import type { InboxMail } from "./inbox.ts";

/** What a persona finds in a mail: the blocks of its step, and what the page behind its link still asks. */
export async function mailSeen(
  parts: Parts,
  workspaceId: string,
  mail: InboxMail,
  before: number,
): Promise<MailSeen | null> {
  const send = await parts.db.send.findFirst({
    where: { workspaceId, messageId: mail.messageId ?? "" },
    include: { enrollment: { include: { version: true } } },
  });
  if (send?.enrollment == null) return null;
  const { enrollment, stepKey } = send;
  const { steps } = enrollment.version.definition as unknown as Sequence;
  const step = steps.find(({ key }) => key === stepKey);
  if (step === undefined) return null;
  const variant = send.variant === "b" && step.variantB ? "b" : "a";
  const { accountId } = enrollment;
  const plan = await parts.db.successPlan.findFirst({
    where: { workspaceId, accountId },
    orderBy: { version: "desc" },
  });
  const values = await parts.db.valueStatement.findMany({
    where: { workspaceId, accountId },
    select: { id: true },
  });
  return {
    stepKey,
    variant,
    day: step.day ?? 0,
    before,
    blocks: variant === "b" && step.variantB ? step.variantB.blocks : step.blocks,
    stillOpen: await stillOpen(parts, workspaceId, enrollment.id, stepKey, steps),
    goals: ((plan?.goals ?? []) as { key: string }[]).map(({ key }) => key),
    values: values.map(({ id }) => id),
  };
}

/** Tasks and checks of earlier mails that are still unanswered. */
async function stillOpen(
  parts: Parts,
  workspaceId: string,
  enrollmentId: string,
  stepKey: string,
  steps: readonly Step[],
): Promise<Block[]> {
  const where = { workspaceId, enrollmentId };
  const sent = await parts.db.send.findMany({ where, select: { stepKey: true } });
  const open = await parts.db.task.findMany({ where: { ...where, state: "open" }, select: { key: true } });
  const answered = await parts.db.knowledgeAnswer.findMany({ where, select: { checkKey: true } });
  const sentKeys = new Set(sent.map((one) => one.stepKey));
  const openTasks = new Set(open.map(({ key }) => key));
  const answeredChecks = new Set(answered.map(({ checkKey }) => checkKey));
  return steps
    .filter(({ key }) => key !== stepKey && sentKeys.has(key))
    .flatMap(({ blocks }) => blocks)
    .filter(
      (block) =>
        (block.type === "task" && openTasks.has(block.key)) ||
        (block.type === "check" && !answeredChecks.has(block.key)),
    );
}
