import { Fragment } from "react";
import type { Phrase } from "../../../domain/readiness/readiness.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { count, plain, timeWords } from "../words.ts";
import { Bar } from "./verdict.tsx";

const confidenceWords = { high: "solid evidence", medium: "fair evidence", low: "thin evidence" } as const;

/** The verdict with all its reasons: no hidden factor, always what was ignored, always one next action (D7). */
export function ReadinessView({ enrollment, zone }: { enrollment: RoomEnrollment; zone: string }) {
  const { readiness } = enrollment;
  if (readiness === null)
    return (
      <section className="card">
        <h2>Readiness</h2>
        <p className="soft">Not assessed yet: the first mail has not gone out.</p>
      </section>
    );
  const { explanation } = readiness;
  return (
    <section className="card">
      <h2>Readiness</h2>
      <p className="verdict">
        {plain(readiness.verdict)}, {Math.round(readiness.score)} of 100
      </p>
      <p className="soft small">
        {confidenceWords[readiness.confidence]} · {count(readiness.strongActs, "deliberate act")} with content
        · {count(readiness.weakActs, "button", "buttons")} without · active day {readiness.activeDay}
        {readiness.paused ? " · paused" : ""} · {timeWords(new Date(readiness.at), zone)}
      </p>
      <Phrases title="Done" phrases={explanation.done} />
      <Phrases title="Missing for ready" phrases={explanation.missing} />
      <Phrases
        title="Not counted"
        phrases={explanation.notCounted === null ? [] : [explanation.notCounted]}
      />
      <Phrases title="Last own act" phrases={explanation.lastAct === null ? [] : [explanation.lastAct]} />
      {explanation.expected === null ? null : <p>{explanation.expected}</p>}
      <p className="answer">
        <strong>Next:</strong> {explanation.nextAction}
      </p>
      <div className="bars">
        {readiness.components.map((component) => (
          <Fragment key={component.id}>
            <span>{plain(component.id)}</span>
            <Bar
              value={component.raw}
              label={`${plain(component.id)}: ${Math.round(component.raw)} of 100`}
            />
            <span className="right small soft">
              {component.points.toFixed(1)}
              {component.id === "visits" ? " of 5" : ` of ${(component.weight * 100).toFixed(0)}`}
            </span>
          </Fragment>
        ))}
      </div>
      <h3>What “ready” asks</h3>
      <ul className="plain">
        {readiness.gates.map((gate) => (
          <li key={gate.id}>
            <span className={gate.passed ? "tag good" : "tag"}>{gate.passed ? "Yes" : "Not yet"}</span>{" "}
            {gate.text}
          </li>
        ))}
      </ul>
      <p className="soft small">{readiness.verdictReason}</p>
    </section>
  );
}

/** Each phrase leads to the first of the events behind it (domain.md D7). */
function Phrases({ title, phrases }: { title: string; phrases: readonly Phrase[] }) {
  if (phrases.length === 0) return null;
  return (
    <p>
      <strong>{title}:</strong>{" "}
      {phrases.map((phrase, index) => (
        <Fragment key={phrase.text}>
          {index > 0 ? "; " : ""}
          {phrase.eventIds[0] === undefined ? (
            phrase.text
          ) : (
            <a href={`#event-${phrase.eventIds[0]}`}>{phrase.text}</a>
          )}
        </Fragment>
      ))}
    </p>
  );
}

export function AgendaView({ enrollment }: { enrollment: RoomEnrollment }) {
  const { agenda } = enrollment;
  return (
    <section className="card">
      <h2>Suggested agenda</h2>
      {agenda === null || agenda.items.length === 0 ? (
        <p className="soft">{agenda?.emptyReason ?? "No agenda yet."}</p>
      ) : (
        <ol>
          {agenda.items.map((item) => (
            <li key={`${item.kind}-${item.text}`}>
              {item.text}{" "}
              <span className="soft small">
                {count(item.minutes, "minute")}, {item.lead === "csm" ? "you lead" : `${item.lead} leads`}.{" "}
                {item.why}
              </span>
            </li>
          ))}
        </ol>
      )}
      {agenda === null || agenda.byMail.length === 0 ? null : (
        <p className="soft small">By mail instead: {agenda.byMail.map((item) => item.text).join("; ")}.</p>
      )}
    </section>
  );
}
