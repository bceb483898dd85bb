import type { ManagerBoard, ThinRow } from "../../../operations/board-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { count, moneyWords, shortDate } from "../words.ts";

const SHOWN = 6;

/** The two lists of accounts with an open case on which too few people stand (domain.md F 3). */
export const THIN_LISTS = ["single-threaded", "no-backup"] as const;
export type ThinList = (typeof THIN_LISTS)[number];

const words: Readonly<Record<ThinList, { title: string; none: string }>> = {
  "single-threaded": {
    title: "Hang on one person",
    none: "Every account with an open case has at least two people left.",
  },
  "no-backup": {
    title: "Nobody decides any more",
    none: "Every account with an open case has somebody who decides.",
  },
};

function rowsOf(board: ManagerBoard, list: ThinList): readonly ThinRow[] {
  return list === "single-threaded" ? board.singleThreaded : board.noBackup;
}

/** The first few on the board; the rest on a page of their own. */
export function ThinCard({ board, list }: { board: ManagerBoard; list: ThinList }) {
  const rows = rowsOf(board, list);
  return (
    <Card
      title={words[list].title}
      id={list}
      aside={<a href={`/manager/thin?list=${list}`}>{count(rows.length, "account")}</a>}
    >
      {rows.length === 0 ? (
        <p className="soft">{words[list].none}</p>
      ) : (
        <Rows rows={rows.slice(0, SHOWN)} list={list} />
      )}
    </Card>
  );
}

function Rows({ rows, list }: { rows: readonly ThinRow[]; list: ThinList }) {
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.accountId}>
          <div>
            <p>
              <a href={`/accounts/${row.accountId}`}>
                <bdi>{row.accountName}</bdi>
              </a>{" "}
              <span className="small soft">{noteOf(row, list)}</span>
            </p>
            <p className="small soft">
              <bdi>{row.csmName ?? "No CSM"}</bdi> ·{" "}
              {row.renewalOn === null ? "renewal unknown" : `renews ${shortDate(row.renewalOn)}`}
            </p>
          </div>
          <span className="num">{moneyWords(row.arrMinor, row.currency)}</span>
        </li>
      ))}
    </ul>
  );
}

function noteOf({ living }: ThinRow, list: ThinList): string {
  if (list === "no-backup") return "no sponsor on record, or the sponsor has left";
  return living === 0 ? "nobody left" : "one person left";
}

export function managerThinPage(props: {
  viewer: Viewer;
  board: ManagerBoard;
  list: ThinList;
  page: number;
  perPage: number;
}) {
  const { viewer, board, list, page, perPage } = props;
  const rows = rowsOf(board, list);
  return (
    <AppPage viewer={viewer} title={words[list].title} styles={["board"]}>
      <PageHead
        title="Accounts on too few people"
        crumbs={[{ href: "/manager", name: "Manager board" }]}
        meta={<span className="soft">Accounts with an open case, by name</span>}
      />
      <Tabs
        label="Which accounts"
        tabs={THIN_LISTS.map((one) => ({
          href: `/manager/thin?list=${one}`,
          name: `${words[one].title} (${rowsOf(board, one).length})`,
          here: one === list,
        }))}
      />
      <Card>
        {rows.length === 0 ? (
          <p className="soft">{words[list].none}</p>
        ) : (
          <Rows rows={rows.slice((page - 1) * perPage, page * perPage)} list={list} />
        )}
        <Pager
          page={page}
          perPage={perPage}
          total={rows.length}
          href={(to) => `/manager/thin?list=${list}&page=${to}`}
        />
      </Card>
    </AppPage>
  );
}
