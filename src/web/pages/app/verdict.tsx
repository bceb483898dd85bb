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

/** A bar of 0–100 without an inline style, which the page's policy forbids. */
export function Bar({ value, label }: { value: number; label: string }) {
  const width = Math.max(0, Math.min(100, value));
  return (
    <svg className="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect width="100" height="8" rx="2" />
      <rect width={width} height="8" rx="2" />
    </svg>
  );
}
