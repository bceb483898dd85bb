import { randomUUID } from "node:crypto";
import type { PlannedStep } from "../../../domain/sequences/plan-program.ts";
import type { CaseWithAccount } from "../../../drivers/store/cases.ts";
import type { CaseRoom } from "../../../operations/case-room.ts";
import type { PreviewedProgram } from "../../../operations/preview-program.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { plain } from "../words.ts";

export interface Chosen {
  case?: string | undefined;
  contact?: string | undefined;
  track?: string | undefined;
  pace: "slow" | "normal" | "fast";
}

export interface EnrollPageProps {
  viewer: Viewer;
  cases: readonly CaseWithAccount[];
  room: CaseRoom | null;
  chosen: Chosen;
  tracks: readonly { key: string; name: string }[];
  preview: { ok: true; program: PreviewedProgram } | { ok: false; problem: Refusal } | null;
}

/** Choose, see every mail with its day and hour, confirm. */
export function enrollPage(props: EnrollPageProps) {
  const { viewer, cases, room, chosen, tracks, preview } = props;
  return (
    <AppPage styles={["course"]} viewer={viewer} title="Enroll">
      <h1>Enroll a contact</h1>
      <div className="cols two">
        <div>
          {preview === null ? (
            <section className="card">
              <h2>What will go when</h2>
              <p className="soft">
                Choose a case and a person; then every mail is here with its day, before anything is sent.
              </p>
            </section>
          ) : preview.ok ? (
            <Program program={preview.program} chosen={chosen} />
          ) : (
            <section className="card refused" role="alert">
              <h2>This cannot be planned yet</h2>
              <p>{preview.problem.message}</p>
              <p>{preview.problem.remedy}</p>
            </section>
          )}
        </div>
        <div>
          <section className="card">
            <h2>Who and how</h2>
            <form method="get" action="/enroll">
              <div className="field">
                <label htmlFor="case">Case</label>
                <select id="case" name="case" defaultValue={chosen.case ?? ""} required>
                  <option value="">Choose an account with an open case</option>
                  {cases.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.account.name}
                    </option>
                  ))}
                </select>
              </div>
              {room === null ? null : <PersonFields room={room} chosen={chosen} tracks={tracks} />}
              <button className="quiet" type="submit">
                {room === null ? "Next" : "Show the program"}
              </button>
            </form>
          </section>
          {preview?.ok && chosen.case !== undefined && chosen.contact !== undefined ? (
            <Confirm viewer={viewer} chosen={chosen} program={preview.program} />
          ) : null}
        </div>
      </div>
    </AppPage>
  );
}

function PersonFields(props: { room: CaseRoom; chosen: Chosen; tracks: EnrollPageProps["tracks"] }) {
  const { room, chosen, tracks } = props;
  const people = room.contacts.filter((contact) => contact.id !== room.departed?.id);
  return (
    <>
      <div className="field">
        <label htmlFor="contact">Person</label>
        <select
          id="contact"
          name="contact"
          defaultValue={chosen.contact ?? room.replacement?.id ?? ""}
          required
        >
          <option value="">Choose who takes over</option>
          {people.map((contact) => (
            <option key={contact.id} value={contact.id}>
              {contact.name}
              {contact.title === null ? "" : `, ${contact.title}`}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="track">
          Track
          {room.proposal === null ? null : <span className="hint">{room.proposal.reason}</span>}
        </label>
        <select id="track" name="track" defaultValue={chosen.track ?? ""}>
          <option value="">
            {room.proposal === null ? "As the case says" : `Proposed: ${room.proposal.name}`}
          </option>
          {tracks.map((track) => (
            <option key={track.key} value={track.key}>
              {track.name}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="pace">Pace</label>
        <select id="pace" name="pace" defaultValue={chosen.pace}>
          <option value="slow">Slow</option>
          <option value="normal">Normal</option>
          <option value="fast">Fast</option>
        </select>
      </div>
    </>
  );
}

function Confirm({ viewer, chosen, program }: { viewer: Viewer; chosen: Chosen; program: PreviewedProgram }) {
  return (
    <section className="card next">
      <h2>Enroll</h2>
      <p>
        {program.sequenceName}, version {program.version}. {program.reason}
      </p>
      <AppForm viewer={viewer} action="/enroll">
        <input type="hidden" name="case" value={chosen.case} />
        <input type="hidden" name="contact" value={chosen.contact} />
        <input type="hidden" name="track" value={chosen.track ?? ""} />
        <input type="hidden" name="pace" value={chosen.pace} />
        <input type="hidden" name="once" value={randomUUID()} />
        <button type="submit">Enroll now</button>
      </AppForm>
    </section>
  );
}

function Program({ program, chosen }: { program: PreviewedProgram; chosen: Chosen }) {
  return (
    <>
      <section className="card steps">
        <h2>{program.sequenceName}</h2>
        <p className="soft small">
          Times in {program.zone.replaceAll("_", " ")}, if every task is done on time. Each line opens the
          mail.
        </p>
        {program.steps.map((step) => (
          <StepLine key={step.stepKey} step={step} chosen={chosen} sequenceKey={program.sequenceKey} />
        ))}
      </section>
      {program.sponsor === null ? null : (
        <section className="card">
          <h2>Beside it, to {program.sponsor.name}</h2>
          <ul>
            {program.sponsor.steps.map((step) => (
              <li key={step.stepKey}>
                {step.kind === "left-out"
                  ? "Left out"
                  : `${step.weekday} ${step.localDate}, ${step.localTime}`}
                : {step.subject}
                {step.recipient === "csm" ? <span className="soft small"> a task for you</span> : null}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function StepLine({ step, chosen, sequenceKey }: { step: PlannedStep; chosen: Chosen; sequenceKey: string }) {
  const query = new URLSearchParams({ case: chosen.case ?? "", contact: chosen.contact ?? "" });
  return (
    <details>
      <summary>
        <span className="tag">
          {step.kind === "left-out"
            ? "Left out"
            : `${step.weekday.slice(0, 3)} ${step.localDate} ${step.localTime}`}
        </span>
        {step.subject}
      </summary>
      <div>
        <p className="small soft">
          Active day {step.activeDay} · {step.at} UTC
          {step.recipient === "contact"
            ? ""
            : ` · to ${step.recipient === "csm" ? "you, as a task" : step.recipient}`}
          {step.moved === null ? "" : ` · moved from ${step.moved.from}: ${step.moved.why}`}
          {step.clockChange === null ? "" : ` · ${step.clockChange}`}
        </p>
        <p className="small">
          Waits for: {step.gate}
          {step.ifGateNotMet === null
            ? ""
            : `; otherwise ${plain(step.ifGateNotMet.does).toLowerCase()} on ${step.ifGateNotMet.localDate}`}
        </p>
        {step.leftOutWhen.length === 0 ? null : (
          <p className="small">Left out when: {step.leftOutWhen.join("; ")}</p>
        )}
        {step.kind === "mail" ? (
          <iframe
            className="short"
            loading="lazy"
            title={`The mail “${step.subject}”`}
            src={`/sequences/${sequenceKey}/steps/${step.stepKey}/html?${query.toString()}`}
            sandbox=""
          />
        ) : null}
      </div>
    </details>
  );
}
