import type { PageBlock } from "../../../operations/page-parts.ts";
import type { SponsorPage } from "../../../operations/sponsor-page.ts";
import { ActForm, Kept, TextField } from "../contact/act-form.tsx";
import { Blocks } from "../contact/blocks.tsx";
import { Csm } from "../contact/contact-page.tsx";
import type { FormContext } from "../contact/form-context.ts";
import { Part } from "../contact/part.tsx";
import { Goals } from "../contact/plan-forms.tsx";
import { Priorities } from "../contact/priorities-form.tsx";
import { OnDate, type Reader, When } from "../contact/reader-time.tsx";
import { Said } from "../contact/said.tsx";
import { Narrow } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { count } from "../words.ts";

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
  const ask = askedFor(page);
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
      <Ask page={page} context={context} reader={reader} ask={ask} />
      {isGoals(ask) ? null : (
        <section className="card" id="goals">
          <h2>The goals</h2>
          <Goals
            plan={page.plan}
            context={context}
            party="sponsor"
            reader={reader}
            main={isAnswered(page, ask)}
          />
        </section>
      )}
      <NextDates page={page} reader={reader} />
      <section className="card parts" aria-labelledby="else">
        <h2 className="kind" id="else">
          Anything else
        </h2>
        <Rest page={page} context={context} reader={reader} ask={ask} />
      </section>
      <section className="card">
        <Csm csm={page.csm} address={context.address} />
        <p className="why soft">
          You see counts and shared goals only; what {page.contact?.firstName ?? "your colleague"} writes to
          us stays between them and us.
        </p>
      </section>
      <Stop context={context} />
    </Narrow>
  );
}

const ASKS = ["endorse", "agreement", "goals", "priorities", "question", "meeting"] as const;
type Asked = Extract<PageBlock, { type: (typeof ASKS)[number] }>;
type Props = { page: SponsorPage; context: FormContext; reader: Reader };

/** The one thing that the newest step asks for. */
function askedFor(page: SponsorPage): Asked | null {
  const asks = (page.ask?.blocks ?? []).filter((block): block is Asked =>
    (ASKS as readonly string[]).includes(block.type),
  );
  return asks.find(({ type }) => type !== "endorse" || page.contact !== null) ?? null;
}

const isGoals = (ask: Asked | null): boolean => ask?.type === "agreement" || ask?.type === "goals";

/** Answered, or nothing is asked: then agreeing to the goals is what is left. */
function isAnswered(page: SponsorPage, ask: Asked | null): boolean {
  if (ask === null) return true;
  if (ask.type === "endorse") return page.endorsed !== null;
  if (ask.type === "priorities") return page.priorities.length > 0;
  if (ask.type === "meeting") return page.talk !== null;
  return false;
}

/** The newest step's ask with the form that answers it: the one solid button of the page. */
function Ask({ page, context, reader, ask }: Props & { ask: Asked | null }) {
  if (page.ask === null) return null;
  const { blocks, opening, stepKey, title } = page.ask;
  return (
    <section className="card" id="ask">
      <h2>{title}</h2>
      {context.mailStep === stepKey ? (
        <details className="fold">
          <summary>What our mail said</summary>
          <Markdown text={opening} />
        </details>
      ) : (
        <Markdown text={opening} />
      )}
      <Blocks
        context={context}
        stepKey={stepKey}
        blocks={blocks.filter(({ type }) => type !== ask?.type && type !== "endorse")}
      />
      {ask === null ? null : (
        <div className="row" id={isGoals(ask) ? undefined : ask.type}>
          <AnswerTo page={page} context={context} reader={reader} ask={ask} />
        </div>
      )}
    </section>
  );
}

function AnswerTo({ page, context, reader, ask }: Props & { ask: Asked }) {
  switch (ask.type) {
    case "endorse":
      return <Endorse page={page} context={context} reader={reader} prompt={ask.prompt} main />;
    case "priorities":
      return (
        <Priorities
          context={context}
          standing={page.priorities}
          options={ask.options}
          prompt={ask.prompt}
          main={!isAnswered(page, ask)}
        />
      );
    case "question":
      return <Question context={context} prompt={ask.prompt} main />;
    case "meeting":
      return <Talk page={page} context={context} reader={reader} prompt={ask.prompt} />;
    case "agreement":
    case "goals":
      return (
        <div id="goals">
          <p>{ask.prompt}</p>
          <Goals plan={page.plan} context={context} party="sponsor" reader={reader} />
        </div>
      );
    default:
      return ask satisfies never;
  }
}

/** What else can be read and said, each folded to its name and how it stands. */
function Rest({ page, context, reader, ask }: Props & { ask: Asked | null }) {
  const name = page.contact?.firstName;
  const [first] = page.priorities;
  const confirmed = page.values.filter((value) => value.confirmed);
  return (
    <>
      {name === undefined || ask?.type === "endorse" ? null : (
        <Part
          context={context}
          id="endorse"
          title={
            <>
              Introduce <bdi>{name}</bdi>
            </>
          }
          state={page.endorsed === null ? "Two lines from you to the team" : "Done, thank you"}
        >
          <Endorse page={page} context={context} reader={reader} />
        </Part>
      )}
      {ask?.type === "priorities" ? null : (
        <Part
          context={context}
          id="priorities"
          title="Your priorities"
          state={first === undefined ? "Not ranked yet; one is enough" : `First: ${first.text}`}
        >
          <Priorities
            context={context}
            standing={page.priorities}
            options={[]}
            prompt="What should come first, from where you sit? One is enough."
            main={false}
          />
        </Part>
      )}
      <Part
        context={context}
        id="measure"
        title="How you will know it worked"
        state={page.measure === null ? "Not said yet" : `“${page.measure}”`}
      >
        <Measure page={page} context={context} />
      </Part>
      {confirmed.length === 0 ? null : (
        <Part
          context={context}
          id="value"
          title="What it has been worth"
          state={`${count(confirmed.length, "number")}, confirmed by your team`}
        >
          <Results values={confirmed} />
        </Part>
      )}
      {page.story.length === 0 ? null : (
        <Part
          context={context}
          id="story"
          title="The story so far"
          state={count(page.story.length, "entry", "entries")}
        >
          <StorySoFar page={page} reader={reader} />
        </Part>
      )}
      {ask?.type === "question" ? null : (
        <Part context={context} id="question" title="A question?" state="Ask here, or just reply to our mail">
          <Question context={context} />
        </Part>
      )}
    </>
  );
}

function Endorse(props: Props & { prompt?: string; main?: boolean }) {
  const { page, context, reader, main = false } = props;
  const name = page.contact?.firstName ?? "your colleague";
  if (page.endorsed !== null)
    return (
      <>
        <Kept context={context} form="endorse" />
        <p>
          You introduced <bdi>{name}</bdi> on <When at={page.endorsed.at} reader={reader} />. Thank you.
          {page.endorsed.text === null ? "" : ` You wrote: “${page.endorsed.text}”`}
        </p>
      </>
    );
  return (
    <>
      <p>{props.prompt ?? `Two lines from you to the team make ${name}'s start much easier.`}</p>
      <ActForm context={context} form="endorse" act="endorsed">
        <TextField
          context={context}
          form="endorse"
          name="text"
          label="What you told the team"
          hint="Leave it empty if you would rather not share it."
          long
        />
        <button className={main ? undefined : "quiet"} type="submit">
          I have introduced {name}
        </button>
      </ActForm>
    </>
  );
}

/** A review with us: a person answers, so a wish in words is enough. */
function Talk({ page, context, reader, prompt }: Props & { prompt: string }) {
  return (
    <>
      <p>{prompt}</p>
      {page.talk === null ? null : (
        <p className="soft">
          You asked on <When at={page.talk.askedAt} reader={reader} />
          {page.talk.note === null ? "" : `: “${page.talk.note}”`}. {page.csm?.name ?? "Your contact with us"}{" "}
          answers within one working day.
        </p>
      )}
      <ActForm context={context} form="meeting" act="meeting-requested">
        <TextField
          context={context}
          form="meeting"
          name="note"
          label="Times that suit you, or who should be there"
        />
        <button className={page.talk === null ? undefined : "quiet"} type="submit">
          Ask for a review
        </button>
      </ActForm>
    </>
  );
}

function Measure({ page, context }: { page: SponsorPage; context: FormContext }) {
  return (
    <>
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
    </>
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

function Results({ values }: { values: SponsorPage["values"] }) {
  return (
    <dl className="worth">
      {values.map((value) => (
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
  );
}

function Question(props: { context: FormContext; prompt?: string; main?: boolean }) {
  const { context, prompt, main = false } = props;
  return (
    <>
      {prompt === undefined ? null : <p>{prompt}</p>}
      <ActForm context={context} form="question" act="question-asked">
        <TextField
          context={context}
          form="question"
          name="text"
          label="Ask, or just reply to our mail"
          long
        />
        <button className={main ? undefined : "quiet"} type="submit">
          Ask
        </button>
      </ActForm>
    </>
  );
}

function StorySoFar({ page, reader }: { page: SponsorPage; reader: Reader }) {
  return (
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
