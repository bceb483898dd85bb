import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { CsvLink } from "../ui/csv-link.tsx";
import { Empty } from "../ui/empty.tsx";
import { TextField } from "../ui/field.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tag } from "../ui/tag.tsx";
import { plain } from "../words.ts";
import { doneStates, stateWords } from "./case-talk.tsx";

const offStates: readonly string[] = ["waived", "not_applicable"];

/** What a person saw with their own eyes goes into the record with their name. */
export function caseTasksPage(props: {
  viewer: Viewer;
  room: CaseRoom;
  enrollment: RoomEnrollment | null;
  said: string | null;
}) {
  const { viewer, room, enrollment, said } = props;
  const caseId = room.case.id;
  return (
    <AppPage viewer={viewer} title={`Tasks at ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title="Tasks"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${caseId}`, name: room.account.name },
        ]}
        actions={
          viewerMay(viewer, "export") ? (
            <>
              <CsvLink href={`/cases/${caseId}/program-tasks.csv`}>These as CSV</CsvLink>
              <CsvLink href={`/cases/${caseId}/tasks.csv`}>Our own as CSV</CsvLink>
            </>
          ) : undefined
        }
      />
      <Said said={said} />
      {enrollment === null || enrollment.tasks.length === 0 ? (
        <Card>
          <Empty icon="check" title="No tasks yet">
            They come with the mails of the program.
          </Empty>
        </Card>
      ) : (
        inOrder(enrollment.tasks).map((task) => (
          <Card key={task.id}>
            <p>
              <Tag tone={doneStates.includes(task.state) ? "good" : undefined}>
                {stateWords[task.state] ?? plain(task.state)}
              </Tag>{" "}
              <strong>{task.text}</strong>
              {task.must ? <span className="soft"> (must)</span> : null}
            </p>
            {task.evidence === null ? null : <p className="small">“{task.evidence}”</p>}
            {task.reason === null ? null : <p className="small soft">{task.reason}</p>}
            <AppForm viewer={viewer} action={`/enrollments/${enrollment.id}/tasks`}>
              <input type="hidden" name="back" value={`/cases/${caseId}/tasks`} />
              <input type="hidden" name="task" value={task.key} />
              <div className="inline">
                <TextField
                  id={`reason-${task.id}`}
                  name="reason"
                  label="What you saw, or why"
                  hint="Needed to waive or reopen."
                  maxLength={1000}
                />
                <TaskButtons state={task.state} />
              </div>
            </AppForm>
          </Card>
        ))
      )}
    </AppPage>
  );
}

function TaskButtons({ state }: { state: string }) {
  const isOver = doneStates.includes(state) || offStates.includes(state);
  return (
    <div className="buttons">
      {isOver ? null : (
        <>
          <button className="small" name="what" value="verify" type="submit">
            I saw it done
          </button>
          <button className="quiet small" name="what" value="waive" type="submit">
            Waive
          </button>
        </>
      )}
      {state === "open" ? null : (
        <button className="quiet small" name="what" value="reopen" type="submit">
          Reopen
        </button>
      )}
    </div>
  );
}

/** Open ones first: they are what one comes for. */
function inOrder(tasks: RoomEnrollment["tasks"]): RoomEnrollment["tasks"] {
  const rank = (state: string) => (doneStates.includes(state) || offStates.includes(state) ? 1 : 0);
  return tasks.toSorted((a, b) => rank(a.state) - rank(b.state));
}
