import type { SponsorPage } from "../../../operations/sponsor-page.ts";
import { ActForm, type FormContext, TextField } from "../contact/act-form.tsx";
import { Blocks } from "../contact/blocks.tsx";
import { Csm } from "../contact/contact-page.tsx";
import { Goals } from "../contact/plan-forms.tsx";
import { Priorities } from "../contact/priorities-form.tsx";
import { Said } from "../contact/said.tsx";
import { Narrow } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { dateWords, dayWords } from "../words.ts";

/** What changed, three lines, the goals, one ask. Nothing private of the contact (domain.md F). */
export function sponsorPageView(props: { page: SponsorPage; context: FormContext; said: string | null }) {
  const { page, context, said } = props;
  return (
    <Narrow styles={["course"]} title={`${page.product} at ${page.account.name}`} language={page.language}>
      <header>
        <p className="soft">
          {page.account.name} · {page.product}
        </p>
        <h1>Hello {page.sponsor.firstName}</h1>
        <p>{page.whatChanged}</p>
      </header>
      <Said kind={said} address={context.address} suggested={[]} />
      <section className="card next">
        <h2>Where it stands</h2>
        <ul>
          {page.status.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      {page.ask === null ? null : (
        <section className="card" id="ask">
          <h2>{page.ask.title}</h2>
          <Markdown text={page.ask.opening} />
          <Blocks
            context={context}
            stepKey={page.ask.stepKey}
            blocks={page.ask.blocks.filter((block) => block.type !== "endorse")}
          />
        </section>
      )}
      <Goals plan={page.plan} context={context} party="sponsor" />
      <Endorse page={page} context={context} />
      <section className="card" id="measure">
        <h2>How you will know it worked</h2>
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
      <Priorities
        context={context}
        standing={page.priorities}
        options={[]}
        prompt="What should come first, from where you sit? One is enough."
      />
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
      {page.nextDates.length === 0 ? null : (
        <section className="card">
          <h2>Next dates</h2>
          <ul>
            {page.nextDates.map((next) => (
              <li key={`${next.on.toISOString()}-${next.text}`}>
                {dayWords(next.on, page.zone)}: {next.text}
              </li>
            ))}
          </ul>
        </section>
      )}
      {page.story.length === 0 ? null : (
        <details className="card">
          <summary>The story so far</summary>
          <ul>
            {page.story.map((entry) => (
              <li key={`${entry.date}-${entry.text}`}>
                <span className="soft">{dateWords(entry.date)}</span> {entry.text}
              </li>
            ))}
          </ul>
        </details>
      )}
      {page.csm === null ? null : <Csm csm={page.csm} />}
      <footer>
        <p>
          You see counts and shared goals only; what {page.contact?.firstName ?? "your colleague"} writes to
          us stays between them and us.
        </p>
        <ActForm context={context} form="stop" act="stop">
          <button className="danger small" type="submit">
            Stop these mails
          </button>
        </ActForm>
      </footer>
    </Narrow>
  );
}

function Endorse({ page, context }: { page: SponsorPage; context: FormContext }) {
  const name = page.contact?.firstName;
  if (name === undefined) return null;
  return (
    <section className="card" id="endorse">
      <h2>Introduce {name}</h2>
      {page.endorsed === null ? (
        <p>Two lines from you to the team make {name}'s start much easier.</p>
      ) : (
        <p>
          You did on {dayWords(page.endorsed.at, page.zone)}. Thank you.
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
