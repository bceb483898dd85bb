import type { CaseRoom } from "../../../operations/case-room.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { count, dateWords, moneyWords, plain, timeWords } from "../words.ts";
import { Acts, EnrollmentButtons, Questions } from "./case-forms.tsx";
import { Evidence, Steps } from "./case-program.tsx";
import { AgendaView, ReadinessView } from "./case-readiness.tsx";
import { VerdictTag } from "./verdict.tsx";

/** Everything about one turnover on one page (domain.md F 2). */
export function caseRoomPage(props: { viewer: Viewer; room: CaseRoom; zone: string; said: string | null }) {
  const { viewer, room, zone, said } = props;
  const contact = room.enrollments.find((one) => one.audience === "contact") ?? null;
  const others = room.enrollments.filter((one) => one !== contact);
  return (
    <AppPage styles={["course"]} viewer={viewer} title={room.account.name}>
      <Head room={room} contact={contact} />
      {said === null ? null : (
        <p className="card said" role="status">
          {said}
        </p>
      )}
      <div className="cols room">
        <div>
          <Facts room={room} />
          <Duties room={room} viewer={viewer} zone={zone} />
          <Timeline room={room} />
        </div>
        <div>
          {contact === null ? <Proposal room={room} /> : <ReadinessView enrollment={contact} zone={zone} />}
          {contact === null ? null : (
            <>
              <Questions viewer={viewer} enrollment={contact} caseId={room.case.id} zone={zone} />
              <Priorities room={room} contact={contact} others={others} />
              <Acts viewer={viewer} enrollment={contact} caseId={room.case.id} />
              <Evidence enrollment={contact} zone={zone} />
            </>
          )}
        </div>
        <div>
          {contact === null ? null : (
            <>
              <EnrollmentButtons viewer={viewer} enrollment={contact} caseId={room.case.id} zone={zone} />
              <Steps enrollment={contact} viewer={viewer} caseId={room.case.id} title="Program" />
              <AgendaView enrollment={contact} />
            </>
          )}
          {others.map((other) => (
            <Steps
              key={other.id}
              enrollment={other}
              viewer={viewer}
              caseId={room.case.id}
              title={`${other.contact.firstName}'s brief (${other.audience})`}
            />
          ))}
        </div>
      </div>
    </AppPage>
  );
}

function Head({ room, contact }: { room: CaseRoom; contact: RoomEnrollment | null }) {
  return (
    <header>
      <p className="small">
        <a href="/cases">Cases</a>
      </p>
      <h1>
        {room.account.name}
        {contact === null ? "" : `: ${contact.contact.name}`}
      </h1>
      <p>
        {contact === null ? null : (
          <VerdictTag
            verdict={contact.readiness?.verdict ?? null}
            score={contact.readiness === null ? null : contact.readiness.score}
          />
        )}{" "}
        <span className="tag">{plain(room.case.status)}</span>{" "}
        <span className={room.case.severity >= 4 ? "tag bad" : "tag"}>
          Severity {room.case.severity} of 5
        </span>{" "}
        <span className="soft">
          {moneyWords(room.account.arrMinor, room.account.currency)} ·{" "}
          {room.account.renewalOn === null
            ? "no renewal date"
            : `renews ${dateWords(room.account.renewalOn)}`}{" "}
          · {count(room.daysAtRisk, "day")} at risk
        </span>
      </p>
    </header>
  );
}

function Facts({ room }: { room: CaseRoom }) {
  const { case: turnover } = room;
  return (
    <section className="card">
      <h2>What happened</h2>
      <dl className="facts">
        <dt>Left</dt>
        <dd>
          {room.departed?.name ?? "Not recorded"}
          {turnover.departureEffectiveOn === null ? "" : `, ${dateWords(turnover.departureEffectiveOn)}`}
        </dd>
        <dt>Why</dt>
        <dd>{turnover.departureReason === null ? "Not recorded" : plain(turnover.departureReason)}</dd>
        <dt>Heard from</dt>
        <dd>
          {plain(turnover.detectionSource)}, {dateWords(turnover.detectedAt)}
          {room.lagDays === null || room.lagDays === 0
            ? ""
            : `, ${count(room.lagDays, "day")} after they left`}
        </dd>
        <dt>The role</dt>
        <dd>{plain(turnover.roleOutcome)}</dd>
        <dt>Takes over</dt>
        <dd>
          {room.replacement?.name ?? "Nobody yet"}
          {turnover.replacementType === null ? "" : `, ${plain(turnover.replacementType).toLowerCase()}`}
          {turnover.competitorKey === null ? "" : `, from ${plain(turnover.competitorKey)}`}
        </dd>
        <dt>Sponsor</dt>
        <dd>{room.sponsor?.name ?? "Nobody recorded"}</dd>
        <dt>CSM</dt>
        <dd>{room.csm?.name ?? "Nobody owns it"}</dd>
      </dl>
      {room.missing.length === 0 ? null : (
        <>
          <h3>Still to capture</h3>
          <ul>
            {room.missing.map((gap) => (
              <li key={gap.field}>{gap.text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Duties({ room, viewer, zone }: { room: CaseRoom; viewer: Viewer; zone: string }) {
  const open = room.csmTasks.filter((task) => task.doneAt === null);
  const done = room.csmTasks.length - open.length;
  return (
    <section className="card">
      <h2>For you to do</h2>
      {open.length === 0 ? <p className="soft">Nothing open{done > 0 ? `, ${done} done` : ""}.</p> : null}
      {open.map((task) => (
        <div key={task.id} className="row" id={`duty-${task.id}`}>
          <p>
            <strong>{task.text}</strong>
            <br />
            <span className="small soft">By {timeWords(task.dueAt, zone)}</span>
          </p>
          {task.detail === "" ? null : <p className="small">{task.detail}</p>}
          <AppForm viewer={viewer} action={`/csm-tasks/${task.id}/finish`}>
            <input type="hidden" name="back" value={`/cases/${room.case.id}`} />
            <div className="inline">
              <div className="field">
                <label htmlFor={`outcome-${task.id}`} className="small">
                  What came of it
                </label>
                <input id={`outcome-${task.id}`} type="text" name="outcome" required maxLength={1000} />
              </div>
              <button className="quiet small" type="submit">
                Done
              </button>
            </div>
          </AppForm>
        </div>
      ))}
    </section>
  );
}

function Timeline({ room }: { room: CaseRoom }) {
  return (
    <details className="card">
      <summary>Account history ({room.timeline.length})</summary>
      <ul className="rows">
        {room.timeline.map((entry) => (
          <li key={entry.id}>
            <div>
              <p className="small soft">
                {dateWords(entry.date)} · {plain(entry.kind)}
                {entry.visibility === "internal" ? " · internal" : ""}
              </p>
              <p>{entry.text}</p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Proposal({ room }: { room: CaseRoom }) {
  return (
    <section className="card next">
      <h2>Nobody is enrolled</h2>
      {room.proposal === null ? (
        <p>Record who takes over and what kind of arrival it is; then a track can be proposed.</p>
      ) : (
        <p>
          Proposed track: <strong>{room.proposal.name}</strong>. {room.proposal.reason}
        </p>
      )}
      <p>
        <a className="button" href={`/enroll?case=${room.case.id}`}>
          Look at the program and enroll
        </a>
      </p>
    </section>
  );
}

function Priorities(props: { room: CaseRoom; contact: RoomEnrollment; others: readonly RoomEnrollment[] }) {
  const { room, contact, others } = props;
  const sponsors = others.find((other) => other.audience === "sponsor")?.priorities ?? [];
  return (
    <section className="card">
      <h2>Priorities</h2>
      {room.mismatch === null ? null : (
        <p className="card warned">
          They differ on what comes first: {contact.contact.firstName} says “{room.mismatch.contact}”, the
          sponsor says “{room.mismatch.sponsor}”.
        </p>
      )}
      <div className="cols two">
        <RankedList title={contact.contact.firstName} list={contact.priorities} />
        <RankedList title={room.sponsor?.firstName ?? "Sponsor"} list={sponsors} />
      </div>
      {contact.intent === null ? null : (
        <p>
          Where they stand: <strong>{plain(contact.intent.value)}</strong>
          {contact.intent.why === null ? "" : `, “${contact.intent.why}”`}
        </p>
      )}
      {contact.objectives.length === 0 ? null : <h3>Objectives</h3>}
      {contact.objectives.length === 0 ? null : (
        <ul>
          {contact.objectives.map((objective) => (
            <li key={objective.id}>
              {objective.text} <span className="tag">{plain(objective.state)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function RankedList({
  title,
  list,
}: {
  title: string;
  list: readonly { id: string; rank: number; text: string }[];
}) {
  return (
    <div>
      <h3>{title}</h3>
      {list.length === 0 ? (
        <p className="soft">None given yet.</p>
      ) : (
        <ol>
          {list.map((one) => (
            <li key={one.id}>{one.text}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
