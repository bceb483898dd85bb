import type { PageBlock } from "../../../operations/page-parts.ts";
import { Markdown } from "../markdown.tsx";
import { count } from "../words.ts";
import { ActForm, Choice, Kept, TextField } from "./act-form.tsx";
import type { FormContext } from "./form-context.ts";
import { placeOn } from "./part.tsx";

type BlockOf<T extends PageBlock["type"]> = Extract<PageBlock, { type: T }>;

/** Where the form that answers a task stands on this page. */
const sectionOf: Readonly<Record<string, { id: string; words: string }>> = {
  goals: { id: "goals", words: "Go to your goals" },
  agreement: { id: "agreement", words: "Go to the plan" },
  priorities: { id: "priorities", words: "Rank your priorities" },
  intent: { id: "intent", words: "Say where you stand" },
  question: { id: "question", words: "Ask a question" },
  value: { id: "value", words: "Look at the numbers" },
  meeting: { id: "meeting", words: "Choose a time" },
  profile: { id: "you", words: "Tell us about your role" },
  introduction: { id: "people", words: "Name a colleague" },
};

const settled = ["done_self", "done_evidence", "verified", "waived", "not_applicable"];

export function Blocks(props: { context: FormContext; stepKey: string; blocks: readonly PageBlock[] }) {
  return props.blocks.map((block, index) => (
    <BlockView
      key={`${props.stepKey}-${"key" in block ? block.key : index}`}
      context={props.context}
      block={block}
    />
  ));
}

function BlockView({ context, block }: { context: FormContext; block: PageBlock }) {
  switch (block.type) {
    case "resource":
      return <ResourceView context={context} block={block} />;
    case "task":
      return <TaskView context={context} block={block} />;
    case "objective":
      return <ObjectiveView context={context} block={block} />;
    case "check":
      return <CheckView context={context} block={block} />;
    case "text":
      return (
        <div id={block.place ?? undefined}>
          <Markdown text={block.text} />
        </div>
      );
    case "endorse":
      return <EndorseView context={context} prompt={block.prompt} />;
    case "question":
    case "priorities":
    case "value":
    case "intent":
    case "goals":
    case "agreement":
    case "meeting":
      return <Pointer prompt={block.prompt} to={block.type} />;
    default:
      return block satisfies never;
  }
}

function Pointer({ prompt, to }: { prompt: string; to: string }) {
  const section = sectionOf[to];
  return (
    <div className="block">
      <p>
        {prompt} {section === undefined ? null : <a href={placeOn(section.id)}>{section.words}</a>}
      </p>
    </div>
  );
}

/** A long text has an address of its own: the page stays light, and reading it is known as what it is. */
const LONG_TEXT = 400;

export function readsApart(block: BlockOf<"resource">): boolean {
  return block.url === null && (block.body?.length ?? 0) > LONG_TEXT;
}

/** Where a resource is read; null: where it stands. */
export function resourceAddress(block: BlockOf<"resource">, address: string): string | null {
  if (block.url !== null) return block.url;
  if (block.page !== null) return `${address}/${block.page}`;
  return readsApart(block) ? `${address}/read/${block.key}` : null;
}

function ResourceView({ context, block }: { context: FormContext; block: BlockOf<"resource"> }) {
  const href = resourceAddress(block, context.address);
  return (
    <div className="block" id={`resource-${block.key}`}>
      <p className="kind">Resource · {count(block.minutes, "minute")}</p>
      <p>{href === null ? <strong>{block.title}</strong> : <a href={href}>{block.title}</a>}</p>
      {block.body === null || readsApart(block) ? null : (
        <details className="fold" open={block.url === null}>
          <summary>Read it here</summary>
          <Markdown text={block.body} />
        </details>
      )}
      {block.confirmed ? (
        <>
          <Kept context={context} form={`resource:${block.key}`} />
          <p className="small soft">You said you have read this.</p>
        </>
      ) : (
        <ActForm
          context={context}
          form={`resource:${block.key}`}
          act="resource-confirmed"
          fields={{ resource: block.key }}
        >
          <button className="quiet small" type="submit">
            I have read it
          </button>
        </ActForm>
      )}
    </div>
  );
}

function TaskView({ context, block }: { context: FormContext; block: BlockOf<"task"> }) {
  const form = `task:${block.key}`;
  const section = block.form === null ? undefined : sectionOf[block.form];
  return (
    <div className="block task" id={`task-${block.key}`}>
      <p className="kind">
        Task · {count(block.minutes, "minute")}
        {block.must ? " · the one that matters in this step" : ""}
      </p>
      <p>
        <strong>{block.text}</strong>
      </p>
      {block.why === null ? null : <p className="soft">{block.why}</p>}
      {settled.includes(block.state) ? <TaskGiven block={block} /> : null}
      {section !== undefined ? (
        <p>
          <a className="button quiet" href={placeOn(section.id)}>
            {section.words}
          </a>
        </p>
      ) : block.state === "waived" || block.state === "not_applicable" ? null : (
        <TaskForm context={context} form={form} block={block} />
      )}
    </div>
  );
}

function TaskGiven({ block }: { block: BlockOf<"task"> }) {
  const words =
    block.state === "waived" || block.state === "not_applicable"
      ? "You need not do this one."
      : block.given === null
        ? "You marked this as done."
        : null;
  if (words !== null) return <p className="small soft">{words}</p>;
  return (
    <div className="answer">
      <p className="small soft">You wrote</p>
      <p className="given">
        <bdi>{block.given}</bdi>
      </p>
    </div>
  );
}

function TaskForm({ context, form, block }: { context: FormContext; form: string; block: BlockOf<"task"> }) {
  const again = settled.includes(block.state);
  // Saved a moment ago: what is said about it stands open, the form is folded.
  const kept = again && context.saved === form;
  const fields = (
    <ActForm
      context={kept ? { ...context, saved: null } : context}
      form={form}
      act="task-done"
      fields={{ task: block.key }}
    >
      {block.evidence === "choice" ? (
        <fieldset>
          <legend>{block.multiple ? "Tick all that fit" : "Choose one"}</legend>
          {block.choices.map((choice) => (
            <Choice
              key={choice.key}
              context={context}
              form={form}
              name="choices"
              value={choice.key}
              label={choice.text}
              many={block.multiple}
              standing={choice.chosen}
            />
          ))}
        </fieldset>
      ) : null}
      {block.evidence === "text" ? (
        <TextField
          context={context}
          form={form}
          name="text"
          label="What you did or found"
          hint={block.hint}
          long
        />
      ) : null}
      {block.evidence === "link" ? (
        <>
          <TextField
            context={context}
            form={form}
            name="link"
            label="A link to it"
            hint={block.hint ?? "It starts with https://. If there is no link, describe it below."}
            kind="url"
          />
          <TextField context={context} form={form} name="text" label="Or in words" long />
        </>
      ) : null}
      <button type="submit">{again ? "Save the change" : block.evidence === "none" ? "Done" : "Save"}</button>
    </ActForm>
  );
  if (!again || context.typed?.form === form) return fields;
  return (
    <>
      {kept ? <Kept context={context} form={form} /> : null}
      <details className="fold">
        <summary>Change or add something</summary>
        {fields}
      </details>
    </>
  );
}

function ObjectiveView({ context, block }: { context: FormContext; block: BlockOf<"objective"> }) {
  return (
    <div className="block" id={`objective-${block.key}`}>
      <p className="kind">Objective</p>
      <p>{block.text}</p>
      {block.state === "met" ? (
        <>
          <Kept context={context} form={`objective:${block.key}`} />
          <p className="small soft">You said: yes, I can.</p>
        </>
      ) : (
        <ActForm
          context={context}
          form={`objective:${block.key}`}
          act="objective-confirmed"
          fields={{ objective: block.key }}
        >
          <div className="buttons">
            <button className="quiet small" type="submit" name="met" value="yes">
              Yes, I can
            </button>
            <button className="quiet small" type="submit" name="met" value="no">
              Not yet
            </button>
          </div>
        </ActForm>
      )}
      {block.state === "not_met" ? (
        <p className="small soft">You said: not yet. That is useful to know; it goes on the agenda.</p>
      ) : null}
    </div>
  );
}

function CheckView({ context, block }: { context: FormContext; block: BlockOf<"check"> }) {
  const form = `check:${block.key}`;
  return (
    <div className="block" id={block.key}>
      <p className="kind">A quick check for yourself. Try as often as you like.</p>
      <ActForm context={context} form={form} act="check-answered" fields={{ check: block.key }}>
        {block.items.map((item) => (
          <fieldset key={item.key}>
            <legend>{item.question}</legend>
            {item.choices.map((choice) => (
              <Choice
                key={choice.key}
                context={context}
                form={form}
                name={`item.${item.key}`}
                value={choice.key}
                label={choice.text}
                standing={item.last?.choice === choice.key}
              />
            ))}
            {item.last === null ? null : (
              <div className="answer" role="status">
                <p>
                  <strong>{item.last.right ? "Yes." : "Not quite yet."}</strong> {item.last.feedback}
                </p>
                {item.last.answer === null ? null : (
                  <p>
                    <strong>What fits best:</strong> {item.last.answer.text}. {item.last.answer.why}
                  </p>
                )}
              </div>
            )}
          </fieldset>
        ))}
        <button type="submit">
          {block.items.some((item) => item.last !== null) ? "Try again" : "Check"}
        </button>
      </ActForm>
    </div>
  );
}

function EndorseView({ context, prompt }: { context: FormContext; prompt: string }) {
  return (
    <div className="block" id="endorse">
      <p>{prompt}</p>
      <ActForm context={context} form="endorse" act="endorsed">
        <TextField
          context={context}
          form="endorse"
          name="text"
          label="Two lines, if you like"
          hint="Leave it empty if you have told them yourself."
          long
        />
        <button type="submit">I have introduced them</button>
      </ActForm>
    </div>
  );
}
