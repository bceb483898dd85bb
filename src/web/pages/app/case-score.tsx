import type { ScoreDay } from "../../../operations/room-parts.ts";
import { dateWords, plain } from "../words.ts";

const WIDTH = 560;
const HEIGHT = 132;
const LEFT = 26;
const TOP = 10;
const BOTTOM = 20;
const READY = 70;

/** The score day by day, with each change of verdict and each pause; the same as a table below it. */
export function ScoreChart({ history, caseId }: { history: readonly ScoreDay[]; caseId?: string }) {
  if (history.length < 2) return null;
  const changes = changesOf(history);
  return (
    <figure className="history">
      <figcaption className="small soft">
        The score since {dateWords(history[0]?.date ?? "")}. “Ready” begins at {READY}.
      </figcaption>
      <Chart history={history} changes={changes} />
      {caseId === undefined ? (
        <ScoreTable history={history} />
      ) : (
        <p className="small">
          <a href={`/cases/${caseId}/history`}>The same as a table, with all that happened</a>
        </p>
      )}
    </figure>
  );
}

function ScoreTable({ history }: { history: readonly ScoreDay[] }) {
  return (
    <details className="fold">
      <summary>As a table</summary>
      <table>
        <caption className="sr">Score and verdict by day, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="right">
              Score
            </th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map((day) => (
            <tr key={day.date}>
              <td>{dateWords(day.date)}</td>
              <td className="right">{Math.round(day.score)}</td>
              <td>
                {plain(day.verdict)}
                {day.paused ? ", paused" : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function changesOf(history: readonly ScoreDay[]): { day: ScoreDay; index: number }[] {
  return history.flatMap((day, index) =>
    index === 0 || history[index - 1]?.verdict !== day.verdict ? [{ day, index }] : [],
  );
}

function Chart(props: {
  history: readonly ScoreDay[];
  changes: readonly { day: ScoreDay; index: number }[];
}) {
  const { history, changes } = props;
  const step = (WIDTH - LEFT - 8) / Math.max(1, history.length - 1);
  const x = (index: number) => (LEFT + index * step).toFixed(1);
  const y = (score: number) => (TOP + (1 - score / 100) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const last = history.at(-1);
  const spoken = changes
    .map(({ day }) => `${dateWords(day.date)}: ${plain(day.verdict).toLowerCase()}`)
    .join("; ");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="score-title score-desc">
      <title id="score-title">{`Score by day, now ${Math.round(last?.score ?? 0)} of 100`}</title>
      <desc id="score-desc">{`Changes of verdict: ${spoken}.`}</desc>
      {history.map((day, index) =>
        day.paused ? (
          <rect
            key={day.date}
            className="rest"
            x={(LEFT + (index - 0.5) * step).toFixed(1)}
            y={TOP}
            width={step.toFixed(1)}
            height={HEIGHT - TOP - BOTTOM}
          />
        ) : null,
      )}
      {[0, READY, 100].map((mark) => (
        <g key={mark} className={mark === READY ? "goal" : "grid"}>
          <line x1={LEFT} x2={WIDTH} y1={y(mark)} y2={y(mark)} />
          <text x={LEFT - 5} y={y(mark)} textAnchor="end" dominantBaseline="central">
            {mark}
          </text>
        </g>
      ))}
      <polyline points={history.map((day, index) => `${x(index)},${y(day.score)}`).join(" ")} />
      {changes.map(({ day, index }) => (
        <circle key={day.date} cx={x(index)} cy={y(day.score)} r="4.5" className={day.verdict}>
          <title>{`${dateWords(day.date)}: ${plain(day.verdict)}, ${Math.round(day.score)}`}</title>
        </circle>
      ))}
      <Labels changes={changes} x={(index) => LEFT + index * step} />
    </svg>
  );
}

/** Verdicts under the line where they began; one that would stand on its neighbour is left to the table. */
function Labels(props: {
  changes: readonly { day: ScoreDay; index: number }[];
  x: (index: number) => number;
}) {
  let free = 0;
  return props.changes.map(({ day, index }) => {
    const words = plain(day.verdict);
    const width = words.length * 6.4;
    const at = Math.min(props.x(index), WIDTH - width);
    if (at < free) return null;
    free = at + width + 10;
    return (
      <text key={day.date} className="name" x={at.toFixed(1)} y={HEIGHT - 5}>
        {words}
      </text>
    );
  });
}
