import type { ContactPage } from "../../../operations/page-parts.ts";
import { Narrow } from "../layout.tsx";
import { ActForm, Kept, TextField } from "./act-form.tsx";
import { type FormContext, typedValue } from "./form-context.ts";
import { OnDate, type Reader, When, zoneWords } from "./reader-time.tsx";

/** Newest lines of the record on its page; the whole of it is in the file to download. */
const SHOWN = 50;

type Props = { page: ContactPage; context: FormContext; reader: Reader };

/** On the main page: the short of it, and the way to all of it. */
export function RecordLink({ page, context, reader }: Props) {
  return (
    <>
      <p>
        What you tell us and which mails we sent; no hidden pictures, no grade. Nobody at{" "}
        <bdi>{page.account.name}</bdi> sees your answers.
      </p>
      {context.looking === true ? null : (
        <ul>
          <li>
            <a href={`${context.address}/record`}>See all of it, take it with you or have it deleted</a>
          </li>
          <li>
            <a href={`${context.address}/record#times`}>Change how dates and times are shown</a>: now for{" "}
            {zoneWords(reader.zone)}
          </li>
        </ul>
      )}
    </>
  );
}

/** What is kept, who reads it, and the reader's rights to it, each a button. */
export function recordPageView(props: { page: ContactPage; context: FormContext; nonce: string }) {
  const { page, context, nonce } = props;
  const reader = { zone: page.zone, language: page.language };
  return (
    <Narrow
      styles={["course", "contact"]}
      title="What we record and who sees it"
      scripts={{ names: ["contact"], nonce }}
    >
      <p className="back">
        <a href={context.address}>Back to your page</a>
      </p>
      <h1>What we record and who sees it</h1>
      <RecordOf page={page} context={context} reader={reader} />
      <DatesAndTimes context={context} reader={reader} />
      <section className="card">
        <h2>{page.record.length > SHOWN ? `The newest ${SHOWN} lines of your record` : "Your record"}</h2>
        <Lines page={page} reader={reader} />
      </section>
    </Narrow>
  );
}

function Lines({ page, reader }: { page: ContactPage; reader: Reader }) {
  if (page.record.length === 0) return <p className="soft">Nothing yet.</p>;
  return (
    <ul className="plain story">
      {page.record.slice(0, SHOWN).map((entry) => (
        <li key={`${entry.at.toISOString()}-${entry.text}`}>
          <p className="small soft">
            <When at={entry.at} reader={reader} how="time" /> · {entry.seenBy}
          </p>
          <p>
            <bdi>{entry.text}</bdi>
          </p>
        </li>
      ))}
    </ul>
  );
}

function RecordOf({ page, context, reader }: Props) {
  const who = page.csm?.name ?? "Your contact with us";
  return (
    <section className="card">
      <h2>Who sees what</h2>
      <ul>
        <li>
          <strong>What you tell us</strong> here and in replies. {who} and the team around them see it.
        </li>
        <li>
          <strong>Which mails we sent</strong>, and that this page was asked for. There is no hidden picture
          in our mails, and opening a mail counts for nothing.
        </li>
        <li>
          <strong>Nobody at {page.account.name}</strong> sees your checks, your questions or where you stand.
          Shared goals and numbers are shared. There is no grade.
        </li>
      </ul>
      {context.looking === true ? null : <Rights page={page} context={context} reader={reader} />}
    </section>
  );
}

/** Also after the program has ended: the rights do not end with it. */
function Rights({ page, context, reader }: Props) {
  return (
    <>
      <form className="row" method="post" action={`${context.address}/data`} id="data">
        <h3>Take it with you</h3>
        <p className="soft">Everything we hold about you, as a file.</p>
        <div className="buttons">
          <button className="quiet small" type="submit" name="format" value="csv">
            Download as a table (CSV)
          </button>
          <button className="quiet small" type="submit" name="format" value="json">
            Download as data (JSON)
          </button>
        </div>
      </form>
      <div className="row" id="forget">
        <h3>Have it deleted</h3>
        <Kept context={context} form="forget" />
        {page.deletion === null ? (
          <form method="post" action={`${context.address}/forget`}>
            <p className="soft">
              Your name, address and everything you wrote are erased; only figures without a name stay. A
              person does it, within days, and it cannot be undone.
            </p>
            <button className="danger small" type="submit">
              Ask us to delete my data
            </button>
          </form>
        ) : (
          <p>
            You asked for it on <When at={page.deletion.askedAt} reader={reader} />. It is done by{" "}
            <OnDate date={page.deletion.dueAt.toISOString()} reader={reader} />. To take it back, reply to any
            of our mails.
          </p>
        )}
      </div>
    </>
  );
}

const languages = [
  "en",
  "en-US",
  "ar",
  "de",
  "es",
  "fr",
  "it",
  "ja",
  "nb",
  "nl",
  "pl",
  "pt",
  "sv",
  "zh",
] as const;

/** Each language by its own name, as its readers look for it. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    // A RangeError: an old row holds something that is no language tag.
    return tag;
  }
}

/** Posts to its own page, which it stands on. Where the reader is, and how dates are written there. */
function DatesAndTimes({ context, reader }: { context: FormContext; reader: Reader }) {
  const chosen = typedValue(context, "settings", "language", reader.language);
  const offered = languages.some((tag) => tag === chosen) ? languages : [chosen, ...languages];
  const now = `Times are shown for ${zoneWords(reader.zone)}.`;
  return (
    <section className="card" id="times">
      <h2>Dates and times</h2>
      <p className="soft">{now} Mails come in the morning of the place you name here.</p>
      <ActForm context={context} form="settings" act="settings">
        <TextField
          context={context}
          form="settings"
          name="zone"
          label="Your time zone"
          hint="Region and city, for example Europe/Oslo"
          standing={reader.zone}
          list="zones"
          autoComplete="off"
        />
        <datalist id="zones" data-zones="" />
        <div className="field">
          <label htmlFor="f-settings-language">
            Write dates in
            <span className="hint">The course itself stays in the language it is written in</span>
          </label>
          <select id="f-settings-language" name="language" defaultValue={chosen}>
            {offered.map((tag) => (
              <option key={tag} value={tag} lang={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        </div>
        <button className="quiet" type="submit">
          Save
        </button>
      </ActForm>
    </section>
  );
}
