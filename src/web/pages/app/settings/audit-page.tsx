import { type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Time } from "../../ui/time.tsx";
import { plain } from "../../words.ts";
import { SettingsPage } from "./settings-page.tsx";

export interface AuditRow {
  id: string;
  at: Date;
  who: string;
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}

/** Who did what, newest first. Nothing here can be changed: each entry carries the hash of the one before. */
export function auditPage(props: {
  viewer: Viewer;
  entries: readonly AuditRow[];
  search: string;
  /** Id of the last entry shown, when there are older ones. */
  more: string | null;
}) {
  const { viewer, entries, search, more } = props;
  const query = search === "" ? "" : `&search=${encodeURIComponent(search)}`;
  return (
    <SettingsPage viewer={viewer} here="/settings/audit" title="Audit log" said={null}>
      <Card
        title="Who did what"
        aside={
          viewerMay(viewer, "export") ? (
            <a className="button quiet small" href={`/settings/audit.csv?x=1${query}`}>
              <Icon name="download" />
              CSV
            </a>
          ) : undefined
        }
      >
        <form method="get" action="/settings/audit" className="inline">
          <TextField
            id="search"
            type="search"
            label="Action or id"
            hint="For example: contact-enrolled, or the id of a case."
            defaultValue={search}
          />
          <button className="quiet" type="submit">
            Search
          </button>
        </form>
        <hr />
        {entries.length === 0 ? (
          <p className="soft">
            {search === "" ? "Nothing was done yet." : "Nothing like that is on record."}
          </p>
        ) : (
          <ul className="rows audit">
            {entries.map((entry) => (
              <li key={entry.id}>
                <div>
                  <p>
                    <strong>{plain(entry.action)}</strong>{" "}
                    <span className="soft">
                      by <bdi>{entry.who}</bdi>
                    </span>
                  </p>
                  <p className="small soft">
                    <Time at={entry.at} zone={viewer.zone} /> · {plain(entry.subjectType)}{" "}
                    <a href={`/settings/audit?search=${entry.subjectId}`}>
                      <code>{entry.subjectId.slice(-8)}</code>
                    </a>
                    {entry.reason === null ? "" : ` · ${entry.reason}`}
                  </p>
                  <Changes before={entry.before} after={entry.after} />
                </div>
              </li>
            ))}
          </ul>
        )}
        {more === null ? null : (
          <p>
            <a className="button quiet small" href={`/settings/audit?before=${more}${query}`}>
              Older entries
            </a>
          </p>
        )}
      </Card>
    </SettingsPage>
  );
}

const LONGEST = 300;

function Changes({ before, after }: { before: unknown; after: unknown }) {
  const text = (value: unknown) => {
    const json = JSON.stringify(value);
    return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json;
  };
  if (before === null && after === null) return null;
  return (
    <details className="fold small">
      <summary>What changed</summary>
      {before === null ? null : <pre>before {text(before)}</pre>}
      {after === null ? null : <pre>after {text(after)}</pre>}
    </details>
  );
}
