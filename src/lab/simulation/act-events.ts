import { classified } from "../../domain/engagement/classify-evidence.ts";
import type { EngagementEvent, LogEvent } from "../../domain/engagement/events.ts";
import type { Block, BlockOf, Sequence } from "../../domain/sequences/sequence.ts";
import type { PersonaAct } from "../personas/persona.ts";

type Facts<E> = E extends LogEvent ? Omit<E, "at" | "id"> : never;
type EventFacts = Facts<LogEvent>;

/**
 * The lines of the log that an act becomes, as the product writes them: a form that was filled also
 * does every task that asks for that form, with what was written as its evidence, unless `answered`
 * has "proof.<task>" already.
 */
export function eventsOfAct(
  act: PersonaAct,
  sequence: Sequence,
  answered: ReadonlySet<string>,
  at: string,
  id: string,
): EngagementEvent[] {
  const blocks = blocksOf(sequence);
  return [...ownEvents(act, blocks), ...formTasks(act, blocks, answered)].map((facts, index) =>
    classified({ ...facts, at, id: `${id}.${index}` } as LogEvent),
  );
}

function ownEvents(act: PersonaAct, blocks: readonly Block[]): EventFacts[] {
  switch (act.kind) {
    case "open-page":
      return [
        { kind: "click", position: 1 },
        { kind: "page-visit", seconds: act.seconds, ...(act.item === null ? {} : { item: act.item }) },
      ];
    case "reply":
      return [{ kind: "reply", text: act.text }];
    case "auto-reply":
      return [{ kind: "auto-reply", ...(act.standIn === null ? {} : { standIn: act.standIn }) }];
    case "unsubscribe":
      return [{ kind: "unsubscribe" }];
    case "task-done":
      return taskEvents(act, blocks);
    case "check-answered":
      return act.answers.map(({ item, choice }) => ({
        kind: "check-answered",
        item,
        right: isRight(blocks, act.check, item, choice),
      }));
    case "resource-confirmed":
      return [{ kind: "resource-confirmed", item: act.resource }];
    case "question-asked":
      return [{ kind: "question-asked", question: act.text, text: act.text }];
    case "objection-raised":
      return [
        {
          kind: "question-asked",
          question: act.text,
          text: act.text,
          severity: "high",
          questionKind: "objection",
        },
      ];
    case "no-question":
      return [{ kind: "no-question", because: act.because }];
    case "priorities-set":
      return [{ kind: "priorities-set", items: act.items.map((item) => item.text) }];
    case "goals-reviewed":
      return act.decisions.map(({ goal, decision }) => ({
        kind: "goal-confirmed",
        goal,
        edited: decision === "change",
        dropped: decision === "drop",
      }));
    case "value-reviewed":
      return [{ kind: "value-confirmed", value: act.value, corrected: act.decision === "correct" }];
    case "intent-stated":
      return [{ kind: "intent-stated", intent: act.intent }];
    case "meeting-requested":
      return [{ kind: "meeting-requested" }];
    case "slot-chosen":
      return [{ kind: "slot-chosen", slotAt: act.slotAt }];
    case "objective-confirmed":
      return [{ kind: "objective-confirmed", objective: act.objective, met: act.met }];
    case "profile-told":
      return [{ kind: "profile-told", text: act.text }];
    case "pace-changed":
      return [{ kind: "pace-changed", pace: act.pace }];
    case "pause-asked":
      return [{ kind: "paused", reason: "asked for" }];
    case "resume-asked":
      return [{ kind: "resumed" }];
    case "wrong-person":
      return [{ kind: "wrong-person" }];
    case "colleague-introduced":
      return [{ kind: "colleague-introduced", who: act.who }];
    case "endorsed":
    case "agreement-accepted":
    case "measure-restated":
    case "agenda-edited":
    case "agenda-set":
    case "agenda-arranged":
      return [];
    default:
      return act satisfies never;
  }
}

function taskEvents(act: Extract<PersonaAct, { kind: "task-done" }>, blocks: readonly Block[]): EventFacts[] {
  const evidenceText = act.text ?? act.link ?? act.choices?.join(", ");
  const task = blocks.filter((block) => block.type === "task").find((block) => block.key === act.task);
  const areas = (task?.choices ?? []).flatMap((choice) =>
    choice.area !== undefined && act.choices?.includes(choice.key) ? [choice.area] : [],
  );
  return [
    { kind: "task-done", task: act.task, ...(evidenceText === undefined ? {} : { evidenceText }) },
    ...(task?.choices?.some((choice) => choice.area !== undefined) && act.choices !== undefined
      ? [{ kind: "areas-known" as const, areas }]
      : []),
  ];
}

function isRight(blocks: readonly Block[], check: string, item: string, choice: string): boolean {
  return blocks
    .filter((block): block is BlockOf<"check"> => block.type === "check" && block.key === check)
    .flatMap((block) => block.items)
    .filter((one) => one.key === item)
    .some((one) => one.choices.some((option) => option.key === choice && option.right));
}

const FORM_OF: Partial<Record<PersonaAct["kind"], NonNullable<BlockOf<"task">["form"]>>> = {
  "goals-reviewed": "goals",
  "priorities-set": "priorities",
  "intent-stated": "intent",
  "question-asked": "question",
  "no-question": "question",
  "value-reviewed": "value",
  "meeting-requested": "meeting",
  "slot-chosen": "meeting",
  "profile-told": "profile",
  "colleague-introduced": "introduction",
};

function formTasks(act: PersonaAct, blocks: readonly Block[], answered: ReadonlySet<string>): EventFacts[] {
  const form = FORM_OF[act.kind];
  if (form === undefined) return [];
  const tasks = blocks
    .filter((block) => block.type === "task")
    .filter((block) => block.form === form && !answered.has(`proof.${block.key}`));
  return [...new Set(tasks.map(({ key }) => key))].map((task) => ({
    kind: "task-done",
    task,
    evidenceText: `by the form: ${act.kind}`,
  }));
}

const known = new WeakMap<Sequence, readonly Block[]>();

/** The page holds the whole course, so an act may answer any of its blocks. */
function blocksOf(sequence: Sequence): readonly Block[] {
  let blocks = known.get(sequence);
  if (blocks === undefined) {
    blocks = sequence.steps.flatMap((step) => [...step.blocks, ...(step.variantB?.blocks ?? [])]);
    known.set(sequence, blocks);
  }
  return blocks;
}
