import type { ManagerBoard } from "../../../operations/board-parts.ts";
import type { BoardOverride } from "../../../operations/case-overrides.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { count, dateWords } from "../words.ts";
import { outlookWords } from "./case-outlook.tsx";

/** As many as fit beside a page of cases; the next come up when these are decided. */
const WAITING_SHOWN = 5;
const ACTIVE_SHOWN = 10;

/** What CSMs say against the rules: waiting for a word here, and counting now (domain.md E.7, F 3). */
export function Overrides({ board, viewer }: { board: ManagerBoard; viewer: Viewer }) {
  const { waiting, active } = board.overrides;
  if (waiting.length + active.length === 0) return null;
  return (
    <Card
      title="Outlooks against the rules"
      id="overrides"
      aside={`${waiting.length} to approve, ${active.length} in force`}
    >
      {waiting.slice(0, WAITING_SHOWN).map((one) => (
        <article key={one.id} className="item">
          <Said one={one} />
          {viewerMay(viewer, "lead-csms") ? <Decide one={one} viewer={viewer} /> : null}
        </article>
      ))}
      {waiting.length <= WAITING_SHOWN ? null : (
        <p className="small soft">{count(waiting.length - WAITING_SHOWN, "more")} after these.</p>
      )}
      {active.length === 0 ? null : (
        <details className="fold">
          <summary>{active.length} in force</summary>
          {active.slice(0, ACTIVE_SHOWN).map((one) => (
            <article key={one.id} className="item">
              <Said one={one} />
            </article>
          ))}
        </details>
      )}
    </Card>
  );
}

function Said({ one }: { one: BoardOverride }) {
  return (
    <>
      <p>
        <a href={`/cases/${one.caseId}#outlook`}>
          <bdi>{one.accountName}</bdi>
        </a>
        : <strong>{outlookWords[one.outlook]}</strong> until {dateWords(one.untilOn)}
      </p>
      <p className="small">
        “{one.reason}” <span className="soft">{one.proposedBy}</span>
        {one.decidedBy === null ? null : <span className="soft">, approved by {one.decidedBy}</span>}
      </p>
    </>
  );
}

function Decide({ one, viewer }: { one: BoardOverride; viewer: Viewer }) {
  const whom = <span className="sr">: {one.accountName}</span>;
  if (one.proposedByUserId === viewer.userId)
    return <p className="small soft">You proposed it, so somebody else decides.</p>;
  return (
    <>
      <AppForm viewer={viewer} action={`/manager/overrides/${one.id}`}>
        <button className="small" name="do" value="approve" type="submit">
          Approve{whom}
        </button>
      </AppForm>
      <details className="fold">
        <summary>Refuse{whom}</summary>
        <AppForm viewer={viewer} action={`/manager/overrides/${one.id}`}>
          <div className="inline">
            <TextField id={`answer-${one.id}`} name="answer" label="Why not" required maxLength={500} />
            <button className="quiet small" name="do" value="refuse" type="submit">
              Refuse{whom}
            </button>
          </div>
        </AppForm>
      </details>
    </>
  );
}
