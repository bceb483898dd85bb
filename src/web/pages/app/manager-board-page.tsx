import type { BoardRow, BoardVerdict, ManagerBoard } from "../../../operations/board-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Stats } from "../ui/stats.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { count, shortDate } from "../words.ts";
import { type AskedCases, BoardFilters, isNarrowed, listAddress, verdictWords } from "./board-filters.tsx";
import { Program, Stake, Verdict, Who } from "./case-cells.tsx";
import { Overrides } from "./manager-overrides.tsx";
import { ByCsm, type EffortOf } from "./manager-roll-up.tsx";
import { ThinCard } from "./manager-thin.tsx";

const PATH = "/manager";
const PLAIN: AskedCases = { state: "open", search: "", sort: "attention", page: 1 };

/** All open cases for who leads the CSMs (domain.md F 3): figures that open their lists, the list, the roll-up. */
export function managerBoardPage(props: {
  viewer: Viewer;
  asked: AskedCases;
  board: ManagerBoard;
  effort: EffortOf;
  perPage: number;
  said: string | null;
}) {
  const { viewer, asked, board, effort, perPage, said } = props;
  if (asked.csms === "all") return everyCsmPage(viewer, board, effort, said);
  const people = board.byCsm.flatMap(({ csmId, name }) => (csmId === null ? [] : [{ id: csmId, name }]));
  return (
    <AppPage viewer={viewer} title="Manager board" styles={["board"]}>
      <PageHead title="Manager board" />
      <Said said={said} />
      <Figures board={board} />
      <Card title="Open cases" id="cases" aside={count(board.total, "case")}>
        <VerdictChips asked={asked} board={board} />
        <BoardFilters path={PATH} asked={asked} people={people} />
        {board.rows.length === 0 ? (
          <NoRows narrowed={isNarrowed(asked)} />
        ) : (
          <Table caption="Open cases" columns={columns} rows={board.rows} keyOf={({ caseId }) => caseId} />
        )}
        <Pager
          page={board.page}
          perPage={perPage}
          total={board.total}
          href={(page) => `${listAddress(PATH, asked, { page })}#cases`}
        />
      </Card>
      <Overrides board={board} viewer={viewer} />
      <ByCsm figures={board.byCsm} effort={effort} all={false} />
      <div className="cols even">
        <ThinCard board={board} list="single-threaded" />
        <ThinCard board={board} list="no-backup" />
      </div>
    </AppPage>
  );
}

/** The roll-up whole: with forty CSMs it is a page of its own, so that neither it nor the board is too long. */
function everyCsmPage(viewer: Viewer, board: ManagerBoard, effort: EffortOf, said: string | null) {
  return (
    <AppPage viewer={viewer} title="Every CSM" styles={["board"]}>
      <PageHead title="Every CSM" crumbs={[{ href: PATH, name: "Manager board" }]} />
      <Said said={said} />
      <Figures board={board} />
      <ByCsm figures={board.byCsm} effort={effort} all />
    </AppPage>
  );
}

/** Over all open cases, whatever is filtered below; each opens the list behind it. */
function Figures({ board }: { board: ManagerBoard }) {
  const sum = (of: (row: ManagerBoard["byCsm"][number]) => number) =>
    board.byCsm.reduce((total, row) => total + of(row), 0);
  const to = (change: Partial<AskedCases>) => `${listAddress(PATH, PLAIN, change)}#cases`;
  return (
    <Stats
      stats={[
        { label: "open cases", value: board.openCases, href: to({}) },
        { label: "ready to meet", value: sum(({ ready }) => ready), href: to({ verdict: "ready" }) },
        { label: "stalled", value: sum(({ stalled }) => stalled), href: to({ verdict: "stalled" }) },
        { label: "at risk", value: sum(({ atRisk }) => atRisk), href: to({ verdict: "at_risk" }) },
        { label: "in limbo", value: sum(({ inLimbo }) => inLimbo), href: to({ only: "limbo" }) },
        ...(board.overrides.waiting.length === 0
          ? []
          : [{ label: "outlooks to approve", value: board.overrides.waiting.length, href: "#overrides" }]),
        { label: "duties overdue", value: sum(({ overdue }) => overdue), href: to({ only: "overdue" }) },
      ]}
    />
  );
}

const CHIPS: readonly BoardVerdict[] = [
  "ready",
  "stalled",
  "at_risk",
  "on_track",
  "warming",
  "not_started",
  "unreachable",
  "no_program",
];

function VerdictChips({ asked, board }: { asked: AskedCases; board: ManagerBoard }) {
  const counts = new Map(board.verdictCounts.map((one) => [one.verdict, one.count]));
  const all = board.verdictCounts.reduce((sum, one) => sum + one.count, 0);
  const chip = (name: string, number: number, verdict: BoardVerdict | undefined) => (
    <a
      key={name}
      href={`${listAddress(PATH, asked, { verdict })}#cases`}
      aria-current={asked.verdict === verdict ? "true" : undefined}
    >
      {name} <b>{number}</b>
    </a>
  );
  return (
    <nav className="chips" aria-label="Filter by verdict">
      {chip("All", all, undefined)}
      {CHIPS.map((verdict) => chip(verdictWords(verdict), counts.get(verdict) ?? 0, verdict))}
      {asked.only === undefined ? null : (
        <a href={listAddress(PATH, asked, { only: undefined })} aria-current="true">
          {asked.only === "limbo" ? "Only in limbo" : "Only overdue"}, take away
        </a>
      )}
    </nav>
  );
}

const columns: readonly Column<BoardRow>[] = [
  { head: "Account and contact", cell: (row) => <Who row={row} /> },
  { head: "Verdict", cell: (row) => <Engagement row={row} /> },
  { head: "Program", cell: (row) => <Program row={row} /> },
  { head: "Waits for us", cell: (row) => <Waits row={row} /> },
  { head: "At risk", right: true, cell: (row) => count(row.daysAtRisk, "day") },
  { head: "At stake", right: true, cell: (row) => <Stake row={row} /> },
  { head: "CSM", cell: (row) => <bdi>{row.csmName ?? "Nobody"}</bdi> },
];

function Engagement({ row }: { row: BoardRow }) {
  return (
    <>
      <Verdict verdict={row.verdict} score={row.score} />
      {row.enrollmentId === null ? null : (
        <>
          <br />
          <a className="small nowrap" href={`${PATH}/${row.enrollmentId}`}>
            Before you schedule<span className="sr">: {row.contactName ?? row.accountName}</span>
          </a>
        </>
      )}
    </>
  );
}

function Waits({ row }: { row: BoardRow }) {
  const [first] = row.needs;
  if (row.meetingState === "booked" && row.meetingAt !== null)
    return <>Meeting on {shortDate(row.meetingAt)}</>;
  if (first === undefined) return <span className="soft">Nothing</span>;
  return (
    <>
      <bdi>{first.text}</bdi>
      {row.overdueDuties > 0 ? <b className="late"> {row.overdueDuties} overdue</b> : null}
    </>
  );
}

function NoRows({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <Empty icon="board" title="No open case fits" action={<a href={PATH}>Show all open cases</a>}>
      Take a filter away.
    </Empty>
  ) : (
    <Empty icon="board" title="No case is open">
      As soon as a main contact leaves and a case is opened, it stands here.
    </Empty>
  );
}
