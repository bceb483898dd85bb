import type { CapturedSummary } from "../../web-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { shortDay } from "../words.ts";

/** Every mail that went out in local mode, newest first. */
export function mailboxPage(props: {
  viewer: Viewer;
  mails: readonly CapturedSummary[];
  search: string;
  /** The id of the last mail shown when older ones follow; null: these are the oldest. */
  more: string | null;
  /** Whether these are not the newest. */
  older: boolean;
  now: Date;
}) {
  const { viewer, mails, search, more, older, now } = props;
  const address = (before: string | null) => {
    const query = new URLSearchParams();
    if (search !== "") query.set("search", search);
    if (before !== null) query.set("before", before);
    const text = query.toString();
    return text === "" ? "/mailbox" : `/mailbox?${text}`;
  };
  return (
    <AppPage viewer={viewer} title="Mailbox" styles={["mailbox"]}>
      <PageHead
        title="Mailbox"
        meta={
          <span className="soft">
            Every mail here went over real SMTP and stopped here. Nothing leaves this machine until SMTP_URL
            is set.
          </span>
        }
      />
      <Card>
        <h2 className="sr">Captured mail</h2>
        <form method="get" action="/mailbox" className="inline find">
          <div className="field">
            <label htmlFor="search">Address or subject</label>
            <input id="search" type="search" name="search" defaultValue={search} maxLength={100} />
          </div>
          <button className="quiet" type="submit">
            Search
          </button>
          {search === "" ? null : <a href="/mailbox">Clear</a>}
        </form>
        {mails.length === 0 ? (
          <NoMail search={search} />
        ) : (
          <ul className="letters">
            {mails.map((mail) => (
              <Letter key={mail.id} mail={mail} zone={viewer.zone} now={now} />
            ))}
          </ul>
        )}
        {more === null && !older ? null : (
          <nav className="pager" aria-label="Pages of this list">
            <span>Newest first</span>
            <span className="buttons">
              {older ? (
                <a className="button quiet small" href={address(null)}>
                  Newest
                </a>
              ) : null}
              {more === null ? null : (
                <a className="button quiet small" href={address(more)} rel="next">
                  Older
                </a>
              )}
            </span>
          </nav>
        )}
      </Card>
    </AppPage>
  );
}

function Letter({ mail, zone, now }: { mail: CapturedSummary; zone: string; now: Date }) {
  return (
    <li>
      <a href={`/mailbox/${mail.id}`}>
        <strong>
          <bdi>{mail.subject === "" ? "(no subject)" : mail.subject}</bdi>
        </strong>
        <span className="who small soft">
          <bdi>{mail.to.join(", ")}</bdi> · from <bdi>{senderOf(mail)}</bdi>
        </span>
      </a>
      <time className="small soft nowrap" dateTime={mail.receivedAt.toISOString()}>
        {shortDay(mail.receivedAt, zone, now)}
      </time>
    </li>
  );
}

/** The person who signs; a bounce address of ours says nothing to a reader. */
function senderOf(mail: CapturedSummary): string {
  if (mail.sender !== undefined && mail.sender !== null) return mail.sender;
  if (mail.from === "") return "nobody (a notice)";
  return mail.from.length > 40 ? (mail.from.split("@").at(-1) ?? mail.from) : mail.from;
}

function NoMail({ search }: { search: string }) {
  return search === "" ? (
    <Empty icon="mailbox" title="No mail yet">
      The first one goes when an enrolled contact’s day has come.
    </Empty>
  ) : (
    <Empty icon="mailbox" title="No mail fits" action={<a href="/mailbox">Show all mail</a>}>
      The search looks in addresses and subjects.
    </Empty>
  );
}
