import type { CaseStrip, MyWeek, NeedsYou } from "../../../operations/my-week.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { count, dayWords, moneyWords, plain, timeWords } from "../words.ts";
import { VerdictTag } from "./verdict.tsx";

export interface Signal {
  id: string;
  caseId: string;
  who: string;
  accountName: string;
  kind: string;
  fromVerdict: string | null;
  toVerdict: string;
  at: Date;
}

/** The CSM's home: who needs a human today, each with one button (domain.md F 1). */
export function myWeekPage(props: {
  viewer: Viewer;
  week: MyWeek;
  signals: readonly Signal[];
  zone: string;
  today: Date;
  everybody: boolean;
  said: string | null;
}) {
  const { viewer, week, signals, zone, today, everybody, said } = props;
  return (
    <AppPage viewer={viewer} title="My week">
      <h1>{everybody ? "Everybody's week" : "My week"}</h1>
      <p className="soft">
        {dayWords(today, zone)} ·{" "}
        <a href={everybody ? "/" : "/?who=all"}>{everybody ? "Only mine" : "Everybody's"}</a>
      </p>
      {said === null ? null : (
        <p className="card said" role="status">
          {said}
        </p>
      )}
      <div className="cols two">
        <div>
          <section className="card">
            <h2>Needs you today</h2>
            {week.needsYou.length === 0 ? (
              <p className="soft">
                Nobody needs you right now. <a href="/enroll">Enroll the next contact</a>, or look at a case
                below.
              </p>
            ) : (
              <ul className="rows">
                {week.needsYou.map((need) => (
                  <Need key={`${need.kind}-${need.subjectId}`} need={need} viewer={viewer} zone={zone} />
                ))}
              </ul>
            )}
          </section>
          <section className="card">
            <h2>Cases</h2>
            <CaseTable cases={week.cases} empty="No open case." />
          </section>
          {week.unowned.length === 0 ? null : (
            <section className="card warned">
              <h2>Nobody owns these</h2>
              <CaseTable cases={week.unowned} empty="" />
            </section>
          )}
        </div>
        <div>
          <section className="card">
            <h2>Readiness signals</h2>
            {signals.length === 0 ? (
              <p className="soft">
                None yet. One comes when a verdict changes, and at once when somebody asks to meet.
              </p>
            ) : (
              <ul className="rows">
                {signals.map((signal) => (
                  <li key={signal.id}>
                    <div>
                      <p>
                        <a href={`/cases/${signal.caseId}`}>{signal.who}</a>{" "}
                        <span className="soft">{signal.accountName}</span>
                      </p>
                      <p className="small soft">
                        {signal.kind === "meeting_requested"
                          ? "Asked to meet"
                          : `${signal.fromVerdict === null ? "" : `${plain(signal.fromVerdict)} → `}${plain(signal.toVerdict)}`}
                        , {timeWords(signal.at, zone)}
                      </p>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section className="card">
            <h2>Next mails</h2>
            <NextMails week={week} viewer={viewer} />
          </section>
        </div>
      </div>
    </AppPage>
  );
}

function Need({ need, viewer, zone }: { need: NeedsYou; viewer: Viewer; zone: string }) {
  return (
    <li>
      <div>
        <p>
          <strong>{need.contactName ?? need.accountName}</strong>{" "}
          <span className="soft">
            {need.contactName === null ? "" : `${need.accountName}, `}
            {moneyWords(need.arrMinor, need.currency)}
          </span>
        </p>
        <p>{need.text}</p>
        {need.dueAt === null ? null : <p className="small soft">By {timeWords(need.dueAt, zone)}</p>}
      </div>
      <NeedButton need={need} viewer={viewer} />
    </li>
  );
}

/** Sending again is an act, so it is a form; everything else leads to the case. */
function NeedButton({ need, viewer }: { need: NeedsYou; viewer: Viewer }) {
  if (need.kind === "uncertain")
    return (
      <AppForm viewer={viewer} action={`/sends/${need.subjectId}/send-again`}>
        <button className="quiet small" type="submit">
          Send again
        </button>
      </AppForm>
    );
  return (
    <a
      className="button quiet small"
      href={need.kind === "csm_task" ? `${need.button.href}#duty-${need.subjectId}` : need.button.href}
    >
      {need.kind === "csm_task" ? "Open" : need.button.label}
    </a>
  );
}

export function CaseTable({ cases, empty }: { cases: readonly CaseStrip[]; empty: string }) {
  if (cases.length === 0) return <p className="soft">{empty}</p>;
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Contact</th>
            <th scope="col">Verdict</th>
            <th scope="col">Stage</th>
            <th scope="col" className="right">
              At risk
            </th>
            <th scope="col" className="right">
              ARR
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.caseId}>
              <td>
                <a href={`/cases/${one.caseId}`}>{one.accountName}</a>
              </td>
              <td>{one.contactName ?? <span className="soft">Nobody yet</span>}</td>
              <td>
                {one.enrollmentId === null ? (
                  <a href={`/enroll?case=${one.caseId}`}>Enroll</a>
                ) : (
                  <VerdictTag verdict={one.verdict} score={one.score} />
                )}
              </td>
              <td>{plain(one.status)}</td>
              <td className="right nowrap">{count(one.daysAtRisk, "day")}</td>
              <td className="right nowrap">{moneyWords(one.arrMinor, one.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NextMails({ week, viewer }: { week: MyWeek; viewer: Viewer }) {
  if (week.nextSends.length === 0) return <p className="soft">No mail is planned.</p>;
  return (
    <ul className="rows">
      {week.nextSends.map((send) => (
        <li key={`${send.enrollmentId}-${send.stepKey}`}>
          <div>
            <p>
              {send.contactName} <span className="soft">{send.accountName}</span>
            </p>
            <p className="small">{send.subject}</p>
            <p className="small soft">
              {timeWords(send.dueAt, send.zone)}, {send.zone.replaceAll("_", " ")}
            </p>
          </div>
          <AppForm
            viewer={viewer}
            action={`/enrollments/${send.enrollmentId}/${send.paused ? "resume" : "pause"}`}
          >
            <input type="hidden" name="back" value="/" />
            <button className="quiet small" type="submit">
              {send.paused ? "Resume" : "Pause"}
            </button>
          </AppForm>
        </li>
      ))}
    </ul>
  );
}
