import type { Problem } from "../problem.ts";
import { Narrow } from "./layout.tsx";

/** What went wrong, where, and what to do about it. Says the same for everything that is not there. */
export function problemPage(problem: Problem) {
  return (
    <Narrow title={problem.title}>
      <section className="card">
        <h1>{problem.title}</h1>
        <p>{problem.detail}</p>
        {problem.status === 422 ? (
          <p className="soft">
            Where: <code>{problem.place}</code>
          </p>
        ) : null}
        <p>{problem.remedy}</p>
        {problem.status === 401 ? (
          <p>
            <a className="button" href="/sign-in">
              Sign in
            </a>
          </p>
        ) : null}
      </section>
    </Narrow>
  );
}
