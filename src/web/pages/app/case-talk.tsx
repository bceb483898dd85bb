import type { ReactNode } from "react";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextArea } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { count, plain } from "../words.ts";

interface TalkProps {
  viewer: Viewer;
  enrollment: RoomEnrollment;
  caseId: string;
}

export const settled: readonly string[] = ["answered", "accepted", "answered_by_resource", "closed"];
/** Answered questions shown beside the open ones; the rest is in the history. */
const ANSWERED_SHOWN = 1;

/** What they asked, each with its answer or the form for one. */
export function Questions(props: TalkProps & { rooms: readonly RoomEnrollment[] }) {
  const { viewer, enrollment, rooms, caseId } = props;
  const { questions } = enrollment;
  const open = questions.filter(({ state }) => !settled.includes(state));
  const done = questions.filter(({ state }) => settled.includes(state));
  // A sponsor asks by reply, and who was here before may still wait: their questions are answered here too.
  const others = rooms
    .filter(({ id }) => id !== enrollment.id)
    .flatMap((room) =>
      room.questions.filter(({ state }) => !settled.includes(state)).map((question) => ({ room, question })),
    );
  const waiting = open.length + others.length;
  return (
    <Card
      title="Questions"
      id="questions"
      aside={questions.length + waiting === 0 ? undefined : `${waiting} open`}
    >
      {questions.length + waiting === 0 ? (
        <p className="soft">None yet. One question of their own is part of being ready.</p>
      ) : null}
      {open.map((question, place) => (
        <Asked key={question.id} question={question} viewer={viewer}>
          {viewerMay(viewer, "work-cases") ? (
            <AnswerForm {...{ viewer, enrollment, caseId, place }} id={question.id} />
          ) : null}
        </Asked>
      ))}
      {others.map(({ room, question }, index) => (
        <Asked key={question.id} question={question} viewer={viewer} by={room.contact.name}>
          {viewerMay(viewer, "work-cases") ? (
            <AnswerForm
              {...{ viewer, caseId }}
              enrollment={room}
              id={question.id}
              place={open.length + index}
            />
          ) : null}
        </Asked>
      ))}
      {done.slice(0, ANSWERED_SHOWN).map((question) => (
        <Asked key={question.id} question={question} viewer={viewer} />
      ))}
      {done.length <= ANSWERED_SHOWN ? null : (
        <p>
          <a href={`/cases/${caseId}/history#answers`}>{done.length - ANSWERED_SHOWN} more, answered</a>
        </p>
      )}
    </Card>
  );
}

export function Asked(props: {
  question: RoomEnrollment["questions"][number];
  viewer: Viewer;
  /** Whose it is, where it is not the person the page is about. */
  by?: string;
  children?: ReactNode;
}) {
  const { question, viewer, by, children } = props;
  const isObjection = question.kind === "objection" || question.severity === "high";
  return (
    <article className="item" id={`question-${question.id}`}>
      <p className="said-by">{question.text}</p>
      <p className="tags small soft">
        <Tag tone={isObjection ? "bad" : undefined}>{isObjection ? "Objection" : plain(question.kind)}</Tag>
        <span>
          {by === undefined ? null : (
            <>
              <bdi>{by}</bdi>,{" "}
            </>
          )}
          <Time at={question.askedAt} zone={viewer.zone} />
          {question.source === "reply" ? ", by mail" : ""} · {plain(question.state).toLowerCase()}
        </span>
      </p>
      {question.answer === null ? null : (
        <div className="note">
          <Markdown text={question.answer} />
        </div>
      )}
      {children}
    </article>
  );
}

/** `place`: of the question among the open ones; its fields are named by it. */
function AnswerForm({ viewer, enrollment, caseId, id, place }: TalkProps & { id: string; place: number }) {
  const resources = enrollment.suggested[id] ?? [];
  return (
    <AppForm viewer={viewer} action={`/questions/${id}/answer`}>
      <input type="hidden" name="back" value={`/cases/${caseId}#questions`} />
      <TextArea
        id={`answer-${place}`}
        name="answer"
        label="Your answer"
        hint={
          <>
            It shows on <bdi>{enrollment.contact.firstName}</bdi>'s page.
          </>
        }
        required
        maxLength={8000}
        rows={3}
      />
      <div className="inline">
        {resources.length === 0 ? null : (
          <SelectField
            id={`resource-${place}`}
            name="resource"
            label="With a resource"
            options={[
              { value: "", label: "None" },
              ...resources.map(({ key, title }) => ({ value: key, label: title })),
            ]}
          />
        )}
        <button className="small" type="submit">
          Answer
        </button>
      </div>
    </AppForm>
  );
}

const stand: Readonly<Record<string, Tone>> = {
  keep: "good",
  expand: "good",
  review_alternatives: "warn",
  replace: "bad",
};

/** What each of them puts first, where they stand, and what they want to be able to do. */
export function Priorities({ room, contact }: { room: CaseRoom; contact: RoomEnrollment }) {
  const sponsors = room.enrollments.find(({ audience }) => audience === "sponsor")?.priorities ?? [];
  return (
    <Card title="Priorities" id="priorities">
      {room.mismatch === null ? null : (
        <Notice tone="warned" title="They put different things first.">
          {contact.contact.firstName}: “{room.mismatch.contact}”. The sponsor: “{room.mismatch.sponsor}”.
        </Notice>
      )}
      <div className="pair">
        <Ranked title={contact.contact.firstName} list={contact.priorities} />
        <Ranked
          title={room.sponsor === null ? "Sponsor" : `${room.sponsor.firstName}, sponsor`}
          list={sponsors}
        />
      </div>
      {contact.intent === null ? null : (
        <p>
          Where they stand: <Tag tone={stand[contact.intent.value]}>{plain(contact.intent.value)}</Tag>
          {contact.intent.why === null ? "" : ` “${contact.intent.why}”`}
        </p>
      )}
      {contact.objectives.length === 0 ? null : (
        <details className="fold">
          <summary>
            Objectives: {contact.objectives.filter(({ state }) => state === "met").length} of{" "}
            {contact.objectives.length} met
          </summary>
          <ul className="gates">
            {contact.objectives.map((objective) => (
              <li key={objective.id}>
                <Tag tone={objective.state === "met" ? "good" : undefined}>{plain(objective.state)}</Tag>
                <span>{objective.text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

function Ranked(props: { title: string; list: readonly { id: string; text: string; why: string | null }[] }) {
  return (
    <div>
      <h3>
        <bdi>{props.title}</bdi>
      </h3>
      {props.list.length === 0 ? (
        <p className="soft">None given yet.</p>
      ) : (
        <ol>
          {props.list.map((one) => (
            <li key={one.id}>
              {one.text}
              {one.why === null ? null : <span className="hint">{one.why}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

export const doneStates: readonly string[] = ["done_evidence", "verified"];
export const stateWords: Readonly<Record<string, string>> = {
  done_self: "Says done",
  done_evidence: "Done, with evidence",
  verified: "Seen by you",
};

/** The tasks as they stand; what a person saw with their own eyes is added on their own page. */
export function Tasks({ viewer, enrollment, caseId }: TalkProps) {
  const { tasks } = enrollment;
  if (tasks.length === 0) return null;
  const may = viewerMay(viewer, "work-cases");
  return (
    <Card
      title="Tasks"
      id="tasks"
      aside={`${tasks.filter(({ state }) => state === "done_self" || doneStates.includes(state)).length} of ${count(tasks.length, "task")} done`}
    >
      <ul className="gates">
        {tasks.map((task) => (
          <li key={task.id}>
            <Tag tone={doneStates.includes(task.state) ? "good" : undefined}>
              {stateWords[task.state] ?? plain(task.state)}
            </Tag>
            <span>
              {task.text}
              {task.must ? <span className="soft"> (must)</span> : null}
              {task.evidence === null ? null : <span className="hint">“{task.evidence}”</span>}
              {task.reason === null ? null : <span className="hint">{task.reason}</span>}
            </span>
          </li>
        ))}
      </ul>
      {may ? (
        <p>
          <a href={`/cases/${caseId}/tasks`}>Add evidence, waive or reopen</a>
        </p>
      ) : null}
    </Card>
  );
}
