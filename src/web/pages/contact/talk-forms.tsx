import type { ContactPage } from "../../../operations/page-parts.ts";
import { Markdown } from "../markdown.tsx";
import { Tag } from "../ui/tag.tsx";
import { ActForm, TextField } from "./act-form.tsx";
import { type FormContext, isChosen } from "./form-context.ts";
import { type Reader, When } from "./reader-time.tsx";
import { Suggestions } from "./said.tsx";
import type { Suggested } from "./suggested.ts";

const questionState: Readonly<Record<string, string>> = {
  answered: "Answered",
  accepted: "Answered",
  answered_by_resource: "Answered",
  carried_to_meeting: "For the meeting",
  closed: "Closed",
};

/** The newest; all of them have a page of their own. */
const SHOWN = 3;

/** A question can always be asked; what may answer it stands beside it, never before it (S0-28). */
export function Questions(props: {
  page: ContactPage;
  context: FormContext;
  suggested: readonly Suggested[];
  reader: Reader;
}) {
  const { page, context, suggested, reader } = props;
  const justAsked = context.said === "question-asked";
  return (
    <>
      {page.questions.slice(0, SHOWN).map((question) => (
        <div key={question.id} className="asked" id={`question-${question.id}`}>
          <p>
            <Tag tone={question.answer === null ? undefined : "good"}>
              {questionState[question.state] ?? "With us"}
            </Tag>{" "}
            <strong>
              <bdi>{question.text}</bdi>
            </strong>
          </p>
          {question.answer === null ? (
            <p className="soft small">
              Asked <When at={question.askedAt} reader={reader} />. {page.csm?.name ?? "Your contact"} answers
              here and by mail.
            </p>
          ) : (
            <div className="answer">
              <Markdown text={question.answer} />
            </div>
          )}
        </div>
      ))}
      {page.questions.length > SHOWN ? (
        <p>
          <a href={`${context.address}/questions`}>All {page.questions.length} questions and answers</a>
        </p>
      ) : null}
      <ActForm context={context} form="question" act="question-asked">
        <TextField
          context={context}
          form="question"
          name="text"
          label="Ask anything"
          hint="Big or small. You can also just reply to any of our mails."
          long
        />
        <div
          className="small"
          id="suggestions"
          aria-live="polite"
          data-suggest={`${context.address}/suggest`}
        >
          {suggested.length === 0 ? null : (
            <Suggestions
              title={justAsked ? "Meanwhile this may help" : "May already be answered here"}
              suggested={suggested}
            />
          )}
        </div>
        <button type="submit">Ask</button>
      </ActForm>
      <details
        className="fold"
        open={context.typed?.form === "no-question" || context.typed?.form === "objection"}
      >
        <summary>No question, or a doubt instead?</summary>
        <ActForm context={context} form="no-question" act="no-question">
          <TextField
            context={context}
            form="no-question"
            name="because"
            label="I have no open question, because"
            standing={page.noQuestionBecause ?? ""}
          />
          <button className="quiet" type="submit">
            Save
          </button>
        </ActForm>
        <ActForm context={context} form="objection" act="objection-raised">
          <TextField
            context={context}
            form="objection"
            name="text"
            label="Something speaks against this for me"
            hint="Said early, it gets a straight answer from a person."
            long
          />
          <button className="quiet" type="submit">
            Raise it
          </button>
        </ActForm>
      </details>
    </>
  );
}

const intents = [
  { value: "keep", label: "I want to keep using it" },
  { value: "expand", label: "I want to do more with it" },
  { value: "undecided", label: "I have not decided" },
  { value: "review_alternatives", label: "I am looking at alternatives" },
  { value: "replace", label: "I want to replace it" },
] as const;

export function Stand({ page, context }: { page: ContactPage; context: FormContext }) {
  return (
    <>
      <p className="soft">
        Only {page.csm?.name ?? "your contact with us"} and the team that looks after {page.account.name} see
        this. It is not shown to anybody at {page.account.name}. Every answer is a good answer.
      </p>
      <ActForm context={context} form="intent" act="intent-stated">
        <fieldset>
          <legend>Today</legend>
          <div className="choices">
            {intents.map((intent) => (
              <label className="choice" key={intent.value}>
                <input
                  type="radio"
                  name="intent"
                  value={intent.value}
                  defaultChecked={isChosen(
                    context,
                    "intent",
                    "intent",
                    intent.value,
                    page.intent?.value === intent.value,
                  )}
                />
                <span>{intent.label}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          context={context}
          form="intent"
          name="why"
          label="Why"
          standing={page.intent?.why ?? ""}
          long
        />
        <button type="submit">Save</button>
      </ActForm>
    </>
  );
}
