import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { CsvLink } from "../ui/csv-link.tsx";
import { TextField } from "../ui/field.tsx";
import { Time } from "../ui/time.tsx";
import { count } from "../words.ts";

type Duty = CaseRoom["csmTasks"][number];

/** The next ones by their day; the others are folded below them. */
const DUTIES_SHOWN = 3;
const LONG_DETAIL = 160;

/** What waits for the CSM in this case. Every duty has its place, so every button of the week lands on it. */
export function Duties(props: { room: CaseRoom; viewer: Viewer; asked: string | null }) {
  const { room, viewer, asked } = props;
  const open = room.csmTasks.filter(({ doneAt }) => doneAt === null);
  const done = room.csmTasks.length - open.length;
  const later = open.slice(DUTIES_SHOWN);
  return (
    <Card title="For you to do" id="duties" aside={done === 0 ? undefined : `${done} done`}>
      {open.length === 0 ? <p className="soft">Nothing is open.</p> : null}
      {open.slice(0, DUTIES_SHOWN).map((duty) => (
        <DutyItem key={duty.id} duty={duty} viewer={viewer} />
      ))}
      {later.length === 0 ? null : (
        // Browsers do not open a fold for an address everywhere, so the query says it too.
        <details className="fold" open={later.some(({ id }) => id === asked)}>
          <summary>{count(later.length, "more duty", "more duties")}</summary>
          {later.map((duty) => (
            <DutyItem key={duty.id} duty={duty} viewer={viewer} />
          ))}
        </details>
      )}
      {room.csmTasks.length > 0 && viewerMay(viewer, "export") ? (
        <p>
          <CsvLink href={`/cases/${room.case.id}/tasks.csv`}>Tasks as CSV</CsvLink>
        </p>
      ) : null}
    </Card>
  );
}

function DutyItem({ duty, viewer }: { duty: Duty; viewer: Viewer }) {
  const may = viewerMay(viewer, "work-cases");
  return (
    <article className="item" id={`duty-${duty.id}`}>
      <p>
        <strong>{duty.text}</strong>
        <span className="hint">
          By <Time at={duty.dueAt} zone={viewer.zone} />
        </span>
      </p>
      <Detail text={duty.detail} />
      {may && duty.kind === "escalate" ? (
        <p>
          <a className="button quiet small" href={`/cases/${duty.caseId}/escalate`}>
            Read the draft
          </a>
        </p>
      ) : null}
      {may ? <FinishForm duty={duty} viewer={viewer} /> : null}
    </article>
  );
}

function Detail({ text }: { text: string }) {
  if (text === "") return null;
  if (text.length <= LONG_DETAIL) return <p className="small lines">{text}</p>;
  return (
    <details className="fold">
      <summary>What it is about</summary>
      <p className="small lines">{text}</p>
    </details>
  );
}

function FinishForm({ duty, viewer }: { duty: Duty; viewer: Viewer }) {
  return (
    <details className="fold">
      <summary>It is done</summary>
      <AppForm viewer={viewer} action={`/csm-tasks/${duty.id}/finish`}>
        <input type="hidden" name="back" value={`/cases/${duty.caseId}#duties`} />
        <div className="inline">
          <TextField
            id={`outcome-${duty.id}`}
            name="outcome"
            label="What came of it"
            required
            maxLength={1000}
          />
          <button className="quiet small" type="submit">
            Done
          </button>
        </div>
      </AppForm>
    </details>
  );
}
