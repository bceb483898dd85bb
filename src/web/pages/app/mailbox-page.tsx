import type { CapturedSummary } from "../../web-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { timeWords } from "../words.ts";

export function mailboxPage(props: {
  viewer: Viewer;
  mails: readonly CapturedSummary[];
  search: string;
  more: string | null;
}) {
  const { viewer, mails, search, more } = props;
  const query = search === "" ? "" : `search=${encodeURIComponent(search)}&`;
  return (
    <AppPage viewer={viewer} title="Mailbox">
      <h1>Captured mail</h1>
      <p className="soft">
        Every mail here went over real SMTP and stopped here: nobody outside gets any until SMTP_URL is set.
      </p>
      <form method="get" action="/mailbox" className="inline card">
        <div className="field">
          <label htmlFor="search">Address or subject</label>
          <input id="search" type="search" name="search" defaultValue={search} />
        </div>
        <button className="quiet" type="submit">
          Search
        </button>
      </form>
      <section className="card">
        {mails.length === 0 ? (
          <p className="soft">
            {search === ""
              ? "No mail yet. The first one goes when an enrollment is due."
              : "No mail matches."}
          </p>
        ) : (
          <ul className="rows">
            {mails.map((mail) => (
              <li key={mail.id}>
                <div>
                  <p>
                    <a href={`/mailbox/${mail.id}`}>{mail.subject === "" ? "(no subject)" : mail.subject}</a>
                  </p>
                  <p className="small soft">To {mail.to.join(", ")}</p>
                </div>
                <span className="small soft nowrap">{timeWords(mail.receivedAt, "utc")} UTC</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {more === null ? null : (
        <p>
          <a href={`/mailbox?${query}before=${encodeURIComponent(more)}`}>Older mail</a>
        </p>
      )}
    </AppPage>
  );
}
