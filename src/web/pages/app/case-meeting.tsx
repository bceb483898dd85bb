import { DateTime } from "luxon";
import type { AgendaItem } from "../../../domain/readiness/readiness.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, plain, timeWords } from "../words.ts";
import { zoneWords } from "./case-words.ts";
import { evidenceAddress } from "./evidence-address.ts";

interface MeetingProps {
  viewer: Viewer;
  enrollment: RoomEnrollment;
  caseId: string;
  now: Date;
}

/** The meeting to come, or the one to suggest, with what it should be about (domain.md D8). */
export function MeetingView({ viewer, enrollment, caseId, now }: MeetingProps) {
  const { agenda, meetings } = enrollment;
  const open = meetings.find(({ state }) => state === "requested" || state === "booked");
  const may = viewerMay(viewer, "work-cases");
  const past = meetings.filter(({ state }) => ["held", "no_show", "cancelled"].includes(state));
  const minutes = agenda?.items.reduce((sum, item) => sum + item.minutes, 0) ?? 0;
  return (
    <Card title="Meeting" id="meeting" aside={minutes === 0 ? undefined : count(minutes, "minute")}>
      {open === undefined ? null : <OpenMeeting meeting={open} enrollment={enrollment} zone={viewer.zone} />}
      {may && open !== undefined ? (
        <OpenForms viewer={viewer} enrollment={enrollment} caseId={caseId} now={now} meeting={open} />
      ) : null}
      {may ? (
        <details className="fold" open={enrollment.readiness?.verdict === "ready" && open === undefined}>
          <summary>{open?.state === "booked" ? "Choose another time" : "Book a time"}</summary>
          <BookForm viewer={viewer} enrollment={enrollment} caseId={caseId} />
        </details>
      ) : null}
      <h3>What it should be about</h3>
      {agenda === null || agenda.items.length === 0 ? (
        <p className="soft">{sentence(agenda?.emptyReason ?? "no agenda before the program begins")}</p>
      ) : (
        <ol className="agenda">
          {agenda.items.map((item) => (
            <Item
              key={`${item.kind}-${item.text}`}
              item={item}
              firstName={enrollment.contact.firstName}
              caseId={caseId}
            />
          ))}
        </ol>
      )}
      {agenda?.leftOut === undefined || agenda.leftOut.length === 0 ? null : (
        <p className="small soft">
          Left out by <bdi>{enrollment.contact.firstName}</bdi>:{" "}
          {agenda.leftOut.map(({ text }) => text).join("; ")}.
        </p>
      )}
      {agenda === null || agenda.byMail.length === 0 ? null : (
        <p className="small soft">Better by mail: {agenda.byMail.map(({ text }) => text).join("; ")}.</p>
      )}
      {past.length === 0 ? null : (
        <p className="small soft">
          Before: {past.map((meeting) => pastWords(meeting, viewer.zone)).join("; ")}.
        </p>
      )}
    </Card>
  );
}

type Meeting = RoomEnrollment["meetings"][number];

function OpenMeeting(props: { meeting: Meeting; enrollment: RoomEnrollment; zone: string }) {
  const { meeting, enrollment, zone } = props;
  const booked = meeting.state === "booked";
  return (
    <p>
      <Tag tone={booked ? "good" : "warn"}>{booked ? "Booked" : "Asked for"}</Tag>{" "}
      {meeting.slotAt === null ? null : (
        <>
          <strong>{timeWords(meeting.slotAt, enrollment.zone)}</strong> for{" "}
          <bdi>{enrollment.contact.firstName}</bdi>
          {zone === enrollment.zone ? "" : `, ${timeWords(meeting.slotAt, zone)} for you`}
        </>
      )}
      {meeting.note === null ? "" : ` “${meeting.note}”`}
    </p>
  );
}

function OpenForms(props: MeetingProps & { meeting: Meeting }) {
  const { viewer, enrollment, caseId, now, meeting } = props;
  const back = <input type="hidden" name="back" value={`/cases/${caseId}#meeting`} />;
  if (meeting.state === "requested") {
    if (meeting.slotAt === null || meeting.slotAt <= now) return null;
    return (
      <AppForm viewer={viewer} action={`/enrollments/${enrollment.id}/meetings`}>
        {back}
        <input type="hidden" name="slot" value={localInput(meeting.slotAt, enrollment.zone)} />
        <button type="submit">Confirm this time</button>
      </AppForm>
    );
  }
  return (
    <details className="fold" open={meeting.slotAt !== null && meeting.slotAt <= now}>
      <summary>Say how it went</summary>
      <AppForm viewer={viewer} action={`/meetings/${meeting.id}/outcome`}>
        {back}
        <fieldset>
          <legend>Did it turn into a demo?</legend>
          <div className="inline-choices">
            {["no", "partly", "yes"].map((answer) => (
              <label className="choice" key={answer}>
                <input type="radio" name="demo" value={answer} required />
                <span>{plain(answer)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextArea
          id={`agreed-${meeting.id}`}
          name="agreed"
          label="What did you agree?"
          hint={`The next step, who does it, by when. ${enrollment.contact.firstName} reads it in the mail of thanks once they are ready.`}
          rows={2}
          maxLength={1000}
        />
        <div className="buttons">
          <button className="small" name="outcome" value="held" type="submit">
            It was held
          </button>
          <button className="quiet small" name="outcome" value="no_show" type="submit" formNoValidate>
            Nobody came
          </button>
          <button className="quiet small" name="outcome" value="cancelled" type="submit" formNoValidate>
            Cancelled
          </button>
        </div>
      </AppForm>
    </details>
  );
}

function BookForm({ viewer, enrollment, caseId }: Omit<MeetingProps, "now">) {
  return (
    <AppForm viewer={viewer} action={`/enrollments/${enrollment.id}/meetings`}>
      <input type="hidden" name="back" value={`/cases/${caseId}#meeting`} />
      <div className="inline">
        <TextField id="slot-date" name="date" type="date" label="Day" required />
        <TextField id="slot-time" name="time" type="time" label="Time" required />
        <button className="small" type="submit">
          Book
        </button>
      </div>
      <p className="hint">
        <bdi>{enrollment.contact.firstName}</bdi>'s time, {zoneWords(enrollment.zone)}.
      </p>
    </AppForm>
  );
}

function Item({ item, firstName, caseId }: { item: AgendaItem; firstName: string; caseId: string }) {
  const lead =
    item.lead === "csm" ? "you lead" : item.lead === "contact" ? `${firstName} leads` : "the sponsor leads";
  const source = evidenceAddress(caseId, item.eventIds);
  return (
    <li>
      <span className="minutes">{item.minutes} min</span>
      <div>
        {item.text}
        <span className="hint">
          {source === null ? item.why : <a href={source}>{item.why}</a>}; {lead}
        </span>
      </div>
    </li>
  );
}

function pastWords(meeting: Meeting, zone: string): string {
  const at = meeting.heldAt ?? meeting.slotAt ?? meeting.requestedAt;
  const demo = meeting.demo === null ? "" : `, demo: ${meeting.demo}`;
  return `${timeWords(at, zone)} ${plain(meeting.state).toLowerCase()}${demo}`;
}

function localInput(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
