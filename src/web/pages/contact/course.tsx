import type { ContactPage, CourseStep } from "../../../operations/page-parts.ts";
import { Markdown } from "../markdown.tsx";
import { count, dayWords } from "../words.ts";
import type { FormContext } from "./act-form.tsx";
import { Blocks } from "./blocks.tsx";

const stateWords: Readonly<Record<CourseStep["state"], string>> = {
  done: "Done",
  open: "Open",
  later: "Comes later",
  skipped: "You know this already",
};

export function NextThing({ page }: { page: ContactPage }) {
  const { next } = page.course;
  if (!page.live) return null;
  if (next === null)
    return (
      <section className="card next">
        <h2>Nothing is waiting for you</h2>
        <p>You are up to date. The next part comes by mail; everything so far stays below.</p>
      </section>
    );
  return (
    <section className="card next">
      <h2>Your one next thing</h2>
      <p>{next.text}</p>
      <p>
        <a
          className="button"
          href={next.taskKey === null ? `#step-${next.stepKey}` : `#task-${next.taskKey}`}
        >
          Start ({count(next.minutes, "minute")})
        </a>
      </p>
    </section>
  );
}

export function Course({ page, context }: { page: ContactPage; context: FormContext }) {
  const { course } = page;
  const form = context.typed?.form ?? context.saved;
  const formStep = form === null ? null : stepOfForm(course.steps, form);
  const open = new Set([course.next?.stepKey, formStep, context.mailStep]);
  return (
    <section className="card steps" id="course">
      <h2>Your course</h2>
      <p>
        <label htmlFor="progress" className="soft">
          {course.done} of {count(course.total, "step")} done
          {course.minutesLeft > 0 ? `, about ${count(course.minutesLeft, "minute")} left` : ""}
        </label>
        <progress id="progress" max={Math.max(1, course.total)} value={course.done} />
      </p>
      {course.steps.map((step) => (
        <details key={step.key} id={`step-${step.key}`} open={open.has(step.key)}>
          <summary>
            <span className={step.state === "done" ? "tag good" : "tag"}>{stateWords[step.state]}</span>
            {step.title}
            {step.minutes > 0 ? <span className="soft small"> · {count(step.minutes, "minute")}</span> : null}
          </summary>
          <div>
            {step.arrivedAt === null ? null : (
              <p className="soft small">In your mail since {dayWords(step.arrivedAt, page.zone)}.</p>
            )}
            <Markdown text={step.opening} />
            <Blocks context={context} stepKey={step.key} blocks={step.blocks} />
          </div>
        </details>
      ))}
    </section>
  );
}

/** A refused or just-saved form must be in sight, so its step opens. */
export function stepOfForm(steps: readonly CourseStep[], form: string): string | null {
  const [kind, key] = form.split(":");
  const step = steps.find((one) =>
    one.blocks.some((block) => block.type === kind && "key" in block && block.key === key),
  );
  return step?.key ?? null;
}
