import { anchor } from "./form-context.ts";

/** One kind sentence per act. Fixed words: nothing from the address is ever shown as text. */
const sentences: Readonly<Record<string, string>> = {
  "task-done": "Saved. Thank you.",
  "check-answered": "Here is what we would add. You can try again as often as you like.",
  "resource-confirmed": "Noted as read.",
  "question-asked": "Your question is with us. The answer comes here and by mail.",
  "no-question": "Noted. If one comes up, just ask.",
  "objection-raised": "Thank you for saying so. A person answers this, not a program.",
  "priorities-set": "Your order is saved. It goes on the agenda.",
  "goals-reviewed": "Your decisions about the goals are saved.",
  "value-reviewed": "Thank you. The number is noted.",
  "intent-stated": "Thank you for being open about it.",
  "meeting-requested": "Your request is with us. You hear back within one working day.",
  "slot-chosen": "Your time is noted. It is confirmed by mail.",
  "agenda-edited": "The agenda has your words at the top now.",
  "agenda-set": "Saved. Your points stand first on the agenda.",
  "agenda-arranged": "Saved. The agenda is as you want it.",
  "objective-confirmed": "Noted. Thank you.",
  "profile-told": "Thank you. You will not be asked again.",
  "pace-changed": "Saved. Your pace is changed from now on.",
  "pause-asked": "Paused. Nothing is sent before that day.",
  "resume-asked": "Mails go on.",
  "wrong-person": "Thank you for telling us. We stop writing to you.",
  "colleague-introduced": "Thank you. We write to nobody without you knowing.",
  endorsed: "Thank you. That makes the start much easier.",
  "agreement-accepted": "Your agreement is recorded with the day and the version.",
  "measure-restated": "Saved in your words.",
  settings: "Saved. Times on this page and in the next mails follow it.",
  forget: "Your request is with us. Until it is done you can still use this page.",
  stop: "Done. You get no more of these mails. If that was a mistake, reply to any mail you have from us.",
  renewed: "A fresh link is on its way to the address we have for you.",
};

/** Acts after which the page takes no more forms: they are answered at its top. */
const LAST_WORDS = new Set(["stop", "wrong-person"]);

export function isSaid(kind: unknown): kind is string {
  return typeof kind === "string" && Object.hasOwn(sentences, kind);
}

/** Where the page comes back to after a form: its own place, so that nobody has to look for where they were. */
export function savedPlace(kind: string, form: string): string {
  return LAST_WORDS.has(kind) ? "said" : `saved-${anchor(form)}`;
}

/** What became of a form; null for what ended the program, which is said at the top. */
export function keptWords(said: string | null | undefined): string | null {
  return said == null || LAST_WORDS.has(said) ? null : (sentences[said] ?? null);
}

/** What ended the program; null for everything else. */
export function lastWords(said: string | null): string | null {
  return said !== null && LAST_WORDS.has(said) ? (sentences[said] ?? null) : null;
}
