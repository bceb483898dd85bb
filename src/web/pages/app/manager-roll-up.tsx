import { Fragment } from "react";
import type { CsmFigures } from "../../../operations/board-parts.ts";
import { Card } from "../ui/card.tsx";
import { Bar } from "../ui/drawn.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { count, moneyWords } from "../words.ts";

const CSMS_SHOWN = 12;

/** Minutes of all open cases by the CSM's id, "nobody" for accounts without one. */
export type EffortOf = ReadonlyMap<string, { spent: number; avoided: number }>;
interface ByCsmProps {
  figures: readonly CsmFigures[];
  effort: EffortOf;
  all: boolean;
}

/** Every CSM's open cases in figures and bars; who has room is part of the answer. */
export function ByCsm({ figures, effort, all }: ByCsmProps) {
  if (figures.length === 0) return null;
  const most = Math.max(1, ...figures.map(({ openCases }) => openCases));
  const longest = Math.max(1, ...figures.map(({ meanDaysAtRisk }) => meanDaysAtRisk ?? 0));
  const columns: readonly Column<CsmFigures>[] = [
    { head: "CSM", cell: (row) => <Name row={row} /> },
    {
      head: "Open cases",
      cell: ({ openCases, caseCapacity }) => (
        <Measure
          value={openCases}
          part={(100 * openCases) / (caseCapacity ?? most)}
          words={ofCapacity(openCases, caseCapacity)}
          warn={caseCapacity !== null && openCases > caseCapacity}
        />
      ),
    },
    {
      head: "Minutes",
      right: true,
      cell: ({ minutes, minuteCapacity }) => (
        <span className={minuteCapacity !== null && minutes > minuteCapacity ? "late" : undefined}>
          {ofCapacity(minutes, minuteCapacity)}
        </span>
      ),
    },
    {
      head: "Spent / avoided (est.)",
      right: true,
      cell: ({ csmId }) => {
        const { spent, avoided } = effort.get(csmId ?? "nobody") ?? { spent: 0, avoided: 0 };
        return `${spent.toLocaleString("en-GB")}\u00a0/ ${avoided.toLocaleString("en-GB")}`;
      },
    },
    {
      head: "ARR",
      right: true,
      cell: (row) => <Amounts of={row.arr} />,
    },
    {
      head: "Mean of programs",
      cell: ({ meanPercent: mean }) =>
        mean === null ? "–" : <Measure value={mean} part={mean} words={`${mean}%`} />,
    },
    {
      head: "Mean time at risk",
      cell: ({ meanDaysAtRisk: mean }) =>
        mean === null ? (
          "–"
        ) : (
          <Measure value={mean} part={(100 * mean) / longest} words={count(mean, "day")} warn />
        ),
    },
    { head: "Ready", right: true, cell: (row) => row.ready },
    { head: "Limbo", right: true, cell: (row) => row.inLimbo },
    { head: "Overdue", right: true, cell: (row) => row.overdue },
  ];
  const shown = all ? figures : figures.slice(0, CSMS_SHOWN);
  return (
    <Card
      title="By CSM"
      id="by-csm"
      className="by-csm"
      aside="Amounts stand by currency; an account counts once"
    >
      <Table
        caption="Open cases by CSM"
        columns={columns}
        rows={shown}
        keyOf={({ csmId }) => csmId ?? "nobody"}
      />
      <p className="small soft">
        Minutes are what the tiers of the open cases may take. Spent and avoided are estimates: acts of
        people, and mails that left by themselves, at usual minutes each. Every case says how it is counted.
      </p>
      <p>
        {shown.length < figures.length ? (
          <>
            <a href="/manager?csms=all#by-csm">All {figures.length} CSMs</a>,{" "}
          </>
        ) : null}
        <a href="/manager/capacity">What each can carry</a>
      </p>
    </Card>
  );
}

/** "9 of 12", and in words when it is more than can be carried: the bar's colour does not say it alone. */
function ofCapacity(value: number, capacity: number | null): string {
  const shown = value.toLocaleString("en-GB");
  if (capacity === null) return shown;
  return `${shown} of ${capacity.toLocaleString("en-GB")}${value > capacity ? ", too many" : ""}`;
}

function Name({ row }: { row: CsmFigures }) {
  return (
    <>
      <a href={`/manager?csm=${row.csmId ?? "nobody"}#cases`}>
        <bdi>{row.name}</bdi>
      </a>
      {row.status === "leaving" || row.status === "left" ? (
        <span className="small soft"> ({row.status})</span>
      ) : null}
    </>
  );
}

function Amounts({ of }: { of: CsmFigures["arr"] }) {
  if (of.length === 0) return "–";
  if (of.length === 1) return of.map(({ currency, minor }) => moneyWords(minor, currency));
  return of.map(({ currency, minor }, index) => (
    <Fragment key={currency}>
      {index === 0 ? "" : " + "}
      <span className="nowrap">{moneyWords(minor, currency)}</span>
    </Fragment>
  ));
}

function Measure(props: { value: number; part: number; words: string; warn?: boolean }) {
  return (
    <div className="far">
      <Bar value={props.part} label={props.words} tone={props.warn === true ? "warn" : undefined} />
      <span className="small">{props.words}</span>
    </div>
  );
}
