import { AppForm, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { plain } from "../../words.ts";
import { SettingsPage } from "./settings-page.tsx";

export interface SuppressionRow {
  id: string;
  email: string;
  reason: string;
  detail: string | null;
  createdAt: Date;
}

/** Addresses that are never mailed, why, and how one comes off the list: only because its owner said so. */
export function suppressionsPage(props: {
  viewer: Viewer;
  rows: readonly SuppressionRow[];
  search: string;
  page: number;
  perPage: number;
  total: number;
  said: string | null;
}) {
  const { viewer, rows, search, page, perPage, total, said } = props;
  const lift = viewerMay(viewer, "work-cases");
  return (
    <SettingsPage viewer={viewer} here="/settings/suppressions" title="Never mailed" said={said}>
      <Card title="Addresses that are never mailed">
        <form method="get" action="/settings/suppressions" className="inline">
          <TextField id="search" type="search" label="Address" defaultValue={search} />
          <button className="quiet" type="submit">
            Search
          </button>
        </form>
        <hr />
        {rows.length === 0 ? (
          <p className="soft">
            {search === ""
              ? "None. An address comes here when it hard-bounces, complains, or its owner says stop."
              : "No such address is on the list."}
          </p>
        ) : (
          <Table
            caption="Addresses that are never mailed"
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              { head: "Address", cell: (row) => <bdi>{row.email}</bdi> },
              {
                head: "Why",
                cell: (row) => (
                  <>
                    {plain(row.reason)} <span className="small soft">{row.detail ?? ""}</span>
                  </>
                ),
              },
              { head: "Since", cell: (row) => <Time at={row.createdAt} zone={viewer.zone} /> },
              ...(lift
                ? [
                    {
                      head: "Lift",
                      cell: (row: SuppressionRow) => (
                        <details className="fold">
                          <summary aria-label={`May be mailed again: ${row.email}`}>
                            May be mailed again
                          </summary>
                          <AppForm viewer={viewer} action="/settings/suppressions/lift">
                            <input type="hidden" name="email" value={row.email} />
                            <TextField
                              id={`reason-${row.id}`}
                              name="reason"
                              label="What its owner said"
                              required
                              maxLength={300}
                            />
                            <button className="quiet small" type="submit">
                              Lift it
                            </button>
                          </AppForm>
                        </details>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        <Pager
          page={page}
          perPage={perPage}
          total={total}
          href={(next) => `/settings/suppressions?page=${next}&search=${encodeURIComponent(search)}`}
        />
      </Card>
    </SettingsPage>
  );
}
