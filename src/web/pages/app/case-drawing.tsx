import { DateTime } from "luxon";
import { daysBetween, weekdayOf } from "../../../domain/calendar/dates.ts";
import { localDateOf } from "../../../domain/calendar/zones.ts";
import type { ProgramLine, RoomEnrollment, RoomStep } from "../../../operations/room-parts.ts";
import { markOf, momentWords } from "./case-marks.ts";

const LEFT = 78;
const HEAD = 40;
const FOOT = 30;
const LANE = 46;
const STACK = 24;
const WIDEST = 930;

interface Placed {
  step: RoomStep;
  x: number;
  y: number;
}
interface Lane {
  enrollment: RoomEnrollment;
  placed: Placed[];
  top: number;
  height: number;
}

/**
 * The programs of one case by day: weeks, days off hatched, pauses shaded, clock changes and today marked.
 * Every mark is a link to its mail; the list below it says the same in words.
 */
export function ProgramDrawing({
  main,
  others,
}: {
  main: RoomEnrollment;
  others: readonly RoomEnrollment[];
}) {
  const { line } = main;
  const days = line.days.length;
  const dayWidth = Math.max(17, Math.min(34, Math.floor((WIDEST - LEFT) / Math.max(1, days))));
  const lanes = lanesOf([main, ...others], line, dayWidth);
  const bottom = lanes.reduce((sum, { height }) => sum + height, HEAD);
  const width = LEFT + days * dayWidth + 6;
  const height = bottom + FOOT;
  return (
    // A wide drawing scrolls; by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard
    <div className="drawing scroll" role="group" aria-label="The programs by day" tabIndex={0}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Hatching />
        <Days line={line} dayWidth={dayWidth} bottom={bottom} />
        {lanes.map((lane) => (
          <LaneView key={lane.enrollment.id} lane={lane} width={width} foot={bottom + 20} />
        ))}
        <text className="hint-line" x={LEFT} y={bottom + 20} aria-hidden="true">
          Point at a step, or reach it with Tab, to read its day and time.
        </text>
      </svg>
    </div>
  );
}

function lanesOf(enrollments: readonly RoomEnrollment[], line: ProgramLine, dayWidth: number): Lane[] {
  let top = HEAD;
  return enrollments.map((enrollment) => {
    const taken = new Map<number, number>();
    const placed = enrollment.steps.flatMap((step): Placed[] => {
      if (step.at === null) return [];
      const day = daysBetween(line.start, localDateOf(step.at, enrollment.zone));
      if (day < 0 || day >= line.days.length) return [];
      const level = taken.get(day) ?? 0;
      taken.set(day, level + 1);
      return [{ step, x: LEFT + (day + 0.5) * dayWidth, y: top + LANE / 2 + level * STACK }];
    });
    const height = LANE + (Math.max(1, ...taken.values()) - 1) * STACK;
    const lane = { enrollment, placed, top, height };
    top += height;
    return lane;
  });
}

function Hatching() {
  return (
    <defs>
      <pattern id="off" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="6" />
      </pattern>
    </defs>
  );
}

function Days({ line, dayWidth, bottom }: { line: ProgramLine; dayWidth: number; bottom: number }) {
  const x = (index: number) => LEFT + index * dayWidth;
  return line.days.map((day, index) => {
    const isMonday = weekdayOf(day.date) === 1 || index === 0;
    const isToday = day.date === line.today;
    const date = DateTime.fromISO(day.date, { zone: "utc" }).setLocale("en-GB");
    return (
      <g key={day.date} aria-hidden="true">
        {day.works ? null : (
          <rect
            className={day.holiday === null ? "off" : "off holiday"}
            x={x(index)}
            y={HEAD}
            width={dayWidth}
            height={bottom - HEAD}
          >
            {day.holiday === null ? null : <title>{day.holiday}</title>}
          </rect>
        )}
        {day.paused ? (
          <rect className="rest" x={x(index)} y={HEAD} width={dayWidth} height={bottom - HEAD}>
            <title>Paused</title>
          </rect>
        ) : null}
        {isMonday ? (
          <>
            <line className="week" x1={x(index)} x2={x(index)} y1={HEAD - 8} y2={bottom} />
            <text className="week-name" x={x(index) + 3} y={HEAD - 12}>
              {line.days.length - index < 4 && index > 0 ? "" : date.toFormat("d LLL")}
            </text>
          </>
        ) : null}
        {day.clockMinutes === 0 ? null : (
          <text className="clock" x={x(index) + dayWidth / 2} y={bottom - 4} textAnchor="middle">
            {day.clockMinutes > 0 ? "+" : "−"}1h
            <title>The clocks change; the local time of the mails stays</title>
          </text>
        )}
        {isToday ? (
          <>
            <line
              className="today"
              x1={x(index) + dayWidth / 2}
              x2={x(index) + dayWidth / 2}
              y1={HEAD - 2}
              y2={bottom}
            />
            <text className="today-name" x={x(index) + dayWidth / 2} y={12} textAnchor="middle">
              Today
            </text>
          </>
        ) : null}
      </g>
    );
  });
}

function LaneView({ lane, width, foot }: { lane: Lane; width: number; foot: number }) {
  const { enrollment, placed, top, height } = lane;
  const name = enrollment.contact.firstName;
  return (
    <g>
      <line className="lane" x1={LEFT} x2={width} y1={top + height} y2={top + height} />
      <text className="lane-name" x="0" y={top + LANE / 2 + 4}>
        {Array.from(name).length > 10 ? `${Array.from(name).slice(0, 9).join("")}…` : name}
      </text>
      {placed.map((one) => (
        <StepMark key={one.step.key} placed={one} enrollment={enrollment} foot={foot} />
      ))}
    </g>
  );
}

function StepMark({
  placed,
  enrollment,
  foot,
}: {
  placed: Placed;
  enrollment: RoomEnrollment;
  foot: number;
}) {
  const { step, x, y } = placed;
  const mark = markOf(step);
  const when = step.at === null ? "" : momentWords(step.at, enrollment.zone);
  const subject = step.subject.length > 62 ? `${step.subject.slice(0, 61)}…` : step.subject;
  const body = (
    <>
      <circle className="hit" cx={x} cy={y} r="12" />
      <Shape shape={mark.shape} x={x} y={y} />
      <text className="tip" x={LEFT} y={foot}>
        {mark.words}
        {step.expected ? ", expected" : ""}: {when}. {subject}
      </text>
    </>
  );
  if (step.audience === "csm") return <g className={`mark ${mark.shape}`}>{body}</g>;
  return (
    <a className={`mark ${mark.shape}`} href={`/enrollments/${enrollment.id}/mails/${step.key}`}>
      {body}
    </a>
  );
}

/** A form for each state, so that none is told by its colour alone. */
function Shape({ shape, x, y }: { shape: ReturnType<typeof markOf>["shape"]; x: number; y: number }) {
  switch (shape) {
    case "sent":
    case "ahead":
      return <circle className="body" cx={x} cy={y} r="7" />;
    case "reached":
      return (
        <>
          <circle className="body" cx={x} cy={y} r="8.5" />
          <path className="sign" d={`M${x - 3.6} ${y}l2.6 2.8 4.8-5.4`} />
        </>
      );
    case "next":
      return (
        <>
          <circle className="body" cx={x} cy={y} r="8" />
          <circle className="dot" cx={x} cy={y} r="3" />
        </>
      );
    case "held":
      return (
        <>
          <circle className="body" cx={x} cy={y} r="8" />
          <path className="sign" d={`M${x - 2.2} ${y - 3.2}v6.4M${x + 2.2} ${y - 3.2}v6.4`} />
        </>
      );
    case "skipped":
      return <path className="sign" d={`M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`} />;
    case "trouble":
      return (
        <>
          <path className="body" d={`M${x} ${y - 9}l9 16h-18z`} />
          <path className="sign" d={`M${x} ${y - 3.5}v5M${x} ${y + 4}v.5`} />
        </>
      );
    case "task":
      return <rect className="body" x={x - 6.5} y={y - 6.5} width="13" height="13" rx="2.5" />;
    default:
      return shape satisfies never;
  }
}
