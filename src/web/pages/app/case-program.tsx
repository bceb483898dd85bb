import type { ReactNode } from "react";
import { localDateOf } from "../../../domain/calendar/zones.ts";
import { POLICY_WORDS } from "../../../domain/sequences/choose-policy.ts";
import type { ProgramDay, RoomEnrollment, RoomOneOff, RoomStep } from "../../../operations/room-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, dateWords, plain, timeWords } from "../words.ts";
import { ProgramDrawing } from "./case-drawing.tsx";
import { mailAddress, markOf, mayGoAgain, momentWords } from "./case-marks.ts";
import { zoneWords } from "./case-words.ts";

interface ProgramProps {
  viewer: Viewer;
  caseId: string;
  main: RoomEnrollment;
  others: readonly RoomEnrollment[];
}

const WEEKEND = "Saturday is not a working day; Sunday is not a working day";

/** The program drawn by day, and step by step in words; the sponsor's beside it. */
export function Program({ viewer, caseId, main, others }: ProgramProps) {
  const sent = main.steps.filter(({ send }) => send?.status === "submitted").length;
  return (
    <Card title="Program" id="program" aside={`${sent} of ${count(main.steps.length, "step")} sent`}>
      <p className="soft small">
        {main.sequenceName}, version {main.version} · {POLICY_WORDS[main.policy]} ·{" "}
        {stateWords(main, viewer.zone)}
      </p>
      {main.blockedReason === null ? null : <p className="complaint">{main.blockedReason}</p>}
      <ProgramDrawing main={main} others={others} />
      {viewerMay(viewer, "work-cases") ? (
        <p>
          <a href={`/cases/${caseId}/mail`}>Send a mail from the bank</a>
        </p>
      ) : null}
      <div className={others.length === 0 ? undefined : "pair wide"}>
        <StepList enrollment={main} viewer={viewer} caseId={caseId} />
        {others.map((other) => (
          <StepList key={other.id} enrollment={other} viewer={viewer} caseId={caseId} />
        ))}
      </div>
    </Card>
  );
}

function stateWords(enrollment: RoomEnrollment, zone: string): string {
  if (enrollment.exitReason !== null) return `ended: ${plain(enrollment.exitReason).toLowerCase()}`;
  if (!enrollment.paused) return plain(enrollment.status).toLowerCase();
  const until = enrollment.pausedUntil === null ? "" : ` until ${timeWords(enrollment.pausedUntil, zone)}`;
  return `paused${until}${enrollment.pauseReason === null ? "" : ` (${plain(enrollment.pauseReason).toLowerCase()})`}`;
}

interface Entry {
  date: string;
  /** Within a date: what is true of the day comes before what happens on it. */
  order: number;
  key: string;
  body: ReactNode;
}

/** All of it in words and in order: the same facts as the drawing, and the way to every mail. */
function StepList(props: { enrollment: RoomEnrollment; viewer: Viewer; caseId: string }) {
  const { enrollment, viewer, caseId } = props;
  const entries: Entry[] = enrollment.steps.map((step, index) => ({
    date: step.at === null ? "9999-12-31" : localDateOf(step.at, enrollment.zone),
    order: 10 + index,
    key: step.key,
    body: <Step key={step.key} step={step} enrollment={enrollment} viewer={viewer} caseId={caseId} />,
  }));
  entries.push(...dayEntries(enrollment));
  entries.push(
    ...enrollment.oneOffs.map((mail) => ({
      date: localDateOf(mail.at, enrollment.zone),
      order: 50,
      key: mail.id,
      body: <OneOff key={mail.id} mail={mail} zone={enrollment.zone} viewer={viewer} caseId={caseId} />,
    })),
  );
  entries.sort((a, b) => (a.date === b.date ? a.order - b.order : a.date < b.date ? -1 : 1));
  return (
    <section>
      <h3>
        <bdi>{enrollment.contact.name}</bdi>
        <span className="hint">
          {enrollment.audience === "sponsor" ? "Sponsor. " : ""}Times in {zoneWords(enrollment.zone)}
        </span>
      </h3>
      <ol className="line">{entries.map(({ body }) => body)}</ol>
    </section>
  );
}

const oneOffWords: Readonly<Record<string, string>> = {
  planned: "Waiting",
  deferred: "Waiting",
  claimed: "Going out",
  transmitting: "Going out",
  submitted: "Sent",
  suppressed: "Not sent",
  skipped: "Not sent",
  failed: "Failed",
  uncertain: "Uncertain",
};

/** A mail of the bank in the list: it can be taken back until it begins to leave. */
function OneOff(props: { mail: RoomOneOff; zone: string; viewer: Viewer; caseId: string }) {
  const { mail, zone, viewer, caseId } = props;
  return (
    <li id={`one-off-${mail.id}`}>
      <Tag tone={mail.status === "submitted" ? "good" : mail.waits ? "info" : "warn"}>
        {oneOffWords[mail.status] ?? plain(mail.status)}
      </Tag>{" "}
      <strong>
        <bdi>{mail.subject}</bdi>
      </strong>
      <span className="hint">
        A mail from the bank, {momentWords(mail.at, zone)}
        {mail.reason === null || mail.status === "submitted" ? "" : `: ${mail.reason}`}
      </span>
      {mail.waits && viewerMay(viewer, "work-cases") ? (
        <AppForm viewer={viewer} action={`/one-offs/${mail.id}/cancel`}>
          <input type="hidden" name="back" value={`/cases/${caseId}#program`} />
          <button className="quiet small" type="submit">
            Take it back<span className="sr">: {mail.subject}</span>
          </button>
        </AppForm>
      ) : null}
    </li>
  );
}

interface Span {
  from: string;
  to: string;
  words: string;
  isShut: boolean;
}

/** Holidays in a row are one line; a day on which the clocks change is one of its own. */
function specialSpans(days: readonly ProgramDay[]): Span[] {
  const spans: Span[] = [];
  let isOpen = false;
  for (const { date, holiday, clockMinutes } of days) {
    const last = spans.at(-1);
    if (holiday !== null && isOpen && last?.isShut === true) {
      last.to = date;
      if (!last.words.includes(holiday)) last.words += `; ${holiday}`;
    } else if (holiday !== null) spans.push({ from: date, to: date, words: holiday, isShut: true });
    isOpen = holiday !== null;
    if (clockMinutes === 0) continue;
    isOpen = false;
    const way = clockMinutes > 0 ? "forward" : "back";
    spans.push({ from: date, to: date, words: `the clocks go ${way}; local times stay`, isShut: false });
  }
  return spans;
}

function dayEntries({ line, audience }: RoomEnrollment): Entry[] {
  const special = specialSpans(line.days).map(
    ({ from, to, words, isShut }): Entry => ({
      date: from,
      order: 1,
      key: `day-${from}`,
      body: (
        <li key={`day-${from}`} className={isShut ? "aside shut" : "aside"}>
          {dateWords(from)}
          {to === from ? "" : ` to ${dateWords(to)}`}: {words}
        </li>
      ),
    }),
  );
  const rests = line.pauses.map(
    (pause): Entry => ({
      date: localDateOf(new Date(pause.from), line.zone),
      order: 2,
      key: `pause-${pause.from}`,
      body: (
        <li key={`pause-${pause.from}`} className="aside rest">
          Paused from {dateWords(localDateOf(new Date(pause.from), line.zone))}
          {pause.until === null ? "" : ` to ${dateWords(localDateOf(new Date(pause.until), line.zone))}`}:{" "}
          {pause.reason}
        </li>
      ),
    }),
  );
  const last = line.days.at(-1)?.date ?? "";
  const today: Entry[] =
    audience === "contact" && line.today >= line.start && line.today <= last
      ? [
          {
            date: line.today,
            order: 3,
            key: "today",
            body: (
              <li key="today" className="aside now">
                Today, {dateWords(line.today)}
              </li>
            ),
          },
        ]
      : [];
  return [...special, ...rests, ...today];
}

function Step(props: { step: RoomStep; enrollment: RoomEnrollment; viewer: Viewer; caseId: string }) {
  const { step, enrollment, viewer, caseId } = props;
  const mark = markOf(step);
  const again = mayGoAgain(step) && viewerMay(viewer, "work-cases") ? step.send : null;
  return (
    <li className={mark.shape} id={stepId(enrollment, step.key)}>
      <span>
        {step.audience === "csm" ? (
          step.subject
        ) : (
          <a href={mailAddress(enrollment, step.key)}>{step.subject}</a>
        )}
      </span>
      <Tag tone={mark.tone}>{mark.words}</Tag>
      <span className="hint">{detailsOf(step, enrollment.zone)}</span>
      {step.send?.reason ? <span className="hint">{step.send.reason}</span> : null}
      {again === null ? null : (
        <AppForm viewer={viewer} action={`/sends/${again.id}/send-again`}>
          <input type="hidden" name="back" value={`/cases/${caseId}#program`} />
          <button className="quiet small" type="submit">
            Send again
          </button>
        </AppForm>
      )}
    </li>
  );
}

/** The contact's own steps by their key alone: what the head of the page points at. */
function stepId({ audience }: RoomEnrollment, key: string): string {
  return audience === "contact" ? `step-${key}` : `${audience}-${key}`;
}

function detailsOf(step: RoomStep, zone: string): string {
  const isOver = step.send !== null || step.state === "sent" || step.state === "skipped";
  const when = step.at === null ? null : `${step.expected ? "expected " : ""}${momentWords(step.at, zone)}`;
  return [
    when,
    step.variant === "b" ? "the shorter variant" : null,
    step.audience === "csm" ? "a task for you" : null,
    step.gate === null || isOver ? null : `waits until ${step.gate}`,
    step.moved === null ? null : `moved: ${step.moved.replace(WEEKEND, "the weekend")}`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}
