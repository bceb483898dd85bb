import type { BlockOf } from "../../domain/sequences/sequence.ts";

/** The fixed words of a contact's mail, in one place. */

const RESOURCE_KIND: Readonly<Record<BlockOf<"resource">["kind"], string>> = {
  guide: "A guide",
  video: "A video",
  page: "A page",
  sample: "A sample",
  checklist: "A checklist",
  "recorded-demo": "A recording",
  "account-page": "Made from your own account",
};

export const resourceKind = (kind: BlockOf<"resource">["kind"]): string => RESOURCE_KIND[kind];

export const minutes = (count: number): string => (count === 1 ? "1 minute" : `${count} minutes`);

const TASK_BUTTON: Readonly<Record<NonNullable<BlockOf<"task">["form"]>, string>> = {
  goals: "Keep or change the goals",
  priorities: "Rank your priorities",
  intent: "Say where you stand",
  question: "Write your question",
  value: "Confirm the number",
  meeting: "Choose a time",
  profile: "Tell us about your role",
  introduction: "Introduce a colleague",
  agreement: "Read and answer",
};

export function taskButton(task: BlockOf<"task">): string {
  if (task.form) return TASK_BUTTON[task.form];
  return task.evidence === "choice" ? "Answer on your page" : "Do this on your page";
}

/** Blocks that ask for one thing with a form on the page: their label and the words of their button. */
export const ASKS = {
  priorities: { label: "Your priorities", button: "Rank your priorities" },
  value: { label: "What it is worth", button: "Confirm or correct it" },
  check: { label: "A short check", button: "Answer on your page" },
  endorse: { label: "One ask", button: "Say yes, or say what to change" },
  intent: { label: "Where you stand", button: "Say where you stand" },
  goals: { label: "The goals", button: "Keep or change the goals" },
  agreement: { label: "The agreement", button: "Read and answer" },
  meeting: { label: "A time to talk", button: "Choose a time" },
} as const;

/** "After this you can …", whether the author wrote the whole sentence or only its end. */
export function objectiveSentence(text: string): string {
  if (/^(after this|you |you'll|you’ll|by now)/i.test(text)) return text;
  return `After this you can ${/^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text}`;
}

export function checkPrompt(questions: number): string {
  const count =
    questions === 1
      ? "One short question"
      : `${["", "", "Two", "Three"][questions] ?? questions} short questions`;
  return `${count}. You see the answer at once, and nobody grades it.`;
}

export const isRightToLeft = (language: string): boolean => /^(ar|fa|he|ur|yi|ps|dv)\b/i.test(language);
