import type { ContactPage } from "../../../operations/page-parts.ts";
import { dateWords, dayWords, timeWords } from "../words.ts";
import { ActForm, Choice, type FormContext, TextField } from "./act-form.tsx";

const paces = [
  { value: "slow", label: "Slower: more days between mails" },
  { value: "normal", label: "As it is" },
  { value: "fast", label: "Faster: as soon as I have done the last part, at most one mail a day" },
] as const;

export function You({ context }: { context: FormContext }) {
  return (
    <section className="card" id="you">
      <h2>About you</h2>
      <ActForm context={context} form="profile" act="profile-told">
        <TextField
          context={context}
          form="profile"
          name="text"
          label="Your role, and what you were told about this"
          hint="It spares you explaining yourself twice."
          long
        />
        <button className="quiet" type="submit">
          Save
        </button>
      </ActForm>
    </section>
  );
}

export function People({ page, context }: { page: ContactPage; context: FormContext }) {
  return (
    <section className="card" id="people">
      <h2>People who can help</h2>
      {page.people.length === 0 ? (
        <p className="soft">Nobody at {page.account.name} is listed yet.</p>
      ) : (
        <ul>
          {page.people.map((person) => (
            <li key={`${person.date}-${person.text}`}>
              {person.text}
              {person.why === null ? null : <span className="soft small"> {person.why}</span>}
            </li>
          ))}
        </ul>
      )}
      <details className="fold" open={context.typed?.form === "introduction"}>
        <summary>Name a colleague who uses it or takes part</summary>
        <ActForm context={context} form="introduction" act="colleague-introduced">
          <TextField context={context} form="introduction" name="who" label="Name and role" />
          <TextField
            context={context}
            form="introduction"
            name="email"
            label="Work address, if they agree"
            kind="email"
          />
          <Choice
            context={context}
            form="introduction"
            name="delegate"
            value="yes"
            label="They take over the day-to-day work"
            many
          />
          <button className="quiet" type="submit">
            Save
          </button>
        </ActForm>
      </details>
    </section>
  );
}

export function Pace({ page, context, today }: { page: ContactPage; context: FormContext; today: string }) {
  return (
    <section className="card" id="pace">
      <h2>Your pace</h2>
      <ActForm context={context} form="pace" act="pace-changed">
        <fieldset>
          <legend>How fast mails come</legend>
          {paces.map((pace) => (
            <Choice
              key={pace.value}
              context={context}
              form="pace"
              name="pace"
              value={pace.value}
              label={pace.label}
              standing={page.pace === pace.value}
            />
          ))}
        </fieldset>
        <button className="quiet" type="submit">
          Save the pace
        </button>
      </ActForm>
      <div className="row">
        {page.paused ? (
          <>
            <p>
              Mails are paused
              {page.pausedUntil === null ? "" : ` until ${dayWords(page.pausedUntil, page.zone)}`}.
            </p>
            <ActForm context={context} form="resume" act="resume-asked">
              <button className="quiet" type="submit">
                Go on now
              </button>
            </ActForm>
          </>
        ) : (
          <ActForm context={context} form="pause" act="pause-asked">
            <TextField
              context={context}
              form="pause"
              name="until"
              label="Pause until"
              kind="date"
              min={today}
            />
            <button className="quiet" type="submit">
              Pause
            </button>
          </ActForm>
        )}
      </div>
    </section>
  );
}

/** The ways out: another person, or no mail at all. Both are one visible button. */
export function WaysOut({ page, context }: { page: ContactPage; context: FormContext }) {
  return (
    <section className="card" id="stop">
      <h2>Not for you?</h2>
      <ActForm context={context} form="wrong-person" act="wrong-person">
        <TextField
          context={context}
          form="wrong-person"
          name="whoInstead"
          label="Who looks after this instead?"
          hint="If you know. We stop writing to you either way."
        />
        <button className="quiet" type="submit">
          I'm not the right person
        </button>
      </ActForm>
      <div className="row">
        <ActForm context={context} form="stop" act="stop">
          <p>
            No more of these mails: this takes effect at once.{" "}
            {page.csm === null ? "" : `${page.csm.name} can still write to you in person.`}
          </p>
          <button className="danger" type="submit">
            Stop all mails
          </button>
        </ActForm>
      </div>
    </section>
  );
}

export function RecordOf({ page }: { page: ContactPage }) {
  return (
    <section className="card" id="record">
      <h2>What we record and who sees it</h2>
      <p>
        We keep what you tell us here and in replies, which mails we sent, and that this page was asked for.
        There is no hidden picture in our mails, and opening a mail counts for nothing.{" "}
        {page.csm?.name ?? "Your contact with us"} and the team around them see your answers; nobody at{" "}
        {page.account.name} sees your checks, your questions or where you stand. There is no grade.
      </p>
      <p>
        For a copy of it, or to have it deleted,{" "}
        {page.csm === null ? (
          "reply to any of our mails"
        ) : (
          <a href={`mailto:${page.csm.email}`}>write to {page.csm.name}</a>
        )}
        .
      </p>
      <details className="fold">
        <summary>Your own record ({page.record.length})</summary>
        {page.record.length === 0 ? (
          <p className="soft">Nothing yet.</p>
        ) : (
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">What</th>
                  <th scope="col">Seen by</th>
                </tr>
              </thead>
              <tbody>
                {page.record.map((entry) => (
                  <tr key={`${entry.at.toISOString()}-${entry.text}`}>
                    <td className="nowrap">{timeWords(entry.at, page.zone)}</td>
                    <td>{entry.text}</td>
                    <td>{entry.seenBy}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </details>
    </section>
  );
}

export function Story({ page, context }: { page: ContactPage; context: FormContext }) {
  const newest = page.story.slice(0, 4);
  return (
    <section className="card" id="story">
      <h2>The story so far</h2>
      {newest.length === 0 ? (
        <p className="soft">Nothing has been written down yet.</p>
      ) : (
        <dl className="facts">
          {newest.map((entry) => (
            <StoryLine key={`${entry.date}-${entry.text}`} date={entry.date} text={entry.text} />
          ))}
        </dl>
      )}
      <p>
        <a href={`${context.address}/story-so-far`}>The whole story</a> ·{" "}
        <a href={`${context.address}/decisions`}>Decisions</a> ·{" "}
        <a href={`${context.address}/setup`}>Your setup</a> ·{" "}
        <a href={`${context.address}/open-items`}>Open items</a> ·{" "}
        <a href={`${context.address}/overview`}>One-page overview</a>
      </p>
    </section>
  );
}

function StoryLine({ date, text }: { date: string; text: string }) {
  return (
    <>
      <dt>{dateWords(date)}</dt>
      <dd>{text}</dd>
    </>
  );
}
