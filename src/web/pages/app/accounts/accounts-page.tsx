import type { AccountLine } from "../../../../operations/list-accounts.ts";
import { AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/empty.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Said } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Table } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { dateWords, moneyWords, plain } from "../../words.ts";
import { AccountTabs } from "./account-tabs.tsx";

export interface AccountQuery {
  search: string;
  /** "", "mine" or "nobody". */
  owner: string;
  page: number;
}

/** Every account by name: who owns it, who is there, and whether somebody is changing. */
export function accountsPage(props: {
  viewer: Viewer;
  rows: readonly AccountLine[];
  total: number;
  perPage: number;
  query: AccountQuery;
  said: string | null;
}) {
  const { viewer, rows, total, perPage, query, said } = props;
  return (
    <AppPage viewer={viewer} title="Accounts">
      <PageHead title="Accounts" actions={<Actions viewer={viewer} />} />
      <AccountTabs here="/accounts" />
      <Said said={said} />
      <form method="get" action="/accounts" className="inline card">
        <TextField id="search" type="search" label="Name, domain or reference" defaultValue={query.search} />
        <SelectField
          id="owner"
          label="Owner"
          defaultValue={query.owner}
          options={[
            { value: "", label: "Everybody’s" },
            { value: "mine", label: "Mine" },
            { value: "nobody", label: "Nobody’s" },
          ]}
        />
        <button className="quiet" type="submit">
          Search
        </button>
      </form>
      <Card>
        {rows.length === 0 ? (
          <NoAccounts viewer={viewer} query={query} />
        ) : (
          <Table
            caption="Accounts"
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              {
                head: "Account",
                cell: (row) => (
                  <>
                    <a href={`/accounts/${row.id}`}>
                      <bdi>{row.name}</bdi>
                    </a>
                    <br />
                    <span className="small soft">
                      {plain(row.segment)}, {plain(row.tier).toLowerCase()} tier,{" "}
                      {row.zone.replaceAll("_", " ")}
                    </span>
                  </>
                ),
              },
              { head: "People", right: true, cell: (row) => row.people },
              {
                head: "Owner",
                cell: (row) => (row.csm === null ? <Tag tone="warn">Nobody</Tag> : <bdi>{row.csm.name}</bdi>),
              },
              {
                head: "Renewal",
                cell: (row) => (row.renewalOn === null ? "" : dateWords(row.renewalOn)),
              },
              { head: "ARR", right: true, cell: (row) => moneyWords(row.arrMinor, row.currency) },
              {
                head: "Case",
                cell: (row) =>
                  row.openCaseId === null ? null : <a href={`/cases/${row.openCaseId}`}>Open case</a>,
              },
            ]}
          />
        )}
        <Pager
          page={query.page}
          perPage={perPage}
          total={total}
          href={(page) =>
            `/accounts?page=${page}&owner=${query.owner}&search=${encodeURIComponent(query.search)}`
          }
        />
      </Card>
    </AppPage>
  );
}

function Actions({ viewer }: { viewer: Viewer }) {
  return (
    <>
      {viewerMay(viewer, "manage-accounts") ? (
        <>
          <a className="button" href="/import">
            <Icon name="upload" />
            Import
          </a>
          <a className="button quiet" href="/accounts/new">
            Add one
          </a>
        </>
      ) : null}
      {viewerMay(viewer, "export") ? (
        <a className="button quiet" href="/accounts.csv">
          <Icon name="download" />
          CSV
        </a>
      ) : null}
    </>
  );
}

function NoAccounts({ viewer, query }: { viewer: Viewer; query: AccountQuery }) {
  if (query.search !== "" || query.owner !== "")
    return (
      <Empty icon="accounts" title="No account fits" action={<a href="/accounts">Show all of them</a>}>
        Look for a part of its name, its whole domain, or its reference.
      </Empty>
    );
  return (
    <Empty
      icon="accounts"
      title="No accounts yet"
      action={
        viewerMay(viewer, "manage-accounts") ? (
          <a className="button" href="/import">
            Import a CSV file
          </a>
        ) : undefined
      }
    >
      An account is a customer with its people, its renewal and its calendar.
    </Empty>
  );
}
