import type { SponsorPage } from "../../../operations/sponsor-page.ts";
import { ActForm, TextField } from "../contact/act-form.tsx";
import { Blocks } from "../contact/blocks.tsx";
import { Csm } from "../contact/contact-page.tsx";
import type { FormContext } from "../contact/form-context.ts";
import { Goals } from "../contact/plan-forms.tsx";
import { Priorities } from "../contact/priorities-form.tsx";
import { OnDate, type Reader, When } from "../contact/reader-time.tsx";
import { Said } from "../contact/said.tsx";
import { Narrow } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";

/** What changed, three lines, the goals, one ask. Nothing private of the contact (domain.md F). Printable. */
export function sponsorPageView(props: {
  page: SponsorPage;
  context: FormContext;
  said: string | null;
  /** A script only moves rows; the page works without it. */
  nonce?: string;
}) {
  const { page, said, nonce = "" } = props;
  const context = { ...props.context, said };
  const reader = { zone: page.zone, language: page.language };
  return (
    <Narrow
      styles={["course", "contact"]}
      title={`${page.product} at ${page.account.name}`}
      {...(nonce === "" ? {} : { scripts: { names: ["contact"], nonce } })}
    >
      <header className="hello">
        <p className="soft small">
          <bdi>{page.account.name}</bdi> · {page.product}
        </p>
        <h1>
          Hello <bdi>{page.sponsor.firstName}</bdi>
        </h1>
      </header>
      <Said kind={said} />
      <section className="card next hero">
        <p className="kind">What changed</p>
        <h2>{page.whatChanged}</h2>
        <ul className="plain lines">
          {page.status.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <Ask page={page} context={context} />
      <Endorse page={page} context={context} reader={reader} />
      <section className="card" id="goals">
        <h2>The goals</h2>
        <Goals plan={page.plan} context={context} party="sponsor" reader={reader} />
      </section>
      <section className="card" id="priorities">
        <h2>Your priorities</h2>
        <Priorities
          context={context}
          standing={page.priorities}
          options={[]}
          prompt="What should come first, from where you sit? One is enough."
        />
      </section>
      <NextDates page={page} reader={reader} />
      <Measure page={page} context={context} />
      <Results page={page} />
      <Question context={context} />
      <StorySoFar page={page} reader={reader} />
      <section className="card">
        <Csm csm={page.csm} address={context.address} />
        <p className="why soft">{`You see counts and shared goals only; what ${page.contact?.firstName ?? "your colleague"} writes to us stays between them and us.`}</p>
      </section>
      <Stop context={context} />
    </Narrow>
  );
}

const places: Readonly<Record<string, { id: string; words: string }>> = {
  goals: { id: "goals", words: "Look at the goals" },
  agreement: { id: "agreement", words: "Read and agree" },
  priorities: { id: "priorities", words: "Say what comes first" },
  question: { id: "question", words: "Ask a question" },
  endorse: { id: "endorse", words: "Introduce them" },
};

/** The newest step's ask, as one button to the one place where it is answered. */
function Ask({ page, context }: { page: SponsorPage; context: FormContext }) {
  if (page.ask === null) return null;
  const { blocks, opening, stepKey, title } = page.ask;
  const asked = blocks.find((block) => block.type in places && !(block.type === "endorse" && page.endorsed));
  const place = asked === undefined ? undefined : places[asked.type];
  const prompt = asked !== undefined && "prompt" in asked ? asked.prompt : null;
  return (
    <section className="card" id="ask">
      <h2>{title}</h2>
      <Markdown text={opening} />
      {place === undefined || !context.live ? null : (
        <div className="one-ask">
          {prompt === null ? null : <p>{prompt}</p>}
          <p>
            <a className="button" href={`#${place.id}`}>
              {place.words}
            </a>
          </p>
        </div>
      )}
      <Blocks
        context={context}
        stepKey={stepKey}
        blocks={blocks.filter((block) => block !== asked && block.type !== "endorse")}
      />
    </section>
  );
}

function Endorse({ page, context, reader }: { page: SponsorPage; context: FormContext; reader: Reader }) {
  const name = page.contact?.firstName;
  if (name === undefined) return null;
  return (
    <section className="card" id="endorse">
      <h2>
        Introduce <bdi>{name}</bdi>
      </h2>
      {page.endorsed === null ? (
        <p>Two lines from you to the team make {name}'s start much easier.</p>
      ) : (
        <p>
          You did on <When at={page.endorsed.at} reader={reader} />. Thank you.
          {page.endorsed.text === null ? "" : ` You wrote: “${page.endorsed.text}”`}
        </p>
      )}
      {page.endorsed === null ? (
        <ActForm context={context} form="endorse" act="endorsed">
          <TextField
            context={context}
            form="endorse"
            name="text"
            label="What you told the team"
            hint="Leave it empty if you would rather not share it."
            long
          />
          <button type="submit">I have introduced {name}</button>
        </ActForm>
      ) : null}
    </section>
  );
}

function Measure({ page, context }: { page: SponsorPage; context: FormContext }) {
  return (
    <section className="card" id="measure">
      <h2>How you will know it worked</h2>
      {page.measure === null ? null : (
        <blockquote>
          <bdi>{page.measure}</bdi>
        </blockquote>
      )}
      <ActForm context={context} form="measure" act="measure-restated">
        <TextField
          context={context}
          form="measure"
          name="text"
          label="The measure of success, in your words"
          standing={page.measure ?? ""}
          long
        />
        <button className="quiet" type="submit">
          Save
        </button>
      </ActForm>
    </section>
  );
}

function NextDates({ page, reader }: { page: SponsorPage; reader: Reader }) {
  if (page.nextDates.length === 0) return null;
  return (
    <section className="card">
      <h2>Next dates</h2>
      <ul className="plain dates">
        {page.nextDates.map((next) => (
          <li key={`${next.on.toISOString()}-${next.text}`}>
            <span className="soft">
              <When at={next.on} reader={reader} how="date" />
            </span>
            <span>{next.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Results({ page }: { page: SponsorPage }) {
  const confirmed = page.values.filter((value) => value.confirmed);
  if (confirmed.length === 0) return null;
  return (
    <section className="card" id="value">
      <h2>What it has been worth</h2>
      <dl className="worth">
        {confirmed.map((value) => (
          <div key={value.id}>
            <dt>{value.metric}</dt>
            <dd>
              <strong>
                {value.current} {value.unit}
              </strong>{" "}
              <span className="soft small">
                before: {value.baseline} {value.unit} · {value.period}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Question({ context }: { context: FormContext }) {
  return (
    <section className="card" id="question">
      <h2>A question?</h2>
      <ActForm context={context} form="question" act="question-asked">
        <TextField
          context={context}
          form="question"
          name="text"
          label="Ask, or just reply to our mail"
          long
        />
        <button className="quiet" type="submit">
          Ask
        </button>
      </ActForm>
    </section>
  );
}

function StorySoFar({ page, reader }: { page: SponsorPage; reader: Reader }) {
  if (page.story.length === 0) return null;
  return (
    <details className="card">
      <summary>The story so far</summary>
      <ul className="plain story">
        {page.story.toReversed().map((entry) => (
          <li key={`${entry.date}-${entry.text}`}>
            <p className="small soft">
              <OnDate date={entry.date} reader={reader} />
            </p>
            <p>
              <bdi>{entry.text}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Stop({ context }: { context: FormContext }) {
  return (
    <footer>
      <ActForm context={context} form="stop" act="stop">
        <button className="danger small" type="submit">
          Stop these mails
        </button>
      </ActForm>
    </footer>
  );
}
