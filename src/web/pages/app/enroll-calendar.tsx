import { DateTime } from "luxon";
import type { Grid, GridDay } from "../../../domain/calendar/month-grid.ts";
import type { PlannedStep } from "../../../domain/sequences/plan-program.ts";

/** One thing of the program on its day; mails are numbered in the order in which they go. */
export interface ProgramMark {
  number: number | null;
  to: "contact" | "sponsor" | "csm";
  subject: string;
  href: string | null;
  step: PlannedStep;
}

/** The program on a calendar of the contact's own days: what goes when, and which days it leaves alone. */
export function ProgramCalendar(props: { grid: Grid<ProgramMark>; caption: string; today: string }) {
  const { grid, caption, today } = props;
  return (
    <table className="calendar">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {grid.heads.map((head) => (
            <th key={head.long} scope="col" abbr={head.long}>
              {head.short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.weeks.map((week, index) => (
          <tr key={week[0]?.date ?? index}>
            {week.map((day, column) => (
              <Day key={day.date} day={day} first={index === 0 && column === 0} today={today} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, first, today }: { day: GridDay<ProgramMark>; first: boolean; today: string }) {
  const date = DateTime.fromISO(day.date, { zone: "utc" }).setLocale("en-GB");
  const classes = [
    day.works && day.closed === null ? "" : "off",
    day.closed === null ? "" : "holiday",
    day.clockChange === null ? "" : "clocks",
    day.date === today ? "today" : "",
  ].filter((name) => name !== "");
  const note = day.closed ?? day.clockChange;
  return (
    <td className={classes.length === 0 ? undefined : classes.join(" ")}>
      <time dateTime={day.date}>{date.toFormat(first || date.day === 1 ? "d LLL" : "d")}</time>
      {day.date === today ? <span className="sr"> today</span> : null}
      <span className="marks">
        {day.marks.map((mark) => (
          <Mark key={`${mark.to}-${mark.step.stepKey}`} mark={mark} />
        ))}
      </span>
      {note === null ? null : (
        <span className="note" title={note}>
          {note}
        </span>
      )}
    </td>
  );
}

const WHOSE = { contact: "Mail", sponsor: "Sponsor's mail", csm: "Task for you" } as const;

function Mark({ mark }: { mark: ProgramMark }) {
  const label = `${WHOSE[mark.to]}${mark.number === null ? "" : ` ${mark.number}`}: ${mark.subject}, ${mark.step.localTime}`;
  if (mark.href === null)
    return (
      <span className={`mark ${mark.to}`} title={label}>
        <span className="sr">{label}</span>
      </span>
    );
  return (
    <a className={`mark ${mark.to}`} href={mark.href} title={label} aria-label={label}>
      {mark.number}
    </a>
  );
}

export function Legend({
  hasSponsor,
  hasTasks,
  firstName,
}: {
  hasSponsor: boolean;
  hasTasks: boolean;
  firstName: string;
}) {
  return (
    <ul className="legend small">
      <li>
        <span className="mark contact" /> Mail to <bdi>{firstName}</bdi>
      </li>
      {hasSponsor ? (
        <li>
          <span className="mark sponsor" /> To the sponsor
        </li>
      ) : null}
      {hasTasks ? (
        <li>
          <span className="mark csm" /> A task for you
        </li>
      ) : null}
      <li>
        <span className="swatch off" /> No mail: weekend or holiday
      </li>
    </ul>
  );
}

/** Every mail in the order it goes, with the reader's own time and UTC. */
export function ProgramList({ marks }: { marks: readonly ProgramMark[] }) {
  return (
    <table className="program-list">
      <caption className="sr">Every mail with its day and time</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr">Number</span>
          </th>
          <th scope="col">Mail</th>
          <th scope="col">Goes</th>
          <th scope="col" className="right">
            UTC
          </th>
        </tr>
      </thead>
      <tbody>
        {marks.map((mark) => (
          <tr key={`${mark.to}-${mark.step.stepKey}`}>
            <td>
              <span className={`mark ${mark.to}`}>{mark.number}</span>
            </td>
            <td className="subject">
              {mark.href === null ? mark.subject : <a href={mark.href}>{mark.subject}</a>}
              {mark.to === "contact" ? null : (
                <span className="sr"> ({mark.to === "sponsor" ? "to the sponsor" : "a task for you"})</span>
              )}
              <Notes step={mark.step} />
            </td>
            <td className="nowrap">
              {shortDay(mark.step.localDate)}, {mark.step.localTime}
            </td>
            <td className="right nowrap soft">
              <time dateTime={mark.step.at}>{utcWords(mark.step)}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** That the calendar moved it; why stands in the drawn days, and whole on the mail's own page. */
function Notes({ step }: { step: PlannedStep }) {
  const { moved, clockChange } = step;
  if (moved === null && clockChange === null) return null;
  const said = [
    moved === null ? "" : `moved from ${shortDay(moved.from)}`,
    clockChange === null ? "" : "after the clocks change, at the same local time",
  ];
  return (
    <span className="hint" title={[moved?.why, clockChange].filter(Boolean).join("; ")}>
      {said.filter((part) => part !== "").join(", ")}
    </span>
  );
}

export function shortDay(date: string): string {
  return DateTime.fromISO(date, { zone: "utc" }).setLocale("en-GB").toFormat("ccc d LLL");
}

/** "08:00", with the day when that is another one there. */
function utcWords(step: PlannedStep): string {
  const at = DateTime.fromISO(step.at, { zone: "utc" }).setLocale("en-GB");
  return at.toFormat(at.toISODate() === step.localDate ? "HH:mm" : "ccc HH:mm");
}
