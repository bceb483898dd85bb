import type { ActInput } from "../../domain/engagement/acts.ts";
import type { Fields, OpenPage } from "./reader.ts";

export interface FilledForm {
  /** Value of the form's hidden field `form`. */
  form: string;
  values: Fields;
}

/**
 * How a person would say an act on the page: which form, with what typed or ticked. Null when the
 * page in front of them has no place for it (a goal that is not there, no time offered any more).
 */
export function fillForm(page: OpenPage, act: ActInput): FilledForm | null {
  switch (act.kind) {
    case "task-done":
      return {
        form: `task:${act.task}`,
        values: given({ text: act.text, link: act.link, choices: act.choices }),
      };
    case "check-answered":
      return {
        form: `check:${act.check}`,
        values: Object.fromEntries(act.answers.map(({ item, choice }) => [`item.${item}`, choice])),
      };
    case "resource-confirmed":
      return { form: `resource:${act.resource}`, values: {} };
    case "question-asked":
      return { form: "question", values: { text: act.text } };
    case "no-question":
      return { form: "no-question", values: { because: act.because } };
    case "objection-raised":
      return { form: "objection", values: { text: act.text } };
    case "priorities-set":
      return { form: "priorities", values: priorities(act.items) };
    case "goals-reviewed":
      return { form: "goals", values: goals(act.decisions) };
    case "value-reviewed":
      return {
        form: `value:${act.value}`,
        values: given({ decision: act.decision, correction: act.correction }),
      };
    case "intent-stated":
      return { form: "intent", values: given({ intent: act.intent, why: act.why }) };
    case "meeting-requested":
      return { form: "meeting", values: given({ note: act.note }) };
    case "slot-chosen":
      return chooseSlot(page, act.slotAt);
    case "agenda-edited":
      return { form: "agenda", values: agendaPoints([act.note]) };
    case "agenda-arranged":
      // One button at a time: the form itself carries the rest of the arrangement.
      return {
        form: "arrange",
        values: given({ do: act.leftOut[0] === undefined ? undefined : `leave ${act.leftOut[0]}` }),
      };
    case "agenda-set":
      return { form: "agenda", values: agendaPoints(act.points) };
    case "objective-confirmed":
      return { form: `objective:${act.objective}`, values: { met: act.met ? "yes" : "no" } };
    case "profile-told":
      return { form: "profile", values: { text: act.text } };
    case "pace-changed":
      return { form: "pace", values: { pace: act.pace } };
    case "pause-asked":
      return { form: "pause", values: given({ until: act.until, reason: act.reason }) };
    case "resume-asked":
      return { form: "resume", values: {} };
    case "wrong-person":
      return { form: "wrong-person", values: given({ whoInstead: act.whoInstead }) };
    case "colleague-introduced":
      return {
        form: "introduction",
        values: given({
          who: act.who,
          email: act.email,
          delegate: act.delegate === true ? "yes" : undefined,
        }),
      };
    case "endorsed":
      return { form: "endorse", values: given({ text: act.text }) };
    case "agreement-accepted":
      return { form: "agreement", values: {} };
    case "measure-restated":
      return { form: "measure", values: { text: act.text } };
    default:
      return act satisfies never;
  }
}

function given(fields: Readonly<Record<string, string | readonly string[] | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

function priorities(items: readonly { text: string; why?: string | undefined }[]): Fields {
  const ranked = items.map((item, index) => [`priority.${index + 1}`, item.text]);
  const why = items[0]?.why;
  return Object.fromEntries(why === undefined ? ranked : [...ranked, ["why", why]]);
}

function agendaPoints(points: readonly string[]): Fields {
  return Object.fromEntries(points.map((point, index) => [`point.${index + 1}`, point.slice(0, 300)]));
}

type GoalDecision = Extract<ActInput, { kind: "goals-reviewed" }>["decisions"][number];

function goals(decisions: readonly GoalDecision[]): Fields {
  const fields = decisions.flatMap(({ goal, decision, statement, byDate, why }) => [
    [`decision.${goal}`, decision],
    [`statement.${goal}`, statement],
    [`byDate.${goal}`, byDate],
    [`why.${goal}`, why],
  ]);
  return given(Object.fromEntries(fields));
}

/** The offered time nearest to the wished one: nobody can choose a time that is not on the page. */
function chooseSlot(page: OpenPage, wished: string): FilledForm | null {
  const offered = page
    .$('input[name="slotAt"]')
    .map((_, input) => page.$(input).attr("value") ?? "")
    .get()
    .filter((value) => value !== "");
  const distance = (value: string) => Math.abs(Date.parse(value) - Date.parse(wished));
  const nearest = offered.sort((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? null : { form: "slot", values: { slotAt: nearest } };
}
