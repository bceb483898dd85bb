import { Fragment } from "react";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { RoomEnrollment, RoomEvent } from "../../../operations/room-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Tag } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { count } from "../words.ts";
import { EVIDENCE_ON_PAGE, type EvidenceAsked, type EvidenceShown, evidenceShown } from "./evidence-shown.ts";

const classWords: Readonly<Record<string, string>> = {
  strong: "With content",
  weak: "A button",
  human_probable: "Probably a person",
  machine: "Machine",
  system: "Record",
};
const MACHINES_IN_ROOM = 4;
/** Events shown in the room itself; all are in the list of evidence. */
const EVENTS_IN_ROOM = 3;

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

function Lines(props: { events: readonly RoomEvent[]; zone: string; marked?: ReadonlySet<string> }) {
  const { events, zone, marked } = props;
  if (events.length === 0) return null;
  const first = events.find(({ id }) => marked?.has(id) === true)?.id;
  return (
    <ul className="log">
      {events.map((event) => (
        <li key={event.id} id={event.id === first ? "marked" : undefined}>
          <Time at={event.at} zone={zone} />
          <span>{marked?.has(event.id) === true ? <mark>{event.text}</mark> : event.text}</span>
          <Tag tone={event.evidence === "strong" ? "good" : undefined}>
            {classWords[event.evidence] ?? event.evidence}
          </Tag>
        </li>
      ))}
    </ul>
  );
}

/** The whole log of a program, or only what machines left in it, with the lines that were asked for marked. */
export function evidencePage(props: { viewer: Viewer; room: CaseRoom; asked: EvidenceAsked }) {
  const { viewer, room, asked } = props;
  const shown = evidenceShown(room.enrollments, asked);
  const { machines, events, page } = shown;
  const address = `/cases/${room.case.id}/evidence`;
  const start = (page - 1) * EVIDENCE_ON_PAGE;
  return (
    <AppPage viewer={viewer} title={`Evidence at ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title={machines ? "Signals that look machine-made" : "Evidence"}
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${room.case.id}`, name: room.account.name },
        ]}
        meta={shown.enrollment === null ? undefined : <bdi>{shown.enrollment.contact.name}</bdi>}
      />
      <p>
        <a href={machines ? address : `${address}?machines=yes`}>
          {machines ? "What people did" : "What machines left, counted nowhere"}
        </a>
      </p>
      <Marked shown={shown} asked={asked} address={address} />
      <Card>
        {events.length === 0 ? (
          <Empty icon="check" title="Nothing here yet">
            It fills with what the contact does on purpose.
          </Empty>
        ) : (
          <Lines
            events={events.slice(start, start + EVIDENCE_ON_PAGE)}
            zone={viewer.zone}
            marked={shown.marked}
          />
        )}
        <Pager
          page={page}
          perPage={EVIDENCE_ON_PAGE}
          total={events.length}
          href={(at) => addressOf(address, asked, at, machines)}
        />
      </Card>
    </AppPage>
  );
}

/** How many lines are marked, and where the others of them stand. */
function Marked(props: { shown: EvidenceShown; asked: EvidenceAsked; address: string }) {
  const { shown, asked, address } = props;
  const { page, machines, markedOn, markedBeside } = shown;
  if (asked.events.length === 0 && asked.part === null) return null;
  const here = markedOn.find((one) => one.page === page)?.count ?? 0;
  const others = markedOn.filter((one) => one.page !== page);
  if (here + others.length + markedBeside === 0)
    return <Notice tone="informed">The lines that were asked for are not on record any more.</Notice>;
  return (
    <Notice tone="informed">
      {count(here, "line")} marked here.
      {others.map((one) => (
        <Fragment key={one.page}>
          {" "}
          <a href={`${addressOf(address, asked, one.page, machines)}#marked`}>
            {one.count} on page {one.page}
          </a>
        </Fragment>
      ))}
      {markedBeside === 0 ? null : (
        <>
          {" "}
          <a href={`${addressOf(address, asked, null, !machines)}#marked`}>
            {markedBeside} {machines ? "among what people did" : "among what machines left"}
          </a>
        </>
      )}
    </Notice>
  );
}

/** The same lines marked, on another page or in the other list. */
function addressOf(address: string, asked: EvidenceAsked, page: number | null, machines: boolean): string {
  const query = [
    asked.events.length === 0 ? "" : `event=${asked.events.join(",")}`,
    asked.part === null ? "" : `part=${asked.part}`,
    page === null ? "" : `page=${page}`,
    machines ? "machines=yes" : "",
  ];
  return `${address}?${query.filter((part) => part !== "").join("&")}`;
}
