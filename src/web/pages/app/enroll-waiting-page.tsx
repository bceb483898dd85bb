import type { EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import type { CsmTask } from "../../../drivers/store/generated/client.ts";
import type { Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Time } from "../ui/time.tsx";
import { dayWords } from "../words.ts";
import { EnrollPage, stepAddress } from "./enroll-frame.tsx";

/** Nobody to enroll now: what happens meanwhile, and how it goes on. */
export function enrollWaitingPage(props: {
  viewer: Viewer;
  caseId: string;
  open: readonly EnrollStep[];
  accountName: string;
  /** They give up this kind of work: no course at all. */
  leaving: boolean;
  /** When we ask again who takes over; null when that was not agreed. */
  askAgainAt: Date | null;
  tasks: readonly CsmTask[];
}) {
  const { viewer, caseId, open, accountName, leaving, askAgainAt, tasks } = props;
  return (
    <EnrollPage
      viewer={viewer}
      step={leaving ? "where" : "successor"}
      about={<bdi>{accountName}</bdi>}
      title={leaving ? "No course for this one" : "Nobody to enroll yet, and that is fine"}
      name={leaving ? "No course for this one" : "Nobody to enroll yet"}
      caseId={caseId}
      open={open}
    >
      <Card tone="informed">
        {leaving ? (
          <p>
            The account gives up this kind of work, so no mail goes to anybody. Speak with the sponsor about
            extending, or about leaving well.
          </p>
        ) : (
          <p>
            The case is open and kept. No mail goes to anybody before somebody is named.
            {askAgainAt === null ? null : (
              <>
                {" "}
                We ask you again on <strong>{dayWords(askAgainAt, viewer.zone)}</strong>.
              </>
            )}
          </p>
        )}
      </Card>
      <Card title="For you meanwhile">
        {tasks.length === 0 ? (
          <p className="soft">Nothing is open.</p>
        ) : (
          <ul className="rows">
            {tasks.map((task) => (
              <li key={task.id}>
                <div>
                  <strong>{task.text}</strong>
                  <p className="small soft">
                    By <Time at={task.dueAt} zone={viewer.zone} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <div className="buttons">
        <a className="button" href={`/cases/${caseId}`}>
          To the case
        </a>
        <a className="button quiet" href={stepAddress(leaving ? "where" : "successor", caseId)}>
          {leaving ? "Change the answer" : "Name somebody now"}
        </a>
        <a className="button quiet" href="/">
          My week
        </a>
      </div>
    </EnrollPage>
  );
}
