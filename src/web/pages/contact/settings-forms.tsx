import type { ContactPage } from "../../../operations/page-parts.ts";
import { ActForm, Choice, TextField } from "./act-form.tsx";
import type { FormContext } from "./form-context.ts";
import { OnDate, type Reader, When } from "./reader-time.tsx";

const paces = [
  { value: "slow", label: "Slower: more days between mails" },
  { value: "normal", label: "As it is" },
  { value: "fast", label: "Faster: as soon as I have done the last part, at most one mail a day" },
] as const;

export function You({ context }: { context: FormContext }) {
  return (
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
  );
}

export function People({ page, context }: { page: ContactPage; context: FormContext }) {
  return (
    <>
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
    </>
  );
}

export function Pace(props: { page: ContactPage; context: FormContext; today: string; reader: Reader }) {
  const { page, context, today, reader } = props;
  return (
    <>
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
              {page.pausedUntil === null ? null : (
                <>
                  {" "}
                  until <When at={page.pausedUntil} reader={reader} />
                </>
              )}
              .
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
    </>
  );
}

/** The ways out: another person, or no mail at all. Both are one visible button. */
export function WaysOut({ page, context }: { page: ContactPage; context: FormContext }) {
  return (
    <>
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
    </>
  );
}

export function Story(props: { page: ContactPage; context: FormContext; reader: Reader }) {
  const { page, context, reader } = props;
  const newest = page.story.slice(-4).reverse();
  return (
    <>
      {newest.length === 0 ? (
        <p className="soft">Nothing has been written down yet.</p>
      ) : (
        <ul className="plain story">
          {newest.map((entry) => (
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
      )}
      <p className="links">
        {pages.map(({ key, name }) => (
          <a key={key} href={`${context.address}/${key}`}>
            {name}
          </a>
        ))}
      </p>
    </>
  );
}

const pages = [
  { key: "story-so-far", name: "The whole story" },
  { key: "decisions", name: "Decisions" },
  { key: "setup", name: "Your setup" },
  { key: "open-items", name: "Open items" },
  { key: "overview", name: "One-page overview" },
] as const;
