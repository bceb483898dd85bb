import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField } from "../ui/field.tsx";
import { Time } from "../ui/time.tsx";
import { plain, timeWords } from "../words.ts";

interface ActsProps {
  viewer: Viewer;
  room: CaseRoom;
  enrollment: RoomEnrollment;
}

const live: readonly string[] = ["active", "paused", "pending", "blocked"];

/** What one can do with the program; what is rare or cannot be taken back has a page of its own. */
export function Acts({ viewer, room, enrollment }: ActsProps) {
  const action = `/enrollments/${enrollment.id}`;
  const isLive = live.includes(enrollment.status);
  const back = <input type="hidden" name="back" value={`/cases/${room.case.id}`} />;
  const may = viewerMay(viewer, "work-cases");
  const rests = enrollment.paused || enrollment.waitingForPerson;
  return (
    <Card title="The program" id="acts">
      {rests && isLive ? <p className="small">{restWords(enrollment, viewer.zone)}</p> : null}
      {may && isLive ? (
        <div className="acts">
          <AppForm viewer={viewer} action={`${action}/${rests ? "resume" : "pause"}`}>
            {back}
            <button className="quiet small" type="submit">
              {rests ? "Let it go on" : "Pause"}
            </button>
          </AppForm>
          <a className="button quiet small" href={`${action}/switch`}>
            Switch track
          </a>
          <a className="button quiet small" href={`${action}/page`}>
            Their page
          </a>
          <AppForm viewer={viewer} action={`${action}/pace`} className="pace">
            {back}
            <SelectField
              id="pace"
              label="Pace"
              defaultValue={enrollment.pace}
              options={["slow", "normal", "fast"].map((value) => ({ value, label: plain(value) }))}
            />
            <button className="quiet small" type="submit">
              Set
            </button>
          </AppForm>
        </div>
      ) : (
        <p>
          <a href={`${action}/page`}>
            Open <bdi>{enrollment.contact.firstName}</bdi>'s page
          </a>
        </p>
      )}
      {may && isLive ? (
        <p className="small">
          <a href={`${action}/stop`}>Stop the program, or a mail in the wrong hands</a>
        </p>
      ) : null}
    </Card>
  );
}

function restWords(enrollment: RoomEnrollment, zone: string): string {
  if (enrollment.waitingForPerson) return "Two shorter mails went unanswered: the program waits for you.";
  const until = enrollment.pausedUntil === null ? "" : ` until ${timeWords(enrollment.pausedUntil, zone)}`;
  return `Paused${until}${enrollment.pauseReason === null ? "" : `: ${enrollment.pauseReason}`}.`;
}

/** The sponsor as the way out when a program gets stuck (domain.md D9). */
export function SponsorCard({ viewer, room }: { viewer: Viewer; room: CaseRoom }) {
  const { escalation, sponsor } = room;
  const [first] = escalation.causes;
  const address = `/cases/${room.case.id}/escalate`;
  const { last } = escalation;
  return (
    <Card title="Sponsor" id="sponsor">
      {sponsor === null ? (
        <p className="soft">
          Nobody is recorded who decides here.{" "}
          {viewerMay(viewer, "manage-accounts") ? (
            <a href={`/accounts/${room.account.id}/sponsor?back=/cases/${room.case.id}`}>Name the sponsor</a>
          ) : null}
        </p>
      ) : (
        <p>
          <strong>
            <bdi>{sponsor.name}</bdi>
          </strong>
          {sponsor.title === null ? "" : `, ${sponsor.title}`}
        </p>
      )}
      {first === undefined ? null : <p className="small">{first.why}</p>}
      {last?.status !== "approved" || last.decidedAt === null ? null : (
        <p className="small soft">
          Last brief: <Time at={last.decidedAt} zone={viewer.zone} />
        </p>
      )}
      {escalation.blocked !== null && escalation.draft === null ? (
        sponsor === null ? null : (
          <p className="small soft">{escalation.blocked}</p>
        )
      ) : viewerMay(viewer, "work-cases") ? (
        <p>
          <a className="button quiet small" href={address}>
            {escalation.draft === null ? "Escalate to the sponsor" : "Read the waiting brief"}
          </a>
        </p>
      ) : null}
    </Card>
  );
}

/** The way to the end of a case, which only a person can declare. */
export function CaseEnd({ viewer, room }: { viewer: Viewer; room: CaseRoom }) {
  if (room.case.status === "closed" || !viewerMay(viewer, "work-cases")) return null;
  return (
    <p>
      <a href={`/cases/${room.case.id}/close`}>Close the case, or say where it stands</a>
    </p>
  );
}
