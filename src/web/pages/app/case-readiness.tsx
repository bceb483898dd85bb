import { Fragment, type ReactNode } from "react";
import type { Phrase, Readiness } from "../../../domain/readiness/readiness.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { Card } from "../ui/card.tsx";
import { Bar, Ring } from "../ui/drawn.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { count, plain } from "../words.ts";
import { ScoreChart } from "./case-score.tsx";
import { evidenceAddress, partAddress } from "./evidence-address.ts";

const confidenceWords = { high: "solid evidence", medium: "fair evidence", low: "thin evidence" } as const;

const tones: Readonly<Record<string, Tone>> = { at_risk: "bad", unreachable: "bad", stalled: "warn" };

/** The verdict with all its reasons: no hidden factor, always what was ignored, always one next action (D7). */
export function ReadinessView(props: { enrollment: RoomEnrollment; zone: string; caseId: string }) {
  const { enrollment, zone, caseId } = props;
  const { readiness } = enrollment;
  if (readiness === null)
    return (
      <Card title="Readiness" id="readiness">
        <p className="soft">Not assessed yet: the program begins with its first mail.</p>
      </Card>
    );
  const { explanation } = readiness;
  const score = Math.round(readiness.score);
  const tone = tones[readiness.verdict];
  return (
    <Card
      title="Readiness"
      id="readiness"
      aside={
        <>
          as of <Time at={new Date(readiness.at)} zone={zone} />
        </>
      }
    >
      <div className="score">
        <Ring value={score} label={`Score ${score} of 100`} tone={tone} />
        <div>
          <p className="verdict">{plain(readiness.verdict)}</p>
          <p className="small soft">
            {confidenceWords[readiness.confidence]}, day {readiness.activeDay}
            {readiness.paused ? ", paused" : ""}
          </p>
          <p className="small soft">
            {count(readiness.strongActs, "act")} with content, {readiness.weakActs} without
          </p>
        </div>
      </div>
      <Sentence title="Done" phrases={explanation.done} caseId={caseId} />
      <Sentence title="Missing for ready" phrases={explanation.missing} caseId={caseId} />
      <Sentence
        title="Last own act"
        phrases={explanation.lastAct === null ? [] : [explanation.lastAct]}
        caseId={caseId}
      />
      {explanation.expected === null ? null : <p className="small soft">{explanation.expected}</p>}
      <p className="note">
        <strong>Next:</strong> {explanation.nextAction}
      </p>
      <Components readiness={readiness} caseId={caseId} />
      <NotCounted readiness={readiness} caseId={caseId} />
      <details className="fold" open={!readiness.meetingReady}>
        <summary>
          What “ready” asks: {readiness.gates.filter(({ passed }) => passed).length} of{" "}
          {readiness.gates.length} met
        </summary>
        <ul className="gates">
          {readiness.gates.map((gate) => (
            <li key={gate.id}>
              <Tag tone={gate.passed ? "good" : undefined}>{gate.passed ? "Met" : "Not yet"}</Tag>
              <span>
                <Linked href={partAddress(caseId, gate)}>{gate.text}</Linked>
              </span>
            </li>
          ))}
        </ul>
        <p className="small soft">{readiness.verdictReason}</p>
      </details>
      <ScoreChart history={enrollment.history} caseId={caseId} />
    </Card>
  );
}

function Components({ readiness, caseId }: { readiness: Readiness; caseId: string }) {
  return (
    <div className="bars" id="components">
      {readiness.components.map((component) => {
        const most = component.id === "visits" ? 5 : component.weight * 100;
        const name = plain(component.id);
        const points = component.points.toFixed(1);
        return (
          <Fragment key={component.id}>
            <span>{name}</span>
            <Bar
              value={most === 0 ? 0 : (component.points / most) * 100}
              label={`${name}: ${points} of ${most.toFixed(0)} points`}
            />
            <span className="right small soft">
              <Linked href={partAddress(caseId, component)}>
                {points} of {most.toFixed(0)}
              </Linked>
            </span>
          </Fragment>
        );
      })}
    </div>
  );
}

function NotCounted({ readiness, caseId }: { readiness: Readiness; caseId: string }) {
  const { opens, clicks, other } = readiness.machineSignals;
  if (opens + clicks + other === 0) return null;
  const parts = [
    opens > 0 ? count(opens, "open") : "",
    clicks > 0 ? count(clicks, "click") : "",
    other > 0 ? `${other} other` : "",
  ].filter((part) => part !== "");
  return (
    <p className="small soft">
      Not counted: {parts.join(" and ")} look machine-made.{" "}
      <a href={`/cases/${caseId}/evidence?machines=yes`}>See them</a>
    </p>
  );
}

/** Each phrase leads to the events behind it (domain.md D7). */
function Sentence({ title, phrases, caseId }: { title: string; phrases: readonly Phrase[]; caseId: string }) {
  if (phrases.length === 0) return null;
  return (
    <p>
      <strong>{title}:</strong>{" "}
      {phrases.map((phrase, index) => (
        <Fragment key={phrase.text}>
          {index > 0 ? "; " : ""}
          <Linked href={evidenceAddress(caseId, phrase.eventIds)}>{phrase.text}</Linked>
        </Fragment>
      ))}
    </p>
  );
}

function Linked({ href, children }: { href: string | null; children: ReactNode }) {
  return href === null ? children : <a href={href}>{children}</a>;
}
