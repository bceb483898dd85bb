import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { RoomEnrollment } from "../../../operations/room-parts.ts";
import type { Undoable } from "../../../operations/undo-enrollment.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icon.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Stats } from "../ui/stats.tsx";
import { Tag } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { count, dateWords, moneyWords, plain } from "../words.ts";
import { Acts, CaseEnd, SponsorCard } from "./case-acts.tsx";
import { Duties } from "./case-duties.tsx";
import { EffortCard } from "./case-effort.tsx";
import { Evidence } from "./case-evidence.tsx";
import { Facts } from "./case-facts.tsx";
import { MeetingView } from "./case-meeting.tsx";
import { OutlookCard } from "./case-outlook.tsx";
import { Program } from "./case-program.tsx";
import { ReadinessView } from "./case-readiness.tsx";
import { Priorities, Questions, Tasks } from "./case-talk.tsx";
import { JustEnrolled } from "./enroll-undo.tsx";
import { VerdictTag } from "./verdict.tsx";

export interface CaseRoomProps {
  viewer: Viewer;
  room: CaseRoom;
  now: Date;
  /** What the case looked like, so that the live connection tells only what is newer. */
  stamp: string;
  said: string | null;
  /** The enrollment that can still be taken back: nothing of it has left. */
  undo: Undoable | null;
  /** The duty that the address points at: what hides it is open. */
  duty: string | null;
}

/** Everything about one turnover on one page (domain.md F 2). */
export function caseRoomPage({ viewer, room, now, stamp, said, undo, duty }: CaseRoomProps) {
  const contact = room.enrollments.find(({ audience }) => audience === "contact") ?? null;
  const caseId = room.case.id;
  const zone = viewer.zone;
  // The programs that run beside the contact's; ended ones of earlier tracks are in the history.
  const others = room.enrollments.filter(({ audience }) => audience === "sponsor").slice(0, 1);
  return (
    <AppPage styles={["case-room"]} scripts={["live"]} viewer={viewer} title={titleOf(room, contact)}>
      <PageHead
        title={titleOf(room, contact)}
        crumbs={[{ href: "/cases", name: "Cases" }]}
        meta={<HeadTags room={room} contact={contact} />}
      />
      <Said said={said} />
      {undo === null ? null : <JustEnrolled viewer={viewer} undo={undo} />}
      <div className="live-bar" data-events={`/cases/${caseId}/events?since=${stamp}`} role="status" />
      <div data-live="head">
        <Next room={room} viewer={viewer} contact={contact} />
        <Figures room={room} />
      </div>
      <div className="cols two">
        <div data-live="readiness">
          {contact === null ? (
            <>
              <Proposal room={room} viewer={viewer} />
              <Plan room={room} />
            </>
          ) : (
            <ReadinessView enrollment={contact} zone={zone} caseId={caseId} />
          )}
        </div>
        <div data-live="facts">
          <Facts room={room} viewer={viewer} />
          <Duties room={room} viewer={viewer} asked={duty} />
          <OutlookCard room={room} viewer={viewer} />
        </div>
      </div>
      {contact === null ? null : (
        <div data-live="program">
          <Program viewer={viewer} caseId={caseId} main={contact} others={others} />
        </div>
      )}
      <div className="cols two">
        {contact === null ? null : (
          <div>
            <div data-live="questions">
              <Questions viewer={viewer} enrollment={contact} rooms={room.enrollments} caseId={caseId} />
            </div>
            <div data-live="priorities">
              <Priorities room={room} contact={contact} />
            </div>
            <div data-live="tasks">
              <Tasks viewer={viewer} enrollment={contact} caseId={caseId} />
            </div>
            <div data-live="evidence">
              <Evidence enrollment={contact} zone={zone} caseId={caseId} />
            </div>
          </div>
        )}
        <div>
          {contact === null ? null : (
            <>
              <div data-live="meeting">
                <MeetingView viewer={viewer} enrollment={contact} caseId={caseId} now={now} />
              </div>
              <div data-live="acts">
                <Acts viewer={viewer} room={room} enrollment={contact} />
              </div>
            </>
          )}
          <div data-live="sponsor">
            <SponsorCard viewer={viewer} room={room} />
          </div>
          {contact === null ? null : <Plan room={room} />}
          <div data-live="effort">
            <EffortCard room={room} viewer={viewer} />
          </div>
          <p>
            <a href={`/cases/${caseId}/history`}>History of the case and the account</a>
          </p>
          <CaseEnd viewer={viewer} room={room} />
        </div>
      </div>
    </AppPage>
  );
}

function titleOf(room: CaseRoom, contact: RoomEnrollment | null): string {
  return contact === null ? room.account.name : `${room.account.name}: ${contact.contact.name}`;
}

function HeadTags({ room, contact }: { room: CaseRoom; contact: RoomEnrollment | null }) {
  const isRisky = room.outlook.value === "high_risk";
  const { active } = room.overrides;
  return (
    <>
      {contact === null ? null : (
        <VerdictTag verdict={contact.readiness?.verdict ?? null} score={contact.readiness?.score ?? null} />
      )}
      <Tag>
        {plain(room.case.status)}
        {room.case.outcome === null ? "" : `: ${plain(room.case.outcome).toLowerCase()}`}
      </Tag>
      <Tag tone={room.case.severity >= 4 ? "bad" : undefined}>Severity {room.case.severity} of 5</Tag>
      {room.case.status === "closed" ? null : (
        <>
          <Tag tone={isRisky ? "bad" : "good"}>{isRisky ? "High risk" : "Expected to stay"}</Tag>
          <span className="small soft">
            {active === null
              ? `because ${room.outlook.reasons.join("; ")}`
              : `says ${active.proposedBy}, until ${dateWords(active.untilOn)}`}
          </span>
        </>
      )}
    </>
  );
}

/** The one most useful next act, as the only primary button of the page's head. */
function Next({ room, viewer, contact }: { room: CaseRoom; viewer: Viewer; contact: RoomEnrollment | null }) {
  const { nextAct } = room;
  if (nextAct === null || !viewerMay(viewer, "work-cases")) {
    const next = contact?.steps.find(({ state, at }) => state === "next" && at !== null);
    return (
      <Card className="next-act">
        <p>
          <Icon name="check" /> Nothing needs you here.
          {next?.at == null || contact === null ? null : (
            <>
              {" "}
              The next mail goes on <Time at={next.at} zone={viewer.zone} />: “{next.subject}”.
            </>
          )}
        </p>
      </Card>
    );
  }
  return (
    <Card tone="next" className="next-act">
      <p>{nextAct.why}</p>
      {nextAct.act.kind === "go" ? (
        <a className="button" href={nextAct.act.href}>
          {nextAct.label}
        </a>
      ) : (
        <AppForm viewer={viewer} action={nextAct.act.action}>
          <input type="hidden" name="back" value={`/cases/${room.case.id}`} />
          {Object.entries(nextAct.act.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button type="submit">{nextAct.label}</button>
        </AppForm>
      )}
    </Card>
  );
}

function Figures({ room }: { room: CaseRoom }) {
  const { account, daysToRenewal } = room;
  const renewal =
    account.renewalOn === null
      ? "No renewal date"
      : `Renews ${dateWords(account.renewalOn)}${daysToRenewal !== null && daysToRenewal < 0 ? ", passed" : ""}`;
  return (
    <Stats
      stats={[
        {
          label: "a year",
          value: moneyWords(account.arrMinor, account.currency),
          href: `/accounts/${account.id}`,
        },
        {
          label: renewal,
          value: daysToRenewal === null ? "–" : count(Math.max(0, daysToRenewal), "day"),
          href: `/accounts/${account.id}`,
        },
        { label: "at risk", value: count(room.daysAtRisk, "day"), href: `/cases/${room.case.id}/history` },
        { label: "of the recovery plan", value: `${room.recovery.percent} %`, href: "#plan" },
      ]}
    />
  );
}

function Proposal({ room, viewer }: { room: CaseRoom; viewer: Viewer }) {
  return (
    <Card title="Nobody is enrolled yet" tone="next" id="readiness">
      {room.proposal === null ? (
        <p>
          Say who takes over and how they arrive, and a track is proposed here. The mails can be looked at
          before anybody gets one.
        </p>
      ) : (
        <p>
          Proposed track: <strong>{room.proposal.name}</strong>, because {room.proposal.reason}
        </p>
      )}
      {viewerMay(viewer, "work-cases") && room.case.status !== "closed" ? (
        <p>
          <a
            className={room.proposal === null ? "button quiet" : "button"}
            href={`/enroll?case=${room.case.id}`}
          >
            See every mail and enroll
          </a>
        </p>
      ) : null}
    </Card>
  );
}

function Plan({ room }: { room: CaseRoom }) {
  return (
    <Card title="Recovery plan" id="plan" aside={`${room.recovery.percent} %`}>
      <ol className="stages">
        {room.recovery.stages.map((stage) => (
          <li key={stage.percent} className={stage.done ? "done" : undefined}>
            {stage.text}
            {stage.done ? <span className="sr"> (done)</span> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
