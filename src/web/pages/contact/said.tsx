import { count } from "../words.ts";
import type { Suggested } from "./talk-forms.tsx";

/** One kind sentence per act. Fixed words: nothing from the address is ever shown as text. */
const sentences: Readonly<Record<string, string>> = {
  "task-done": "Saved. Thank you.",
  "check-answered": "Here is what we think of your answers, below the questions. You can try again.",
  "resource-confirmed": "Noted.",
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
  "objective-confirmed": "Noted.",
  "profile-told": "Thank you. You will not be asked again.",
  "pace-changed": "Your pace is changed from now on.",
  "pause-asked": "Paused. Nothing is sent before that day.",
  "resume-asked": "Mails go on.",
  "wrong-person": "Thank you for telling us. We stop writing to you.",
  "colleague-introduced": "Thank you. We write to nobody without you knowing.",
  endorsed: "Thank you. That makes the start much easier.",
  "agreement-accepted": "Your agreement is recorded with the day and the version.",
  "measure-restated": "Saved in your words.",
  stop: "Done. You get no more of these mails.",
  renewed: "A fresh link is on its way to the address we have for you.",
};

export function isSaid(kind: unknown): kind is string {
  return typeof kind === "string" && Object.hasOwn(sentences, kind);
}

export function Said(props: { kind: string | null; address: string; suggested: readonly Suggested[] }) {
  const { kind, suggested } = props;
  if (kind === null) return null;
  return (
    <section className="card said" role="status" id="said">
      <p>{sentences[kind]}</p>
      {suggested.length === 0 ? null : (
        <p>
          Meanwhile this may help:{" "}
          {suggested.map((one, index) => (
            <span key={one.href}>
              {index > 0 ? ", " : ""}
              <a href={one.href}>{one.title}</a> ({count(one.minutes, "minute")})
            </span>
          ))}
          .
        </p>
      )}
    </section>
  );
}
