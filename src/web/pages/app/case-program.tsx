import { canMove, isEnded, SEND_STATUSES, type SendStatus } from "../../../domain/sending/send-ladder.ts";
import type { RoomEnrollment, RoomEvent, RoomStep } from "../../../operations/room-parts.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { count, plain, timeWords } from "../words.ts";

const sendWords: Readonly<Record<SendStatus, string>> = {
  planned: "Planned",
  claimed: "Being sent",
  transmitting: "Being sent",
  submitted: "Handed over",
  suppressed: "Not sent: suppressed",
  skipped: "Skipped",
  deferred: "Waiting, tried before",
  failed: "Failed",
  uncertain: "Uncertain: nobody can know",
};

/** Every step with where it stands: sent, next, and what it waits for. */
export function Steps(props: { enrollment: RoomEnrollment; viewer: Viewer; caseId: string; title: string }) {
  const { enrollment, viewer, caseId, title } = props;
  return (
    <section className="card">
      <h2>{title}</h2>
      <p className="soft small">
        {enrollment.sequenceName}, version {enrollment.version} · {plain(enrollment.status).toLowerCase()}
        {enrollment.exitReason === null ? "" : ` (${plain(enrollment.exitReason).toLowerCase()})`} · times in{" "}
        {enrollment.zone.replaceAll("_", " ")}
      </p>
      {enrollment.blockedReason === null ? null : <p className="complaint">{enrollment.blockedReason}</p>}
      <ul className="rows">
        {enrollment.steps.map((step) => (
          <li key={step.key}>
            <div>
              <p>
                <StepTag step={step} /> {step.subject}
              </p>
              <p className="small soft">{detailsOf(step, enrollment.zone)}</p>
              {step.send?.reason ? <p className="small">{step.send.reason}</p> : null}
            </div>
            {mayGoAgain(step) && step.send !== null ? (
              <AppForm viewer={viewer} action={`/sends/${step.send.id}/send-again`}>
                <input type="hidden" name="back" value={`/cases/${caseId}`} />
                <button className="quiet small" type="submit">
                  Send again
                </button>
              </AppForm>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only what ended without being handed over, and only by a person's word (trust.md 4). */
function mayGoAgain({ send }: RoomStep): boolean {
  const status = SEND_STATUSES.find((known) => known === send?.status);
  return status !== undefined && isEnded(status) && canMove(status, "planned");
}

function detailsOf(step: RoomStep, zone: string): string {
  return [
    step.at === null ? null : timeWords(step.at, zone),
    step.variant === "b" ? "shorter variant" : null,
    step.audience === "csm" ? "a task for you" : null,
    step.gate === null ? null : `waits for: ${step.gate}`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function StepTag({ step }: { step: RoomStep }) {
  const status = SEND_STATUSES.find((known) => known === step.send?.status);
  if (status !== undefined)
    return <span className={mayGoAgain(step) ? "tag warn" : "tag good"}>{sendWords[status]}</span>;
  if (step.audience === "csm" && step.state === "sent") return <span className="tag good">Asked you</span>;
  return <span className="tag">{plain(step.state)}</span>;
}

/** What the contact did, newest first; machines' traces stay folded and are counted nowhere. */
export function Evidence({ enrollment, zone }: { enrollment: RoomEnrollment; zone: string }) {
  return (
    <section className="card">
      <h2>Evidence</h2>
      {enrollment.events.length === 0 ? <p className="soft">Nothing yet.</p> : null}
      <EventList events={enrollment.events} zone={zone} />
      {enrollment.machineEvents.length === 0 ? null : (
        <details className="fold">
          <summary>
            {count(enrollment.machineEvents.length, "signal")} that look machine-made or prove nothing,
            counted nowhere
          </summary>
          <EventList events={enrollment.machineEvents} zone={zone} />
        </details>
      )}
    </section>
  );
}

function EventList({ events, zone }: { events: readonly RoomEvent[]; zone: string }) {
  if (events.length === 0) return null;
  return (
    <ul className="rows">
      {events.map((event) => (
        <li key={event.id} id={`event-${event.id}`}>
          <div>
            <p>{event.text}</p>
            <p className="small soft">
              {timeWords(event.at, zone)} · {plain(event.evidence).toLowerCase()}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
