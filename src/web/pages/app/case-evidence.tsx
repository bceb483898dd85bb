import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { RoomEnrollment, RoomEvent } from "../../../operations/room-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Tag } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { count } from "../words.ts";
import { EVENTS_IN_ROOM } from "./case-readiness.tsx";

const classWords: Readonly<Record<string, string>> = {
  strong: "With content",
  weak: "A button",
  human_probable: "Probably a person",
  machine: "Machine",
  system: "Record",
};
const MACHINES_IN_ROOM = 4;
const ON_PAGE = 50;

/** What the contact did, newest first; machines' traces stay folded and are counted nowhere. */
export function Evidence(props: { enrollment: RoomEnrollment; zone: string; caseId: string }) {
  const { enrollment, zone, caseId } = props;
  const { events, machineEvents } = enrollment;
  const more = events.length - EVENTS_IN_ROOM;
  return (
    <Card
      title="Evidence"
      id="evidence"
      aside={events.length === 0 ? undefined : count(events.length, "line")}
    >
      {events.length === 0 ? <p className="soft">Nothing yet: it fills with what they do.</p> : null}
      <Lines events={events.slice(0, EVENTS_IN_ROOM)} zone={zone} />
      {more <= 0 ? null : (
        <p>
          <a href={`/cases/${caseId}/evidence`}>{count(more, "older line")}</a>
        </p>
      )}
      {machineEvents.length === 0 ? null : (
        <details className="fold">
          <summary>Not counted: {count(machineEvents.length, "signal")} that look machine-made</summary>
          <Lines events={machineEvents.slice(0, MACHINES_IN_ROOM)} zone={zone} />
          {machineEvents.length <= MACHINES_IN_ROOM ? null : (
            <p>
              <a href={`/cases/${caseId}/evidence?machines=yes`}>All {machineEvents.length}</a>
            </p>
          )}
        </details>
      )}
    </Card>
  );
}

function Lines({ events, zone }: { events: readonly RoomEvent[]; zone: string }) {
  if (events.length === 0) return null;
  return (
    <ul className="log">
      {events.map((event) => (
        <li key={event.id} id={`event-${event.id}`}>
          <Time at={event.at} zone={zone} />
          <span>{event.text}</span>
          <Tag tone={event.evidence === "strong" ? "good" : undefined}>
            {classWords[event.evidence] ?? event.evidence}
          </Tag>
        </li>
      ))}
    </ul>
  );
}

/** The whole log of the contact's program, or only what machines left in it. */
export function evidencePage(props: {
  viewer: Viewer;
  room: CaseRoom;
  enrollment: RoomEnrollment | null;
  machines: boolean;
  page: number;
}) {
  const { viewer, room, enrollment, machines, page } = props;
  const events = (machines ? enrollment?.machineEvents : enrollment?.events) ?? [];
  const address = `/cases/${room.case.id}/evidence`;
  return (
    <AppPage viewer={viewer} title={`Evidence at ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title={machines ? "Signals that look machine-made" : "Evidence"}
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${room.case.id}`, name: room.account.name },
        ]}
      />
      <p>
        <a href={machines ? address : `${address}?machines=yes`}>
          {machines ? "What people did" : "What machines left, counted nowhere"}
        </a>
      </p>
      <Card>
        {events.length === 0 ? (
          <Empty icon="check" title="Nothing here yet">
            It fills with what the contact does on purpose.
          </Empty>
        ) : (
          <Lines events={events.slice((page - 1) * ON_PAGE, page * ON_PAGE)} zone={viewer.zone} />
        )}
        <Pager
          page={page}
          perPage={ON_PAGE}
          total={events.length}
          href={(at) => `${address}?page=${at}${machines ? "&machines=yes" : ""}`}
        />
      </Card>
    </AppPage>
  );
}
