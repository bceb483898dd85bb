import { reporter } from "./lint-report.ts";
import type { Positions, Problem } from "./problem.ts";
import type { Sequence } from "./sequence.ts";
import { type Mail, mailsOf, mailTexts } from "./texts.ts";

/**
 * S0-31: what one says to a customer without history. Somebody who takes over has an account, a setup and a past,
 * and reads such a phrase as "they don't know who I am".
 */
const NEW_CUSTOMER: readonly RegExp[] = [
  /\bsign(?:ing)?[ -]?up\b/i,
  /\bregister (?:for|your)\b/i,
  /\bcreat(?:e|ing) (?:your|an?|a new) (?:first )?(?:work ?space|account)\b/i,
  /\bset(?:ting)? up (?:your|a new) (?:first )?(?:work ?space|account)\b/i,
  /\b(?:your )?first contract\b/i,
  /\bwelcome to (?:the|your) (?:free )?trial\b/i,
  /\b(?:start|begin) (?:your|a) (?:free )?trial\b/i,
  /\bfree trial\b/i,
  /\bget(?:ting)? started with your new account\b/i,
  /\byour new account\b/i,
  /\bas a new customer\b/i,
  /\bwelcome (?:on board|aboard),? new customer\b/i,
  /\bthank(?:s| you) for (?:buying|purchasing|choosing us|signing)\b/i,
  /\b(?:book|request|schedule) (?:a|your) (?:live )?demo\b/i,
  /\bproduct (?:tour|demo)\b/i,
  /\bguided tour\b/i,
];

/** S0-32: a meeting is about goals; showing the product is what resources are for. */
const SHOWING: readonly RegExp[] = [/\bdemo(?:s|nstrations?|ing)?\b/i, /\b(?:tours?|walk-?throughs?)\b/i];

function find(patterns: readonly RegExp[], source: string): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(source.replace(/\s+/g, " "));
    if (found) return found[0];
  }
  return null;
}

/** Phrases that the situation forbids. */
export function lintPhrases(sequence: Sequence, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  return sequence.steps.flatMap((step, index) =>
    mailsOf(step, index).flatMap((mail) =>
      mailTexts(mail).flatMap(({ path, source }) => {
        const greeting = sequence.assumesExistingAccount ? find(NEW_CUSTOMER, source) : null;
        const showing = isMeetingMail(mail) ? find(SHOWING, source) : null;
        return [
          ...(greeting === null
            ? []
            : [
                error(
                  "new-customer-phrase",
                  path,
                  `"${greeting}" is said to new customers; this reader takes over an account with a history.`,
                  'Speak about what is already there, or set "assumes-existing-account: false".',
                ),
              ]),
          ...(showing === null
            ? []
            : [
                error(
                  "demo-in-meeting",
                  path,
                  `"${showing}" stands in a mail about the meeting.`,
                  "Offer it as a resource in an earlier mail; the meeting is about goals and questions.",
                ),
              ]),
        ];
      }),
    ),
  );
}

function isMeetingMail(mail: Mail): boolean {
  return mail.blocks.some(
    (block) =>
      block.type === "meeting" ||
      (block.type === "task" && block.form === "meeting") ||
      (block.type === "resource" && block.page === "agenda"),
  );
}
