import type { ContactLine } from "../../../../operations/list-accounts.ts";
import { AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/empty.tsx";
import { TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Person } from "../../ui/person.tsx";
import { Table } from "../../ui/table.tsx";
import { plain } from "../../words.ts";
import { AccountTabs } from "./account-tabs.tsx";
import { MailState } from "./mail-state.tsx";

/** Everybody of every account, by name. */
export function contactsPage(props: {
  viewer: Viewer;
  rows: readonly ContactLine[];
  total: number;
  perPage: number;
  page: number;
  search: string;
}) {
  const { viewer, rows, total, perPage, page, search } = props;
  return (
    <AppPage viewer={viewer} title="People">
      <PageHead
        title="People"
        actions={
          viewerMay(viewer, "export") ? (
            <a className="button quiet" href="/contacts.csv">
              <Icon name="download" />
              CSV
            </a>
          ) : undefined
        }
      />
      <AccountTabs here="/contacts" />
      <form method="get" action="/contacts" className="inline card">
        <TextField id="search" type="search" label="Name, address or reference" defaultValue={search} />
        <button className="quiet" type="submit">
          Search
        </button>
      </form>
      <Card>
        {rows.length === 0 ? (
          <Empty icon="people" title={search === "" ? "Nobody yet" : "Nobody fits"}>
            {search === ""
              ? "Import people with a CSV file, or add them to an account."
              : "Try a part of the name."}
          </Empty>
        ) : (
          <Table
            caption="People"
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              {
                head: "Person",
                cell: (row) => (
                  <a href={`/contacts/${row.id}`} className="quietly">
                    <Person name={row.name}>{row.email ?? "no address"}</Person>
                  </a>
                ),
              },
              {
                head: "Account",
                cell: (row) => (
                  <a href={`/accounts/${row.account.id}`}>
                    <bdi>{row.account.name}</bdi>
                  </a>
                ),
              },
              { head: "Title", cell: (row) => row.title ?? "" },
              { head: "Roles", cell: (row) => row.roles.map(plain).join(", ") },
              { head: "Mail", cell: (row) => <MailState status={row.mailStatus} /> },
            ]}
          />
        )}
        <Pager
          page={page}
          perPage={perPage}
          total={total}
          href={(next) => `/contacts?page=${next}&search=${encodeURIComponent(search)}`}
        />
      </Card>
    </AppPage>
  );
}
