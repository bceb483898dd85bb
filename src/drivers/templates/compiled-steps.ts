import { type Composed, composeStep } from "./compose-step.ts";
import type { StepMail } from "./step-mail.ts";

/** What tells two compiled mails apart. Versions are frozen, so a key never changes its meaning. */
export interface StepMailKey {
  readonly versionId: string;
  readonly stepKey: string;
  /** How much of the program its reader gets: their course has its own number of mails. */
  readonly policy: string;
  readonly variant: "a" | "b";
  readonly competitorVersionId: string | null;
  readonly clickTracking: "page_only" | "redirect";
  readonly honeypot: boolean;
}

/**
 * Compiled mails, the least recently used forgotten first. A promise is kept, not its result, so
 * a hundred sends that ask at once for a cold mail compile it once.
 */
export class CompiledSteps {
  readonly #limit: number;
  readonly #kept = new Map<string, Promise<Composed>>();

  constructor(limit = 200) {
    this.#limit = limit;
  }

  /** @param load reads what the mail is made from; called only when it is not kept */
  get(key: StepMailKey, load: () => Promise<StepMail>): Promise<Composed> {
    const name = JSON.stringify([
      key.versionId,
      key.stepKey,
      key.policy,
      key.variant,
      key.competitorVersionId,
      key.clickTracking,
      key.honeypot,
    ]);
    const kept = this.#kept.get(name);
    const compiled = kept ?? load().then(composeStep);
    // Taken out and put back: a Map keeps the order of insertion, so the first is the oldest.
    this.#kept.delete(name);
    this.#kept.set(name, compiled);
    if (kept === undefined) {
      compiled.catch(() => this.#kept.delete(name));
      const oldest = this.#kept.keys().next().value;
      if (this.#kept.size > this.#limit && oldest !== undefined) this.#kept.delete(oldest);
    }
    return compiled;
  }
}
