import type { Act } from "../../domain/engagement/acts.ts";
import { type ActContext, type ActOutcome, refusal } from "./act-context.ts";
import { answerCheck, confirmObjective, confirmResource, doTask } from "./course-acts.ts";
import { arrange, chooseSlot, editAgenda, requestMeeting, setAgenda } from "./meeting-acts.ts";
import { acceptAgreement, reviewGoals, reviewValue } from "./plan-acts.ts";
import { changeOwnPace, introduceColleague, notMe, pauseSelf, resumeSelf } from "./program-acts.ts";
import { endorse, restateMeasure } from "./sponsor-acts.ts";
import {
  askQuestion,
  raiseObjection,
  sayNoQuestion,
  setPriorities,
  stateIntent,
  tellProfile,
} from "./word-acts.ts";

/** Writes one act: its lines in the log and the rows that show its present state. */
export async function applyAct(context: ActContext, act: Act): Promise<ActOutcome> {
  switch (act.kind) {
    case "task-done":
      return doTask(context, act);
    case "check-answered":
      return answerCheck(context, act);
    case "resource-confirmed":
      return confirmResource(context, act);
    case "objective-confirmed":
      return confirmObjective(context, act);
    case "question-asked":
      return askQuestion(context, act);
    case "no-question":
      return sayNoQuestion(context, act);
    case "objection-raised":
      return raiseObjection(context, act);
    case "priorities-set":
      return setPriorities(context, act);
    case "goals-reviewed":
      return reviewGoals(context, act);
    case "value-reviewed":
      return reviewValue(context, act);
    case "intent-stated":
      return stateIntent(context, act);
    case "profile-told":
      return tellProfile(context, act);
    case "meeting-requested":
      return requestMeeting(context, act);
    case "slot-chosen":
      return chooseSlot(context, act);
    case "agenda-edited":
      return editAgenda(context, act);
    case "agenda-set":
      return setAgenda(context, act);
    case "agenda-arranged":
      return arrange(context, act);
    case "pace-changed":
      return changeOwnPace(context, act);
    case "pause-asked":
      return pauseSelf(context, act);
    case "resume-asked":
      return resumeSelf(context);
    case "wrong-person":
      return notMe(context, act);
    case "colleague-introduced":
      return introduceColleague(context, act);
    case "agreement-accepted":
      return acceptAgreement(context, act);
    case "endorsed":
      return forSponsor(context) ?? endorse(context, act);
    case "measure-restated":
      return forSponsor(context) ?? restateMeasure(context, act);
    default:
      return act satisfies never;
  }
}

function forSponsor(context: ActContext): ActOutcome | null {
  if (context.frame.enrollment.audience === "sponsor") return null;
  return refusal("not-the-sponsor", "kind", "Only the sponsor can do this.", "Use the sponsor's own page.");
}
