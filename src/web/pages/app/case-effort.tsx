import type { EffortLine } from "../../../domain/turnover/effort.ts";
import type { CaseEffort } from "../../../operations/case-effort.ts";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Tag } from "../ui/tag.tsx";
import { count } from "../words.ts";

/** What the case took of our time, and what it was spared; both are estimates and say so (S0-27). */
export function EffortCard({ room, viewer }: { room: CaseRoom; viewer: Viewer }) {
  const { effort } = room;
  return (
    <Card title="Effort" id="effort" aside="Estimate">
      <EffortSums effort={effort} />
      <p>
        <a href={`/cases/${room.case.id}/effort`}>
          How this is counted
          {viewerMay(viewer, "work-cases") ? ", and minutes of your own" : ", and what was written down"}
        </a>
      </p>
    </Card>
  );
}

export function EffortSums({ effort }: { effort: CaseEffort }) {
  const { spent, avoided, budgetMinutes, overBudget } = effort;
  return (
    <dl className="facts">
      <dt>Spent by people</dt>
      <dd>
        {minutesWords(spent.minutes)} of {budgetMinutes} for a case of this tier{" "}
        {overBudget ? <Tag tone="warn">Over</Tag> : null}
      </dd>
      <dt>Avoided by automation</dt>
      <dd>{minutesWords(avoided.minutes)} (estimate)</dd>
    </dl>
  );
}

/** Every kind of act with its number and its minutes, so that the sums can be checked. */
export function EffortCounted({ effort }: { effort: CaseEffort }) {
  return (
    <>
      <p className="small">
        Nobody is timed. Each act on record counts with the usual minutes for its kind; what no act stands for
        is written down by hand.
      </p>
      <Lines lines={effort.spent.lines} none="Nothing of a person is on record yet." />
      <p className="small">
        Avoided: what writing and sending the same mails by hand would have taken, each with its usual
        minutes. Only mails that have left count.
      </p>
      <Lines lines={effort.avoided.lines} none="No mail has left yet." />
    </>
  );
}

function Lines({ lines, none }: { lines: readonly EffortLine[]; none: string }) {
  if (lines.length === 0) return <p className="small soft">{none}</p>;
  return (
    <ul className="small">
      {lines.map((line) => (
        <li key={line.act}>
          {count(line.count, ...actWords[line.act])}
          {line.each === null ? "" : ` × ${line.each}`}: {minutesWords(line.minutes)}
        </li>
      ))}
    </ul>
  );
}

const actWords: Readonly<Record<EffortLine["act"], [string, string]>> = {
  "case-opened": ["case opened", "cases opened"],
  "fact-captured": ["fact captured or corrected", "facts captured or corrected"],
  "contact-enrolled": ["program looked through and started", "programs looked through and started"],
  "question-answered": ["question answered", "questions answered"],
  "task-checked": ["task checked, waived or reopened", "tasks checked, waived or reopened"],
  "meeting-booked": ["meeting booked or moved", "meetings booked or moved"],
  "meeting-held": ["meeting held", "meetings held"],
  "meeting-missed": ["meeting nobody came to", "meetings nobody came to"],
  "one-off-written": ["one-off mail", "one-off mails"],
  "sponsor-brief": ["brief to the sponsor approved", "briefs to the sponsor approved"],
  "duty-done": ["duty ticked off", "duties ticked off"],
  "course-changed": ["change of pace or pause", "changes of pace or pauses"],
  "written-down": ["entry by hand", "entries by hand"],
  "step-mail": ["mail of the program", "mails of the program"],
  "meeting-mail": ["invitation to a meeting", "invitations to a meeting"],
  "closing-mail": ["closing mail", "closing mails"],
};

export const minutesWords = (minutes: number): string =>
  `${minutes.toLocaleString("en-GB")} ${minutes === 1 ? "minute" : "minutes"}`;
