import { type LintContext, reporter, when } from "./lint-report.ts";
import { recipientOf } from "./look.ts";
import { sampleText } from "./merge-fields.ts";
import type { Path, Positions, Problem } from "./problem.ts";
import type { Block, Competitor, Sequence, Step } from "./sequence.ts";
import { countWords, type Mail, mailsOf, mailWords, mailWordsWithCard } from "./texts.ts";

/** C, common rules: one idea, at most this many words. */
const CONTACT_WORDS = 180;
/** S0-16: a sponsor reads less. */
const SPONSOR_WORDS = 150;
const SUBJECT_CHARACTERS = 78;

/** What one mail holds, by whom it is for. */
export function lintMails(sequence: Sequence, positions: Positions, { competitors }: LintContext): Problem[] {
  return sequence.steps.flatMap((step, index) =>
    mailsOf(step, index).flatMap((mail) => {
      const audience = recipientOf(step, sequence);
      return [
        ...(audience === "contact" ? contactMail(step, mail, positions) : []),
        ...(audience === "contact" ? cardsInMail(mail, positions, competitors) : []),
        ...(audience === "sponsor" ? sponsorMail(mail, positions) : []),
        ...(mail.variant === "b" ? variantB(step, mail, positions) : []),
        ...subject(mail, positions),
        ...mail.blocks.flatMap((block, at) => blockFaults(block, [...mail.path, "blocks", at], positions)),
      ];
    }),
  );
}

/** S0-35: an education mail has clear resources, tasks and objectives. */
function contactMail(step: Step, mail: Mail, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const missing = (["resource", "task", "objective"] as const).filter(
    (type) => !mail.blocks.some((block) => block.type === type),
  );
  const words = mailWords(mail);
  return [
    ...(step.class === "education" ? missing : []).map((type) =>
      error(
        `no-${type}`,
        mail.variant === "b" ? mail.path : [...mail.path, "key"],
        `This education mail has no ${type}.`,
        `Add a block with "type: ${type}"; a mail that teaches has a resource, a task and an objective.`,
      ),
    ),
    ...when(words > CONTACT_WORDS, () =>
      error(
        "too-long",
        [...mail.path, "opening"],
        `This mail has ${words} words; a contact's mail has at most ${CONTACT_WORDS}.`,
        `Cut ${words - CONTACT_WORDS} words, or move the detail into the resource's body, which is read on the page.`,
      ),
    ),
  ];
}

/** The same limit holds for the mail that a known competitor makes of it. */
function cardsInMail(mail: Mail, positions: Positions, competitors: readonly Competitor[]): Problem[] {
  const at = mail.blocks.findIndex(({ type }) => type === "competitor");
  if (at === -1) return [];
  return competitors.flatMap((card) => {
    const words = mailWordsWithCard(mail, card);
    return when(words > CONTACT_WORDS, () =>
      reporter(positions).error(
        "too-long",
        [...mail.path, "blocks", at],
        `With the card of ${card.name} this mail has ${words} words; a contact's mail has at most ${CONTACT_WORDS}.`,
        `Cut ${words - CONTACT_WORDS} words here or in the first lines of that card.`,
      ),
    );
  });
}

const ASKS: ReadonlySet<Block["type"]> = new Set([
  "task",
  "question",
  "priorities",
  "value",
  "check",
  "endorse",
  "intent",
  "goals",
  "agreement",
  "meeting",
]);

/** S0-16: at most 150 words and one ask, no task list. */
function sponsorMail(mail: Mail, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const asks = mail.blocks.flatMap((block, index) => (ASKS.has(block.type) ? [index] : []));
  const second = asks[1];
  const checks = mail.blocks.findIndex(({ type }) => type === "check");
  const listed = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s*)?/m.test(mail.opening);
  const words = mailWords(mail);
  return [
    ...when(second !== undefined, () =>
      error(
        "sponsor-asks",
        [...mail.path, "blocks", second ?? 0],
        `This mail asks the sponsor for ${asks.length} things.`,
        "Keep the one that only the sponsor can answer; put the others into later mails.",
      ),
    ),
    ...when(checks >= 0, () =>
      error(
        "sponsor-check",
        [...mail.path, "blocks", checks],
        "A sponsor is not asked knowledge questions.",
        "Remove the check.",
      ),
    ),
    ...when(listed, () =>
      error(
        "sponsor-task-list",
        [...mail.path, "opening"],
        "This mail gives the sponsor a list.",
        "Write one or two sentences instead; lists belong on the page.",
      ),
    ),
    ...when(words > SPONSOR_WORDS, () =>
      error(
        "too-long",
        [...mail.path, "opening"],
        `This mail has ${words} words; a sponsor's mail has at most ${SPONSOR_WORDS}.`,
        `Cut ${words - SPONSOR_WORDS} words; details belong on the page.`,
      ),
    ),
  ];
}

/** C, common rules: variant B is shorter and asks one thing. */
function variantB(step: Step, mail: Mail, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const tasks = mail.blocks.filter(({ type }) => type === "task").length;
  const shorter = countWords(mail.opening) < countWords(step.opening);
  return [
    ...when(tasks > 1, () =>
      error(
        "variant-b-tasks",
        mail.path,
        `Variant B has ${tasks} tasks.`,
        "Keep one: the smallest that still moves the person on.",
      ),
    ),
    ...when(!shorter, () =>
      error(
        "variant-b-length",
        [...mail.path, "opening"],
        "Variant B is not shorter than the mail it replaces.",
        "Cut its opening; it goes to somebody who had no time for the longer one.",
      ),
    ),
  ];
}

function subject(mail: Mail, positions: Positions): Problem[] {
  const { error, warning } = reporter(positions);
  const length = [...sampleText(mail.subject)].length;
  const path = [...mail.path, "subject"];
  return [
    ...when(/\p{Cc}|\u2028|\u2029/u.test(mail.subject), () =>
      error("subject-line-break", path, "The subject has a line break.", "Write it on one line."),
    ),
    ...when(length > SUBJECT_CHARACTERS, () =>
      warning(
        "subject-length",
        path,
        `The subject is about ${length} characters long; many screens show fewer than ${SUBJECT_CHARACTERS}.`,
        "Put the words that matter first, or shorten it.",
      ),
    ),
  ];
}

/** A block that could not be shown or answered. */
function blockFaults(block: Block, path: Path, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  if (block.type === "resource") {
    const places = [block.url, block.page, block.body].filter((place) => place !== undefined).length;
    return when(places !== 1, () =>
      error(
        "resource-place",
        path,
        places === 0
          ? `The resource "${block.key}" leads nowhere.`
          : `The resource "${block.key}" has two places.`,
        'Give it exactly one of "url", "page" or "body".',
      ),
    );
  }
  if (block.type === "task") {
    const choices = block.choices ?? [];
    return [
      ...when(block.evidence === "choice" && choices.length === 0, () =>
        error(
          "no-choices",
          path,
          `The task "${block.key}" is answered by a choice and offers none.`,
          'Add "choices:", or set "evidence: text".',
        ),
      ),
      ...when(block.evidence !== "choice" && choices.length > 0, () =>
        error(
          "unused-choices",
          [...path, "choices"],
          `The task "${block.key}" offers choices that are not its evidence.`,
          'Set "evidence: choice", or remove the choices.',
        ),
      ),
    ];
  }
  if (block.type === "check") {
    return block.items.flatMap((item, index) =>
      when(!item.choices.some(({ right }) => right), () =>
        error(
          "check-without-answer",
          [...path, "items", index, "choices"],
          `No answer to "${item.question}" is right.`,
          'Mark one choice with "right: true".',
        ),
      ),
    );
  }
  return [];
}
