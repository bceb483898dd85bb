import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { CsvLink } from "../ui/csv-link.tsx";
import { Empty } from "../ui/empty.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Time } from "../ui/time.tsx";
import { dateWords, plain } from "../words.ts";
import { ScoreChart } from "./case-score.tsx";
import { Asked, settled } from "./case-talk.tsx";

/** How it came to be: the score day by day, duties done, briefs, and the account's own story. */
export function caseHistoryPage({ viewer, room }: { viewer: Viewer; room: CaseRoom }) {
  const contacts = room.enrollments.filter(({ audience }) => audience === "contact");
  const done = room.csmTasks.filter(({ doneAt }) => doneAt !== null);
  const { last } = room.escalation;
  const answered = contacts.flatMap(({ questions }) =>
    questions.filter(({ state }) => settled.includes(state)),
  );
  return (
    <AppPage viewer={viewer} title={`History of ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title="History"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${room.case.id}`, name: room.account.name },
        ]}
        actions={
          viewerMay(viewer, "export") ? (
            <>
              <CsvLink href={`/cases/${room.case.id}/tasks.csv`}>Tasks as CSV</CsvLink>
              <CsvLink href={`/accounts/${room.account.id}/timeline.csv`}>Story as CSV</CsvLink>
            </>
          ) : undefined
        }
      />
      {contacts.map((enrollment) =>
        enrollment.history.length < 2 ? null : (
          <Card
            key={enrollment.id}
            title={`Readiness of ${enrollment.contact.name}`}
            aside={enrollment.sequenceName}
          >
            <ScoreChart history={enrollment.history} />
          </Card>
        ),
      )}
      {answered.length === 0 ? null : (
        <Card title="Questions answered" id="answers">
          {answered.map((question) => (
            <Asked key={question.id} question={question} viewer={viewer} />
          ))}
        </Card>
      )}
      <div className="cols even">
        <Card title="Done for this case" aside={String(done.length)}>
          {done.length === 0 ? <p className="soft">Nothing yet.</p> : null}
          <ul className="log plain-log">
            {done.map((task) => (
              <li key={task.id}>
                {task.doneAt === null ? null : <Time at={task.doneAt} zone={viewer.zone} />}
                <span>
                  {task.text}
                  {task.outcome === null ? null : <span className="hint">{task.outcome}</span>}
                </span>
              </li>
            ))}
          </ul>
          {last === null ? null : (
            <p className="small soft">
              Last brief to the sponsor: {last.subject} ({plain(last.status).toLowerCase()}
              {last.reason === null ? "" : `, ${last.reason}`})
            </p>
          )}
        </Card>
        <Card title="The account" aside={String(room.timeline.length)}>
          {room.timeline.length === 0 ? (
            <Empty
              icon="book"
              title="No story yet"
              action={<a href={`/accounts/${room.account.id}`}>Open the account</a>}
            >
              Milestones and decisions are kept with the account.
            </Empty>
          ) : null}
          <ul className="log plain-log">
            {room.timeline.map((entry) => (
              <li key={entry.id}>
                <time dateTime={entry.date.toISOString().slice(0, 10)}>{dateWords(entry.date)}</time>
                <span>
                  {entry.text}
                  <span className="hint">
                    {plain(entry.kind)}
                    {entry.visibility === "internal" ? ", internal" : ""}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </AppPage>
  );
}
