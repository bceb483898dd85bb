import { plain } from "../words.ts";

const tone: Readonly<Record<string, string>> = {
  ready: "tag good",
  on_track: "tag good",
  at_risk: "tag bad",
  unreachable: "tag bad",
  stalled: "tag warn",
};

/** A verdict in words; the colour only repeats it. */
export function VerdictTag({ verdict, score }: { verdict: string | null; score: number | null }) {
  if (verdict === null) return <span className="tag">Not assessed yet</span>;
  return (
    <span className={tone[verdict] ?? "tag"}>
      {plain(verdict)}
      {score === null ? "" : ` · ${Math.round(score)}`}
    </span>
  );
}
