import { DateTime } from "luxon";
import { daysBetween, weekdayOf } from "../../../domain/calendar/dates.ts";
import { localDateOf } from "../../../domain/calendar/zones.ts";
import type { ProgramLine, RoomEnrollment, RoomStep } from "../../../operations/room-parts.ts";
import { type Mark, mailAddress, markOf, momentWords } from "./case-marks.ts";

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
    <section className="drawing scroll" aria-label="The programs by day" tabIndex={0}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title would cover the drawing as a tooltip; the section is named */}
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Forms lanes={lanes} />
        <Days line={line} dayWidth={dayWidth} bottom={bottom} />
        {lanes.map((lane) => (
          <LaneView key={lane.enrollment.id} lane={lane} width={width} foot={bottom + 20} />
        ))}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a text of an SVG takes no focus */}
        <text className="hint-line" x={LEFT} y={bottom + 20} aria-hidden="true">
          Point at a step, or reach it with Tab, to read its day and time.
        </text>
      </svg>
    </section>
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

/** Each form that is used, once; a mark only says which it is and where. They differ in form, not in colour alone. */
function Forms({ lanes }: { lanes: readonly Lane[] }) {
  const used = new Set(lanes.flatMap(({ placed }) => placed.map(({ step }) => markOf(step).shape)));
  return (
    <defs>
      <pattern id="off" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line y2="6" />
      </pattern>
      {[...used].map((shape) => (
        <g id={shape} key={shape}>
          <circle className="hit" r="12" />
          <Form shape={shape} />
        </g>
      ))}
    </defs>
  );
}

function Form({ shape }: { shape: Mark["shape"] }) {
  switch (shape) {
    case "sent":
      return <circle className="full" r="7" />;
    case "reached":
      return (
        <>
          <circle className="full" r="8.5" />
          <path className="inside" d="M-3.6 0l2.6 2.8 4.8-5.4" />
        </>
      );
    case "next":
      return (
        <>
          <circle className="ring-next" r="8" />
          <circle className="dot" r="3" />
        </>
      );
    case "ahead":
      return <circle className="dashed" r="7" />;
    case "held":
      return (
        <>
          <circle className="waits" r="8" />
          <path className="waits" d="M-2.2-3.2v6.4M2.2-3.2v6.4" />
        </>
      );
    case "skipped":
      return <path className="cross" d="M-4-4l8 8M4-4l-8 8" />;
    case "trouble":
      return <path className="waits" d="M0-9l9 16h-18zM0-3.5v5M0 4v.5" />;
    case "task":
      return <rect className="square" x="-6.5" y="-6.5" width="13" height="13" rx="2.5" />;
    default:
      return shape satisfies never;
  }
}

function Days({ line, dayWidth, bottom }: { line: ProgramLine; dayWidth: number; bottom: number }) {
  const x = (index: number) => LEFT + index * dayWidth;
  const blocks = (days: readonly number[]) =>
    days.map((index) => `M${x(index)} ${HEAD}h${dayWidth}V${bottom}h-${dayWidth}z`).join("");
  const indices = line.days.map((_, index) => index);
  const shut = indices.filter((index) => line.days[index]?.works === false);
  const holidays = shut.filter((index) => line.days[index]?.holiday !== null);
  const rests = indices.filter((index) => line.days[index]?.paused);
  const mondays = indices.filter((index) => index === 0 || weekdayOf(line.days[index]?.date ?? "") === 1);
  const today = line.days.findIndex(({ date }) => date === line.today);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of an SVG takes no focus
    <g aria-hidden="true">
      <path className="off" d={blocks(shut)} />
      {holidays.length === 0 ? null : <path className="holiday" d={blocks(holidays)} />}
      {rests.length === 0 ? null : <path className="rest" d={blocks(rests)} />}
      <path className="week" d={mondays.map((index) => `M${x(index)} ${HEAD - 8}V${bottom}`).join("")} />
      {mondays
        .filter((index) => index === 0 || (index >= 3 && line.days.length - index >= 4))
        .map((index) => (
          <text key={index} x={x(index) + 3} y={HEAD - 12}>
            {DateTime.fromISO(line.days[index]?.date ?? "")
              .setLocale("en-GB")
              .toFormat("d LLL")}
          </text>
        ))}
      {line.days.map((day, index) =>
        day.clockMinutes === 0 ? null : (
          <text
            key={day.date}
            className="clock"
            x={x(index) + dayWidth / 2}
            y={bottom - 4}
            textAnchor="middle"
          >
            {`${day.clockMinutes > 0 ? "+" : "−"}${Math.abs(day.clockMinutes) / 60} h`}
          </text>
        ),
      )}
      {today === -1 ? null : (
        <>
          <path className="today" d={`M${x(today) + dayWidth / 2} ${HEAD - 2}V${bottom}`} />
          <text className="today-name" x={x(today) + dayWidth / 2} y="12" textAnchor="middle">
            Today
          </text>
        </>
      )}
    </g>
  );
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
  // The list below has the hour in UTC and the whole subject.
  const when = step.at === null ? "" : momentWords(step.at, enrollment.zone).replace(/ \(.*\)$/, "");
  const subject = step.subject.length > 36 ? `${step.subject.slice(0, 35)}…` : step.subject;
  const body = (
    <>
      <use href={`#${mark.shape}`} x={x} y={y} />
      <text x={LEFT} y={foot}>
        {`${mark.words}${step.expected ? ", expected" : ""}: ${when}. ${subject}`}
      </text>
    </>
  );
  if (step.audience === "csm") return <g className="mark">{body}</g>;
  return (
    <a className="mark" href={mailAddress(enrollment, step.key)}>
      {body}
    </a>
  );
}
