import { competitorText } from "../domain/sequences/competitor-text.ts";
import type { MergeValues } from "../domain/sequences/merge-fields.ts";
import type { Block, BlockOf, Competitor } from "../domain/sequences/sequence.ts";
import type { KnowledgeAnswer, Objective, Task } from "../drivers/store/generated/client.ts";
import type { PageBlock } from "./page-parts.ts";
import { fillMarkdown, fillPlain } from "./reader-values.ts";

/** What stands beside the blocks of a step: the reader's own present state. */
export interface BlockState {
  values: MergeValues;
  competitor: Competitor | null;
  tasks: ReadonlyMap<string, Task>;
  objectives: ReadonlyMap<string, Objective>;
  /** Newest answer by item. */
  answers: ReadonlyMap<string, KnowledgeAnswer>;
  confirmed: ReadonlySet<string>;
}

export function pageBlock(block: Block, state: BlockState): PageBlock {
  const plain = (text: string) => fillPlain(text, state.values);
  const markdown = (text: string) => fillMarkdown(text, state.values);
  switch (block.type) {
    case "resource":
      return {
        type: "resource",
        key: block.key,
        title: plain(block.title),
        kind: block.kind,
        minutes: block.minutes,
        url: block.url ?? null,
        page: block.page ?? null,
        body: block.body === undefined ? null : markdown(block.body),
        knowledge: block.knowledge,
        confirmed: state.confirmed.has(block.key),
      };
    case "task":
      return taskBlock(block, state, plain);
    case "objective":
      return {
        type: "objective",
        key: block.key,
        text: plain(block.text),
        state: state.objectives.get(block.key)?.state ?? "set",
      };
    case "check":
      return checkBlock(block, state, plain);
    case "priorities":
      return { type: "priorities", prompt: plain(block.prompt), options: block.options.map(plain) };
    case "question":
    case "value":
    case "endorse":
    case "intent":
    case "goals":
    case "agreement":
    case "meeting":
      return { type: block.type, prompt: plain(block.prompt) };
    case "competitor":
      return {
        type: "text",
        place: `competitor-${block.show}`,
        text: markdown(competitorText(block, state.competitor)),
      };
    case "text":
      return { type: "text", place: null, text: markdown(block.text) };
    default:
      return block satisfies never;
  }
}

function taskBlock(block: BlockOf<"task">, state: BlockState, plain: (text: string) => string): PageBlock {
  const row = state.tasks.get(block.key);
  const given = row?.evidence ?? null;
  const chosen = new Set(given?.split("\n") ?? []);
  return {
    type: "task",
    key: block.key,
    text: plain(block.text),
    why: block.why === undefined ? null : plain(block.why),
    minutes: block.minutes,
    must: block.must,
    evidence: block.evidence,
    choices: (block.choices ?? []).map(({ key, text }) => ({
      key,
      text: plain(text),
      chosen: chosen.has(text),
    })),
    multiple: block.multiple,
    hint: block.hint === undefined ? null : plain(block.hint),
    form: block.form ?? null,
    state: row?.state ?? "open",
    given,
  };
}

/** Nothing is told before an answer; after it the reader learns what fits best and why, whatever they chose. */
function checkBlock(block: BlockOf<"check">, state: BlockState, plain: (text: string) => string): PageBlock {
  return {
    type: "check",
    key: block.key,
    items: block.items.map((item) => {
      const answer = state.answers.get(item.key);
      const choice = item.choices.find(({ key }) => key === answer?.answer);
      const best = item.choices.find(({ right }) => right);
      return {
        key: item.key,
        question: plain(item.question),
        choices: item.choices.map(({ key, text }) => ({ key, text: plain(text) })),
        last:
          answer === undefined || choice === undefined
            ? null
            : {
                choice: choice.key,
                right: choice.right,
                feedback: plain(choice.feedback),
                answer:
                  choice.right || best === undefined
                    ? null
                    : { text: plain(best.text).replace(/\.$/, ""), why: plain(best.feedback) },
              },
      };
    }),
  };
}
