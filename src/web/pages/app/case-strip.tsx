import type { CaseStrip } from "../../../operations/my-week.ts";
import { Bar, Ring } from "../ui/drawn.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, dateWords, plain } from "../words.ts";
import { Verdict, verdictTone } from "./case-cells.tsx";

/** One open case in a few square centimetres: verdict, stage, how far, how long, until when. */
export function CaseTile({ one, withCsm }: { one: CaseStrip; withCsm: boolean }) {
  return (
    <li className="tile">
      <div className="top">
        {one.enrollmentId === null ? (
          <span className="noring" aria-hidden="true">
            –
          </span>
        ) : (
          <Ring
            value={one.score ?? 0}
            tone={verdictTone(one.verdict)}
            label={`Readiness ${Math.round(one.score ?? 0)} of 100`}
          />
        )}
        <div>
          <h3>
            <a href={`/cases/${one.caseId}`}>
              <bdi>{one.accountName}</bdi>
            </a>
          </h3>
          <p className="small soft">
            <bdi>{one.contactName ?? "Nobody enrolled yet"}</bdi>
          </p>
        </div>
      </div>
      <p className="tags">
        {one.enrollmentId === null ? null : <Verdict verdict={one.verdict ?? "not_started"} />}
        <Tag>{plain(one.status)}</Tag>
        {one.paused ? <Tag tone="warn">Paused</Tag> : null}
      </p>
      {one.enrollmentId === null ? null : (
        <div className="program small">
          <Bar value={one.percent} label={`${one.percent}% of the program is done`} />
          <span>
            {one.stepsDone} of {count(one.stepsTotal, "step")}
          </span>
        </div>
      )}
      <p className="small soft">
        {count(one.daysAtRisk, "day")} at risk ·{" "}
        {one.renewalOn === null ? "renewal unknown" : `renews ${dateWords(one.renewalOn)}`}
        {withCsm && one.csmName !== null ? ` · ${one.csmName}` : ""}
      </p>
    </li>
  );
}
