import type { ReactNode } from "react";
import type { Problem } from "../problem.ts";
import { BrandMark, Narrow } from "./layout.tsx";
import { type Typed, WhatYouWrote } from "./what-you-wrote.tsx";

/** What each status is called to a person; the rest keep the name that programs know. */
const said: Readonly<Record<number, string>> = {
  401: "You are not signed in",
  403: "This is not open to you",
  404: "There is nothing here",
  410: "This is no longer here",
  429: "A short pause",
  500: "Something broke on our side",
};

/**
 * What went wrong, where, and what to do about it. Says the same for everything that is not there.
 * `inside`: the reader is signed in, so the app is a way on. `written`: what they had typed, to be copied.
 */
export function problemPage(problem: Problem, inside = false, written: readonly Typed[] = []) {
  const title = said[problem.status] ?? problem.title;
  return (
    <Narrow title={title} styles={["door"]}>
      <section className="card door">
        {inside ? (
          <p className="brand">
            <BrandMark />
            Baton
          </p>
        ) : null}
        <h1>{title}</h1>
        <p>{problem.detail === `${title}.` ? problem.remedy : problem.detail}</p>
        {problem.status === 422 ? (
          <p className="soft">
            Where: <code>{problem.place}</code>
          </p>
        ) : null}
        {problem.detail === `${title}.` ? null : <p>{problem.remedy}</p>}
        <WayOn status={problem.status} inside={inside} />
      </section>
      <WhatYouWrote written={written} />
    </Narrow>
  );
}

function WayOn({ status, inside }: { status: number; inside: boolean }): ReactNode {
  if (status === 401)
    return (
      <p>
        <a className="button" href="/sign-in">
          Sign in
        </a>
      </p>
    );
  if (!inside) return null;
  return (
    <p>
      <a className="button" href="/">
        To my week
      </a>
    </p>
  );
}
