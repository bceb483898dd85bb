import type { ReactNode } from "react";
import type { ClosedCase } from "../../../drivers/store/closed-cases.ts";
import type { BoardRow, ManagerBoard } from "../../../operations/board-parts.ts";
import { AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { CsvLink } from "../ui/csv-link.tsx";
import { Empty } from "../ui/empty.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { count, dateWords, moneyWords, plain } from "../words.ts";
import { type AskedCases, BoardFilters, isNarrowed, listAddress } from "./board-filters.tsx";
import { Program, Stake, Verdict, Who } from "./case-cells.tsx";
import { CASE_STATUSES } from "./case-statuses.ts";

interface Common {
  viewer: Viewer;
  asked: AskedCases;
  people: readonly { id: string; name: string }[];
  perPage: number;
}

const columnsFor = (viewer: Viewer): readonly Column<BoardRow>[] => [
  { head: "Account and contact", cell: (row) => <Who row={row} /> },
  {
    head: "Verdict",
    cell: (row) =>
      row.enrollmentId === null && viewerMay(viewer, "work-cases") ? (
        <a href={`/enroll?case=${row.caseId}`}>
          {row.contactId === null ? "Continue" : "Enroll"}
          <span className="sr">: {row.accountName}</span>
        </a>
      ) : (
        <Verdict verdict={row.verdict} score={row.score} />
      ),
  },
  { head: "Stage", cell: (row) => <Stage row={row} /> },
  { head: "Program", cell: (row) => <Program row={row} /> },
  { head: "At risk", right: true, cell: (row) => count(row.daysAtRisk, "day") },
  { head: "At stake", right: true, cell: (row) => <Stake row={row} /> },
  {
    head: "CSM",
    cell: (row) => (row.csmName === null ? <Tag tone="warn">Nobody</Tag> : <bdi>{row.csmName}</bdi>),
  },
];

/** What is not captured yet is said where one looks for the case, with the way on beside it. */
function Stage({ row }: { row: BoardRow }) {
  return (
    <>
      {plain(row.status)}
      {row.contactId === null ? <br /> : null}
      {row.contactId === null ? <Tag tone="warn">Unfinished</Tag> : null}
    </>
  );
}

export function openCasesPage(props: Common & { board: ManagerBoard; said: string | null }) {
  const { viewer, asked, people, board, perPage, said } = props;
  return (
    <Frame viewer={viewer} asked={asked}>
      <Said said={said} />
      <Card>
        <h2 className="sr">Open cases</h2>
        <BoardFilters path="/cases" asked={asked} people={people} statuses={CASE_STATUSES} withVerdict />
        {board.rows.length === 0 ? (
          <NoCase asked={asked} viewer={viewer} />
        ) : (
          <Table
            caption="Open cases"
            columns={columnsFor(viewer)}
            rows={board.rows}
            keyOf={(row) => row.caseId}
          />
        )}
        <Pager
          page={board.page}
          perPage={perPage}
          total={board.total}
          href={(page) => listAddress("/cases", asked, { page })}
        />
      </Card>
    </Frame>
  );
}

function NoCase({ asked, viewer }: { asked: AskedCases; viewer: Viewer }) {
  if (isNarrowed(asked))
    return (
      <Empty icon="cases" title="No open case fits" action={<a href="/cases">Show all open cases</a>}>
        Take a filter away, or look under “Closed”.
      </Empty>
    );
  return (
    <Empty
      icon="cases"
      title="No case is open"
      action={
        viewerMay(viewer, "work-cases") ? (
          <a className="button quiet" href="/enroll">
            Enroll a contact
          </a>
        ) : undefined
      }
    >
      A case opens when a main contact leaves: with “Enroll a contact”, from your CRM, or when a mail says so.
    </Empty>
  );
}

const outcomeTone: Readonly<Record<string, Tone>> = {
  saved: "good",
  extended: "good",
  lost: "bad",
  downsold: "warn",
};
const closedColumns: readonly Column<ClosedCase>[] = [
  {
    head: "Account",
    cell: (row) => (
      <a href={`/cases/${row.caseId}`}>
        <bdi>{row.accountName}</bdi>
      </a>
    ),
  },
  {
    head: "Outcome",
    cell: (row) =>
      row.outcome === null ? "not said" : <Tag tone={outcomeTone[row.outcome]}>{plain(row.outcome)}</Tag>,
  },
  { head: "Opened", cell: (row) => dateWords(row.detectedAt) },
  { head: "Closed", cell: (row) => (row.closedAt === null ? "unknown" : dateWords(row.closedAt)) },
  { head: "ARR", right: true, cell: (row) => moneyWords(row.arrMinor, row.currency) },
  { head: "CSM", cell: (row) => row.csmName ?? "Nobody" },
];

export function closedCasesPage(props: Common & { rows: readonly ClosedCase[]; total: number }) {
  const { viewer, asked, people, perPage, rows, total } = props;
  return (
    <Frame viewer={viewer} asked={asked}>
      <Card>
        <h2 className="sr">Closed cases</h2>
        <BoardFilters path="/cases" asked={asked} people={people} open={false} />
        {rows.length === 0 ? (
          <Empty icon="cases" title={isNarrowed(asked) ? "No closed case fits" : "No case is closed yet"}>
            A case is closed in its own room, with what became of it.
          </Empty>
        ) : (
          <Table caption="Closed cases" columns={closedColumns} rows={rows} keyOf={(row) => row.caseId} />
        )}
        <Pager
          page={asked.page}
          perPage={perPage}
          total={total}
          href={(page) => listAddress("/cases", asked, { page })}
        />
      </Card>
    </Frame>
  );
}

function Frame(props: { viewer: Viewer; asked: AskedCases; children: ReactNode }) {
  const { viewer, asked, children } = props;
  return (
    <AppPage viewer={viewer} title={asked.state === "open" ? "Cases" : "Closed cases"} styles={["board"]}>
      <PageHead
        title="Cases"
        actions={
          viewerMay(viewer, "export") ? (
            <>
              <CsvLink href="/cases.csv">Cases as CSV</CsvLink>
              <CsvLink href="/tasks.csv">Tasks as CSV</CsvLink>
            </>
          ) : undefined
        }
      />
      <Tabs
        label="Open or closed"
        tabs={[
          { href: "/cases", name: "Open", here: asked.state === "open" },
          { href: "/cases?state=closed", name: "Closed", here: asked.state === "closed" },
        ]}
      />
      {children}
    </AppPage>
  );
}
