import { Sequence } from "./sequence.ts";

/**
 * A mail of the template bank as a program of one step, so that it is composed, filled and escaped by
 * what composes every mail.
 */
export function templateSequence(template: { key: string; subject: string; body: string }): Sequence {
  return Sequence.parse({
    key: "template",
    name: "Template",
    audience: "contact",
    description: "A mail to use again",
    goal: "Said once",
    lengthDays: 1,
    steps: [{ key: "mail", day: 0, ungated: true, subject: template.subject, opening: template.body }],
  });
}

/** The step of that program. */
export const TEMPLATE_STEP = "mail";

/** The template as a step to paste into a sequence's file; its resource, task and objective are the author's to add. */
export function templateAsStep(template: { key: string; subject: string; body: string }): string {
  const body = template.body
    .trim()
    .split("\n")
    .map((line) => (line.trim() === "" ? "" : `      ${line}`));
  return [
    `  - key: ${template.key}`,
    `    subject: ${JSON.stringify(template.subject)}`,
    "    opening: |",
    ...body,
    "    blocks: []",
    "",
  ].join("\n");
}
