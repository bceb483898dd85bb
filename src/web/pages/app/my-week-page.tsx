import type { ComplaintCount } from "../../../drivers/store/mail-holds.ts";
import type { SignalRow } from "../../../drivers/store/signals.ts";
import type { OpenHold } from "../../../operations/mail-holds.ts";
import type { MyWeek } from "../../../operations/my-week.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { count, dayWords, greeting, hourWords, moneyWords, plain, shortDay } from "../words.ts";
import { CaseTile } from "./case-strip.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { MailHolds } from "./mail-holds.tsx";
import { NeedRow } from "./need-row.tsx";

/** Cases that are drawn; the rest is in the list of cases. */
export const TILES = 9;
const UNOWNED_SHOWN = 5;

export interface MyWeekProps {
  viewer: Viewer;
  /** With the rows of this page of the queue. */
  week: MyWeek;
  page: number;
  perPage: number;
  signals: readonly SignalRow[];
  holds: readonly OpenHold[];
  warnings: readonly ComplaintCount[];
  now: Date;
  everybody: boolean;
  hasAccounts: boolean;
  said: string | null;
}

/** The CSM's home: who needs a human today, each with one button (domain.md F 1). */
export function myWeekPage(props: MyWeekProps) {
  const { viewer, week, now, everybody, hasAccounts, said } = props;
  const first = viewer.userName.split(/\s+/)[0] ?? viewer.userName;
  const untouched = week.casesTotal === 0 && week.unownedTotal === 0;
  const fresh = untouched && (everybody || !hasAccounts);
  return (
    <AppPage viewer={viewer} title="My week" styles={["week"]}>
      <PageHead
        title={`${greeting(now, viewer.zone)}, ${first}`}
        meta={
          <span className="soft">
            {dayWords(now, viewer.zone)}
            {week.needsTotal === 0 ? "" : `, ${count(week.needsTotal, "thing")} to look at`}
          </span>
        }
      />
      <Said said={said} />
      <MailHolds
        viewer={viewer}
        holds={props.holds}
        warnings={props.warnings}
        back={backOf(everybody)}
        now={now}
      />
      {fresh ? (
        <FirstSteps viewer={viewer} hasAccounts={hasAccounts} />
      ) : (
        <>
          <Tabs
            label="Whose week"
            tabs={[
              { href: "/?who=mine", name: "Mine", here: !everybody },
              { href: "/?who=all", name: "Everybody's", here: everybody },
            ]}
          />
          <div className="cols two">
            <Queue {...props} />
            <div>
              <Unowned week={week} viewer={viewer} back={backOf(everybody)} />
              <NextMails week={week} viewer={viewer} back={backOf(everybody)} now={now} />
              <Signals signals={props.signals} viewer={viewer} now={now} />
            </div>
          </div>
          <Cases week={week} everybody={everybody} />
        </>
      )}
    </AppPage>
  );
}

function backOf(everybody: boolean): string {
  return everybody ? "/?who=all" : "/?who=mine";
}

function Queue({ viewer, week, page, perPage, now, everybody }: MyWeekProps) {
  return (
    <Card title="Needs you today" id="queue" aside="Most at stake and most urgent first">
      {week.needsYou.length === 0 ? (
        <Empty
          icon="check"
          title={everybody ? "Nobody waits for anybody" : "Nobody needs you right now"}
          action={
            viewerMay(viewer, "work-cases") ? (
              <a className="button quiet" href="/enroll">
                Enroll the next contact
              </a>
            ) : undefined
          }
        >
          Questions, meetings and silence come here by themselves, and by mail when they cannot wait.
        </Empty>
      ) : (
        <ul className="rows">
          {week.needsYou.map((need) => (
            <NeedRow key={`${need.kind}-${need.subjectId}`} need={need} viewer={viewer} now={now} />
          ))}
        </ul>
      )}
      <Pager
        page={page}
        perPage={perPage}
        total={week.needsTotal}
        href={(to) => `${backOf(everybody)}&page=${to}#queue`}
      />
    </Card>
  );
}

function Cases({ week, everybody }: { week: MyWeek; everybody: boolean }) {
  const all = everybody ? "/cases" : "/cases?csm=mine";
  return (
    <section aria-labelledby="cases-title">
      <div className="section-head">
        <h2 id="cases-title">{everybody ? "Open cases" : "My cases"}</h2>
        <a href={all}>All {count(week.casesTotal, "case")}</a>
      </div>
      {week.cases.length === 0 ? (
        <Card>
          <Empty icon="cases" title="No open case">
            One opens when a main contact leaves: with “Enroll a contact”, from your CRM, or when a mail says
            so.
          </Empty>
        </Card>
      ) : (
        <ul className="tiles">
          {week.cases.slice(0, TILES).map((one) => (
            <CaseTile key={one.caseId} one={one} withCsm={everybody} />
          ))}
        </ul>
      )}
      {week.casesTotal > TILES ? (
        <p>
          <a href={all}>{week.casesTotal - TILES} more in the list of cases</a>
        </p>
      ) : null}
    </section>
  );
}

function Unowned({ week, viewer, back }: { week: MyWeek; viewer: Viewer; back: string }) {
  if (week.unowned.length === 0) return null;
  return (
    <Card title="Nobody owns these" tone="warned" aside={count(week.unownedTotal, "case")}>
      <ul className="rows side">
        {week.unowned.slice(0, UNOWNED_SHOWN).map((one) => (
          <li key={one.caseId}>
            <div>
              <p>
                <a href={`/cases/${one.caseId}`}>
                  <bdi>{one.accountName}</bdi>
                </a>
              </p>
              <p className="small soft">
                {moneyWords(one.arrMinor, one.currency)} a year, {count(one.daysAtRisk, "day")} at risk
              </p>
            </div>
            {viewerMay(viewer, "work-cases") ? (
              <AppForm viewer={viewer} action={`/accounts/${one.accountId}/take`}>
                <input type="hidden" name="back" value={back} />
                <button className="quiet small" type="submit">
                  Take it<span className="sr">: {one.accountName}</span>
                </button>
              </AppForm>
            ) : null}
          </li>
        ))}
      </ul>
      {week.unownedTotal > UNOWNED_SHOWN ? (
        <p className="small">
          <a href="/cases?csm=nobody">All {week.unownedTotal}</a>
        </p>
      ) : null}
    </Card>
  );
}

function NextMails(props: { week: MyWeek; viewer: Viewer; back: string; now: Date }) {
  const { week, viewer, back, now } = props;
  return (
    <Card title="Next mails">
      {week.nextSends.length === 0 ? (
        <p className="soft">No mail is planned.</p>
      ) : (
        <ul className="rows side">
          {week.nextSends.map((send) => (
            <li key={`${send.enrollmentId}-${send.stepKey}`}>
              <div>
                <p>
                  <a href={`/cases/${send.caseId}`}>
                    <bdi>{send.contactName}</bdi>
                  </a>{" "}
                  <span className="small soft">
                    <bdi>{send.accountName}</bdi>
                  </span>
                </p>
                <p className="small">
                  <bdi>{send.subject}</bdi>
                </p>
                <p className="small soft">
                  {send.paused ? "Paused; planned for " : ""}
                  <time dateTime={send.dueAt.toISOString()}>{localTime(send.dueAt, send.zone, now)}</time>,{" "}
                  their time ({placeOf(send.zone)})
                </p>
              </div>
              {viewerMay(viewer, "work-cases") ? (
                <AppForm
                  viewer={viewer}
                  action={`/enrollments/${send.enrollmentId}/${send.paused ? "resume" : "pause"}`}
                >
                  <input type="hidden" name="back" value={back} />
                  <button className="quiet small" type="submit">
                    {send.paused ? "Resume" : "Pause"}
                    <span className="sr">: {send.contactName}</span>
                  </button>
                </AppForm>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** "Mon 24 Nov, 09:00": the day as a reader says it, with the hour always. */
function localTime(at: Date, zone: string, now: Date): string {
  const day = shortDay(at, zone, now);
  return day.includes(":") ? day : `${day}, ${hourWords(at, zone)}`;
}

function placeOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

function Signals({ signals, viewer, now }: { signals: readonly SignalRow[]; viewer: Viewer; now: Date }) {
  return (
    <Card title="What changed" aside="last 14 days">
      {signals.length === 0 ? (
        <p className="soft">
          Nothing yet. A line comes when a verdict changes, and at once when somebody asks to meet.
        </p>
      ) : (
        <ul className="rows side">
          {signals.map((signal) => (
            <li key={signal.id}>
              <div>
                <p>
                  <a href={`/cases/${signal.caseId}`}>
                    <bdi>{signal.contactName}</bdi>
                  </a>{" "}
                  <span className="small soft">
                    <bdi>{signal.accountName}</bdi>
                  </span>
                </p>
                <p className="small soft">{changeOf(signal)}</p>
              </div>
              <span className="small soft nowrap">
                <time dateTime={signal.at.toISOString()}>{shortDay(signal.at, viewer.zone, now)}</time>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function changeOf({ kind, fromVerdict, toVerdict }: SignalRow): string {
  if (kind === "meeting_requested") return "Asked to meet";
  const to = plain(toVerdict);
  return fromVerdict === null ? to : `${to}, before: ${plain(fromVerdict).toLowerCase()}`;
}
