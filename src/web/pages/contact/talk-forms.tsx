import type { ContactPage } from "../../../operations/page-parts.ts";
import { Markdown } from "../markdown.tsx";
import { count, dayWords, timeWords } from "../words.ts";
import { ActForm, Choice, type FormContext, TextField } from "./act-form.tsx";

export interface Suggested {
  title: string;
  href: string;
  minutes: number;
}

const questionState: Readonly<Record<string, string>> = {
  answered: "Answered",
  accepted: "Answered",
  answered_by_resource: "Answered",
  carried_to_meeting: "For the meeting",
  closed: "Closed",
};

export function Questions(props: {
  page: ContactPage;
  context: FormContext;
  suggested: readonly Suggested[];
}) {
  const { page, context, suggested } = props;
  return (
    <section className="card" id="question">
      <h2>Your questions</h2>
      {page.questions.map((question) => (
        <div key={question.id} className="row" id={`question-${question.id}`}>
          <p>
            <span className="tag">{questionState[question.state] ?? "With us"}</span>{" "}
            <strong>{question.text}</strong>
          </p>
          {question.answer === null ? (
            <p className="soft small">
              Asked {dayWords(question.askedAt, page.zone)}. {page.csm?.name ?? "Your contact"} answers here
              and by mail.
            </p>
          ) : (
            <div className="answer">
              <Markdown text={question.answer} />
            </div>
          )}
        </div>
      ))}
      {suggested.length === 0 ? null : (
        <p className="small">
          May already be answered here:{" "}
          {suggested.map((one, index) => (
            <span key={one.href}>
              {index > 0 ? ", " : ""}
              <a href={one.href}>{one.title}</a> ({count(one.minutes, "minute")})
            </span>
          ))}
          . Asking is always fine.
        </p>
      )}
      <ActForm context={context} form="question" act="question-asked">
        <TextField
          context={context}
          form="question"
          name="text"
          label="Ask anything"
          hint="Big or small. You can also just reply to any of our mails."
          long
        />
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
    </section>
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
    <section className="card" id="intent">
      <h2>Where do you stand?</h2>
      <p className="soft">
        Only {page.csm?.name ?? "your contact with us"} and the team that looks after {page.account.name} see
        this. It is not shown to anybody at {page.account.name}. Every answer is a good answer.
      </p>
      <ActForm context={context} form="intent" act="intent-stated">
        <fieldset>
          <legend>Today</legend>
          {intents.map((intent) => (
            <Choice
              key={intent.value}
              context={context}
              form="intent"
              name="intent"
              value={intent.value}
              label={intent.label}
              standing={page.intent?.value === intent.value}
            />
          ))}
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
    </section>
  );
}

export function Meeting({ page, context }: { page: ContactPage; context: FormContext }) {
  const { meeting } = page;
  const who = page.csm?.name ?? "your contact with us";
  return (
    <section className="card" id="meeting">
      <h2>Talk with {who}</h2>
      {meeting?.state === "booked" && meeting.slotAt !== null ? (
        <p>
          <strong>{timeWords(meeting.slotAt, page.zone)}</strong> ({page.zone.replaceAll("_", " ")}). To move
          it, choose another time.
        </p>
      ) : meeting?.state === "requested" ? (
        <p>
          You asked to talk
          {meeting.slotAt === null ? "" : ` on ${timeWords(meeting.slotAt, page.zone)}`}. {who} confirms
          within one working day.
        </p>
      ) : (
        <p>
          You can ask for a talk at any time; nothing has to be finished first. It is about your list, not a
          demo.
        </p>
      )}
      {page.slots.length === 0 ? null : (
        <ActForm context={context} form="slot" act="slot-chosen">
          <fieldset className="slots">
            <legend>Times that work on our side, in your time zone</legend>
            {page.slots.map((slot) => (
              <Choice
                key={slot.at}
                context={context}
                form="slot"
                name="slotAt"
                value={slot.at}
                label={slot.words}
              />
            ))}
          </fieldset>
          <button type="submit">Choose this time</button>
        </ActForm>
      )}
      <ActForm context={context} form="meeting" act="meeting-requested">
        <TextField
          context={context}
          form="meeting"
          name="note"
          label={page.slots.length === 0 ? "Times that suit you" : "None fits? Say what would"}
        />
        <button className="quiet" type="submit">
          Ask for a talk
        </button>
      </ActForm>
      <h3 id="agenda">What we would talk about</h3>
      <AgendaList page={page} />
      <ActForm context={context} form="agenda" act="agenda-edited">
        <TextField
          context={context}
          form="agenda"
          name="note"
          label="Change the agenda"
          hint="Add, reorder or take away; your words go to the top."
          standing={page.agenda.note ?? ""}
          long
        />
        <button className="quiet" type="submit">
          Save the agenda
        </button>
      </ActForm>
    </section>
  );
}

export function AgendaList({ page }: { page: Pick<ContactPage, "agenda"> }) {
  const { items, emptyReason } = page.agenda;
  if (items.length === 0)
    return <p className="soft">{emptyReason ?? "It fills as you rank priorities and ask questions."}</p>;
  return (
    <ol>
      {items.map((item) => (
        <li key={item.text}>
          {item.text} <span className="soft small">{count(item.minutes, "minute")}</span>
        </li>
      ))}
    </ol>
  );
}
