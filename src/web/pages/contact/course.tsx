import { nextThing } from "../../../operations/course.ts";
import type { ContactPage, CourseStep } from "../../../operations/page-parts.ts";
import { Markdown } from "../markdown.tsx";
import { Icon } from "../ui/icon.tsx";
import { count } from "../words.ts";
import { Blocks } from "./blocks.tsx";
import type { FormContext } from "./form-context.ts";
import { leadsToPart } from "./part.tsx";
import { type Reader, When } from "./reader-time.tsx";

const stateWords: Readonly<Record<CourseStep["state"], string>> = {
  done: "done",
  open: "open",
  later: "comes later",
  skipped: "you know this",
};

/** What the mail that was followed asks for; else the first thing that is open. */
function nextOf(page: ContactPage, context: FormContext): ContactPage["course"]["next"] {
  const { steps, next } = page.course;
  const mailed = steps.find(({ key, state }) => key === context.mailStep && state === "open");
  return mailed === undefined ? next : nextThing([mailed]);
}

/** One thing, how long it takes, one button; and how far it is, without a grade. */
export function NextThing({ page, context }: { page: ContactPage; context: FormContext }) {
  const next = nextOf(page, context);
  const step = page.course.steps.find(({ key }) => key === next?.stepKey);
  const isInSight = next !== null && openStep(page, context) === next.stepKey;
  if (!page.live) return null;
  if (next === null)
    return (
      <section className="card next hero" id="next">
        <p className="kind">Your one next thing</p>
        <h2>Nothing is waiting for you</h2>
        <p>The next part comes by mail; everything so far stays below.</p>
        <Progress page={page} />
      </section>
    );
  return (
    <section className="card next hero" id="next">
      <p className="kind">Your one next thing</p>
      <h2>{next.text}</h2>
      <p className="soft">
        {count(next.minutes, "minute")}
        {step === undefined || next.taskKey === null || step.title === next.text ? null : (
          <>
            {" "}
            · part of “<bdi>{step.title}</bdi>”
          </>
        )}
      </p>
      <p>
        <a
          className="button"
          href={`${isInSight ? "" : `?step=${encodeURIComponent(next.stepKey)}`}${next.taskKey === null ? `#step-${next.stepKey}` : `#task-${next.taskKey}`}`}
        >
          Start
          <span className="sr"> ({count(next.minutes, "minute")})</span>
        </a>
      </p>
      <Progress page={page} />
    </section>
  );
}

/** One mark for each step; said in words beside it. */
function Progress({ page }: { page: ContactPage }) {
  const { course } = page;
  const steps = course.steps.filter(({ state }) => state !== "skipped");
  const gap = 2;
  const width = steps.length === 0 ? 100 : (100 - gap * (steps.length - 1)) / steps.length;
  return (
    <div className="way">
      <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
        {steps.map((step, index) => (
          <rect
            key={step.key}
            className={step.state}
            x={(index * (width + gap)).toFixed(2)}
            width={width.toFixed(2)}
            height="3"
          />
        ))}
      </svg>
      <p className="soft small">
        {course.done} of {count(course.total, "step")} done
        {course.minutesLeft > 0 ? `, about ${count(course.minutesLeft, "minute")} left in all` : ""}
      </p>
    </div>
  );
}

/**
 * All steps, one line each. Only those that matter now are written out; any other opens at its own address,
 * which keeps the page light however long the course is (S0-39).
 */
export function Course({
  page,
  context,
  reader,
}: {
  page: ContactPage;
  context: FormContext;
  reader: Reader;
}) {
  const { course } = page;
  const open = openStep(page, context);
  return (
    <section className="card steps" id="course">
      <h2>Your course</h2>
      <p className="soft">Take the steps in any order; each waits as long as you like.</p>
      {runs(course.steps, open).map((run) => {
        const lines = run.map((step) =>
          step.key === open ? (
            <OpenStep key={step.key} step={step} context={context} reader={reader} />
          ) : (
            <FoldedStep key={step.key} step={step} />
          ),
        );
        const [first] = run;
        if (run.length < LONG_RUN || first === undefined) return lines;
        return (
          <details className="run" key={first.key}>
            <summary>
              <span className={`mark ${first.state}`} aria-hidden="true">
                {first.state === "done" ? <Icon name="check" /> : null}
              </span>
              <span className="what">
                {count(run.length, "step")} {runWords[first.state]}
              </span>
            </summary>
            {lines}
          </details>
        );
      })}
    </section>
  );
}

/** This many lines of one kind in a row are one line that opens. */
const LONG_RUN = 3;

const runWords: Readonly<Record<CourseStep["state"], string>> = {
  done: "done",
  open: "waiting for you",
  later: "to come",
  skipped: "that you know",
};

/** The steps in their order, those of one state side by side together; what is open stays in sight, line by line. */
function runs(steps: readonly CourseStep[], open: string | null): CourseStep[][] {
  const found: CourseStep[][] = [];
  for (const step of steps) {
    const last = found.at(-1);
    const before = last?.at(-1);
    const alone = step.key === open || step.state === "open";
    if (
      last === undefined ||
      before === undefined ||
      alone ||
      before.key === open ||
      before.state !== step.state
    )
      found.push([step]);
    else last.push(step);
  }
  return found;
}

function OpenStep({ step, context, reader }: { step: CourseStep; context: FormContext; reader: Reader }) {
  return (
    <details className="step" id={`step-${step.key}`} open>
      <summary>
        <StepLine step={step} />
      </summary>
      <div className="inside">
        {step.arrivedAt === null ? (
          <Markdown text={step.opening} />
        ) : (
          <details className="fold">
            <summary>
              Our mail of <When at={step.arrivedAt} reader={reader} />
            </summary>
            <Markdown text={step.opening} />
          </details>
        )}
        <Blocks context={context} stepKey={step.key} blocks={step.blocks} />
      </div>
    </details>
  );
}

function FoldedStep({ step }: { step: CourseStep }) {
  return (
    <div className="step" id={`step-${step.key}`}>
      <a href={`?step=${encodeURIComponent(step.key)}#step-${step.key}`} data-step={step.key}>
        <StepLine step={step} />
      </a>
    </div>
  );
}

function StepLine({ step }: { step: CourseStep }) {
  return (
    <>
      <span className={`mark ${step.state}`} aria-hidden="true">
        {step.state === "done" ? <Icon name="check" /> : null}
      </span>
      <span className="what">
        {step.title}
        <span className="soft small">
          {step.minutes > 0 ? `${count(step.minutes, "minute")} · ` : ""}
          {stateWords[step.state]}
        </span>
      </span>
    </>
  );
}

/** One step is written out: the one with the form just used, the one asked for, the mail's, else the next; none for who came for something else. */
export function openStep(page: ContactPage, context: FormContext): string | null {
  const { steps, next } = page.course;
  const form = context.typed?.form ?? context.saved;
  const used = form === null ? null : stepOfForm(steps, form);
  const mailed = steps.find(({ key, state }) => key === context.mailStep && state !== "done");
  const place = context.openAt == null ? null : stepOfPlace(steps, context.openAt);
  const asked = used ?? place ?? context.openStep;
  if (asked == null && leadsToPart(context)) return null;
  return asked ?? mailed?.key ?? next?.stepKey ?? context.mailStep;
}

/** A refused or just-saved form must be in sight, so its step opens. */
export function stepOfForm(steps: readonly CourseStep[], form: string): string | null {
  const [kind, key] = form.split(":");
  const step = steps.find((one) =>
    one.blocks.some((block) => block.type === kind && "key" in block && block.key === key),
  );
  return step?.key ?? null;
}

/** "task-own-setup", "competitor-gaps": what a link into a step names. */
function stepOfPlace(steps: readonly CourseStep[], place: string): string | null {
  const named = steps.find(({ blocks }) =>
    blocks.some((block) => block.type === "text" && block.place === place),
  );
  return named?.key ?? stepOfForm(steps, place.replace("-", ":"));
}
