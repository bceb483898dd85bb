import type { ContactPage, CourseStep } from "../../../operations/page-parts.ts";
import { Markdown } from "../markdown.tsx";
import { Icon } from "../ui/icon.tsx";
import { Tag } from "../ui/tag.tsx";
import { count } from "../words.ts";
import { Blocks } from "./blocks.tsx";
import type { FormContext } from "./form-context.ts";
import { type Reader, When } from "./reader-time.tsx";

const stateWords: Readonly<Record<CourseStep["state"], string>> = {
  done: "Done",
  open: "Open",
  later: "Comes later",
  skipped: "You know this",
};

/** One thing, how long it takes, one button; and how far it is, without a grade. */
export function NextThing({ page, context }: { page: ContactPage; context: FormContext }) {
  const { next, steps } = page.course;
  const step = steps.find(({ key }) => key === next?.stepKey);
  const isOpen = next !== null && openStep(page, context) === next.stepKey;
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
        {step === undefined || next.taskKey === null ? null : (
          <>
            {" "}
            · part of “<bdi>{step.title}</bdi>”
          </>
        )}
      </p>
      <p>
        <a
          className="button"
          href={`${isOpen ? "" : `${context.address}?step=${encodeURIComponent(next.stepKey)}`}${next.taskKey === null ? `#step-${next.stepKey}` : `#task-${next.taskKey}`}`}
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
      <p className="soft">{page.course.name}. Take the steps in any order; each waits as long as you like.</p>
      {course.steps.map((step) =>
        step.key === open ? (
          <details className="step" key={step.key} id={`step-${step.key}`} open>
            <summary>
              <StepLine step={step} />
            </summary>
            <div className="inside">
              {step.arrivedAt === null ? null : (
                <p className="soft small">
                  In your mail since <When at={step.arrivedAt} reader={reader} />.
                </p>
              )}
              <Markdown text={step.opening} />
              <Blocks context={context} stepKey={step.key} blocks={step.blocks} />
            </div>
          </details>
        ) : (
          <div className="step" key={step.key} id={`step-${step.key}`}>
            <a
              href={`${context.address}?step=${encodeURIComponent(step.key)}#step-${step.key}`}
              data-step={step.key}
            >
              <StepLine step={step} />
            </a>
          </div>
        ),
      )}
    </section>
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
        {step.minutes > 0 ? <span className="soft small"> · {count(step.minutes, "minute")}</span> : null}
      </span>
      <Tag tone={step.state === "done" ? "good" : undefined}>{stateWords[step.state]}</Tag>
    </>
  );
}

/** One step is written out: the one with the form just used, the one asked for, the mail's, else the next. */
export function openStep(page: ContactPage, context: FormContext): string | null {
  const { steps, next } = page.course;
  const form = context.typed?.form ?? context.saved;
  const used = form === null ? null : stepOfForm(steps, form);
  const mailed = steps.find(({ key, state }) => key === context.mailStep && state !== "done");
  const place = context.openAt == null ? null : stepOfForm(steps, context.openAt.replace("-", ":"));
  return used ?? place ?? context.openStep ?? mailed?.key ?? next?.stepKey ?? context.mailStep;
}

/** A refused or just-saved form must be in sight, so its step opens. */
export function stepOfForm(steps: readonly CourseStep[], form: string): string | null {
  const [kind, key] = form.split(":");
  const step = steps.find((one) =>
    one.blocks.some((block) => block.type === kind && "key" in block && block.key === key),
  );
  return step?.key ?? null;
}
