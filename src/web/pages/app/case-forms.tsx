import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { plain, timeWords } from "../words.ts";

interface FormsProps {
  viewer: Viewer;
  enrollment: RoomEnrollment;
  caseId: string;
}

const settled = ["answered", "accepted", "answered_by_resource", "closed"];

export function Questions({ viewer, enrollment, caseId, zone }: FormsProps & { zone: string }) {
  const { questions } = enrollment;
  return (
    <section className="card" id="questions">
      <h2>Questions</h2>
      {questions.length === 0 ? <p className="soft">None asked yet.</p> : null}
      {questions.map((question) => (
        <div className="row" key={question.id}>
          <p>
            <span className={question.severity === "high" ? "tag bad" : "tag"}>
              {question.kind === "objection" ? "Objection" : plain(question.kind)}
            </span>{" "}
            <strong>{question.text}</strong>
          </p>
          <p className="small soft">
            {timeWords(question.askedAt, zone)} · {plain(question.state)}
          </p>
          {question.answer === null ? null : (
            <div className="answer">
              <Markdown text={question.answer} />
            </div>
          )}
          {settled.includes(question.state) ? null : (
            <AppForm viewer={viewer} action={`/questions/${question.id}/answer`}>
              <input type="hidden" name="back" value={`/cases/${caseId}#questions`} />
              <div className="field">
                <label htmlFor={`answer-${question.id}`}>
                  Answer
                  <span className="hint">It shows on {enrollment.contact.firstName}'s page.</span>
                </label>
                <textarea id={`answer-${question.id}`} name="answer" required maxLength={8000} rows={3} />
              </div>
              <button className="small" type="submit">
                Answer
              </button>
            </AppForm>
          )}
        </div>
      ))}
    </section>
  );
}

/** Tasks and meetings: what a person saw with their own eyes goes into the log with their name. */
export function Acts({ viewer, enrollment, caseId }: FormsProps) {
  const open = enrollment.tasks.filter(
    (task) => !["verified", "waived", "not_applicable"].includes(task.state),
  );
  const back = `/cases/${caseId}`;
  return (
    <details className="card">
      <summary>Tasks ({enrollment.tasks.length}): verify, waive or reopen</summary>
      <ul className="rows">
        {enrollment.tasks.map((task) => (
          <li key={task.id}>
            <div>
              <p>
                {task.text} <span className="tag">{plain(task.state)}</span>
                {task.must ? <span className="tag">Must</span> : null}
              </p>
              {task.evidence === null ? null : <p className="small soft">“{task.evidence}”</p>}
            </div>
          </li>
        ))}
      </ul>
      {enrollment.tasks.length === 0 ? null : (
        <AppForm viewer={viewer} action={`/enrollments/${enrollment.id}/tasks`}>
          <input type="hidden" name="back" value={back} />
          <div className="inline">
            <div className="field">
              <label htmlFor={`task-${enrollment.id}`}>Task</label>
              <select id={`task-${enrollment.id}`} name="task">
                {(open.length > 0 ? open : enrollment.tasks).map((task) => (
                  <option key={task.key} value={task.key}>
                    {task.text.slice(0, 60)}
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor={`reason-${enrollment.id}`}>Reason (to waive or reopen)</label>
              <input id={`reason-${enrollment.id}`} type="text" name="reason" maxLength={1000} />
            </div>
          </div>
          <p />
          <div className="buttons">
            <button className="quiet small" name="what" value="verify" type="submit">
              I saw it done
            </button>
            <button className="quiet small" name="what" value="waive" type="submit">
              Waive
            </button>
            <button className="quiet small" name="what" value="reopen" type="submit">
              Reopen
            </button>
          </div>
        </AppForm>
      )}
    </details>
  );
}

export function EnrollmentButtons({ viewer, enrollment, caseId, zone }: FormsProps & { zone: string }) {
  const back = `/cases/${caseId}`;
  const action = `/enrollments/${enrollment.id}`;
  const live = ["active", "paused", "pending", "blocked"].includes(enrollment.status);
  if (!live) return null;
  const upcoming = enrollment.meetings.find((meeting) => ["requested", "booked"].includes(meeting.state));
  return (
    <section className="card">
      <h2>Do</h2>
      {upcoming === undefined ? null : (
        <p>
          {upcoming.state === "booked" ? "Meeting booked" : "Asked to meet"}
          {upcoming.slotAt === null ? "" : `: ${timeWords(upcoming.slotAt, zone)}`}
          {upcoming.note === null ? "" : `, “${upcoming.note}”`}
        </p>
      )}
      <details className="fold">
        <summary>Book a meeting</summary>
        <AppForm viewer={viewer} action={`${action}/meetings`}>
          <input type="hidden" name="back" value={back} />
          <div className="field">
            <label htmlFor="slot">
              When
              <span className="hint">
                In {enrollment.contact.firstName}'s zone, {enrollment.zone.replaceAll("_", " ")}
              </span>
            </label>
            <input id="slot" type="datetime-local" name="slot" required />
          </div>
          <button className="small" type="submit">
            Book
          </button>
        </AppForm>
      </details>
      {upcoming?.state === "booked" ? (
        <details className="fold">
          <summary>The meeting is over</summary>
          <AppForm viewer={viewer} action={`/meetings/${upcoming.id}/outcome`}>
            <input type="hidden" name="back" value={back} />
            <fieldset>
              <legend>Did it turn into a demo?</legend>
              {["no", "partly", "yes"].map((answer) => (
                <label className="choice" key={answer}>
                  <input type="radio" name="demo" value={answer} />
                  <span>{plain(answer)}</span>
                </label>
              ))}
            </fieldset>
            <div className="buttons">
              <button className="small" name="outcome" value="held" type="submit">
                It was held
              </button>
              <button className="quiet small" name="outcome" value="no_show" type="submit">
                Nobody came
              </button>
              <button className="quiet small" name="outcome" value="cancelled" type="submit">
                Cancelled
              </button>
            </div>
          </AppForm>
        </details>
      ) : null}
      {enrollment.paused || enrollment.waitingForPerson ? (
        <AppForm viewer={viewer} action={`${action}/resume`}>
          <input type="hidden" name="back" value={back} />
          <p className="small">
            {enrollment.waitingForPerson
              ? "Two shorter mails went unanswered: the program waits for you."
              : `Paused${enrollment.pausedUntil === null ? "" : ` until ${timeWords(enrollment.pausedUntil, zone)}`}${
                  enrollment.pauseReason === null ? "" : `: ${plain(enrollment.pauseReason).toLowerCase()}`
                }.`}
          </p>
          <button className="quiet small" type="submit">
            Resume
          </button>
        </AppForm>
      ) : (
        <AppForm viewer={viewer} action={`${action}/pause`}>
          <input type="hidden" name="back" value={back} />
          <button className="quiet small" type="submit">
            Pause
          </button>
        </AppForm>
      )}
      <AppForm viewer={viewer} action={`${action}/pace`}>
        <input type="hidden" name="back" value={back} />
        <div className="inline">
          <div className="field">
            <label htmlFor="pace">Pace</label>
            <select id="pace" name="pace" defaultValue={enrollment.pace}>
              <option value="slow">Slow</option>
              <option value="normal">Normal</option>
              <option value="fast">Fast</option>
            </select>
          </div>
          <button className="quiet small" type="submit">
            Set
          </button>
        </div>
      </AppForm>
      <details className="fold">
        <summary>Stop the program</summary>
        <AppForm viewer={viewer} action={`${action}/withdraw`}>
          <input type="hidden" name="back" value={back} />
          <div className="field">
            <label htmlFor="withdraw-reason">Why</label>
            <input id="withdraw-reason" type="text" name="reason" required maxLength={1000} />
          </div>
          <button className="danger small" type="submit">
            Stop for good
          </button>
        </AppForm>
      </details>
      <details className="fold">
        <summary>A mail reached the wrong hands</summary>
        <p className="small">
          Links to {enrollment.contact.firstName}'s page in mails sent so far stop working. Whoever opens one
          can only have a fresh link mailed to the address on record.
        </p>
        <AppForm viewer={viewer} action={`${action}/void-page-links`}>
          <input type="hidden" name="back" value={back} />
          <div className="field">
            <label htmlFor="void-reason">What happened</label>
            <input id="void-reason" type="text" name="reason" required maxLength={1000} />
          </div>
          <button className="danger small" type="submit">
            Make the links void
          </button>
        </AppForm>
      </details>
      <p className="small">
        <a href={`${action}/page`}>Open {enrollment.contact.firstName}'s page</a>
      </p>
    </section>
  );
}
