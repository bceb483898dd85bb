import type { BoardRow } from "../../../operations/board-parts.ts";
import { Bar } from "../ui/drawn.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { moneyWords, plain, shortDate } from "../words.ts";

const tones: Readonly<Record<string, Tone>> = {
  ready: "good",
  on_track: "good",
  at_risk: "bad",
  unreachable: "bad",
  stalled: "warn",
};

/** A verdict in words; the colour only repeats it. */
export function Verdict({ verdict, score = null }: { verdict: string | null; score?: number | null }) {
  if (verdict === null || verdict === "no_program") return <Tag>Nobody enrolled</Tag>;
  return (
    <Tag tone={tones[verdict]}>
      {plain(verdict)}
      {score === null ? "" : ` · ${Math.round(score)}`}
    </Tag>
  );
}

export function verdictTone(verdict: string | null): Tone | undefined {
  return tones[verdict ?? ""];
}

/** Account above contact: two lines of one cell. */
export function Who({ row }: { row: Pick<BoardRow, "caseId" | "accountName" | "contactName"> }) {
  return (
    <>
      <a href={`/cases/${row.caseId}`}>
        <bdi>{row.accountName}</bdi>
      </a>
      <br />
      <bdi className="small soft">{row.contactName ?? "nobody known yet"}</bdi>
    </>
  );
}

/** How far the program is: a bar, and the same in digits. */
export function Program({ row }: { row: Pick<BoardRow, "enrollmentId" | "percent" | "paused"> }) {
  if (row.enrollmentId === null) return null;
  return (
    <div className="far">
      <Bar value={row.percent} label={`${row.percent}% of the program`} />
      <span className="small">{row.percent}%</span>
      {row.paused ? <span className="small soft">paused</span> : null}
    </div>
  );
}

/** What is lost with the account, and when that is decided. */
export function Stake({ row }: { row: Pick<BoardRow, "arrMinor" | "currency" | "renewalOn"> }) {
  return (
    <>
      {moneyWords(row.arrMinor, row.currency)}
      <br />
      <span className="small soft nowrap">
        {row.renewalOn === null ? "renewal unknown" : `renews ${shortDate(row.renewalOn)}`}
      </span>
    </>
  );
}
