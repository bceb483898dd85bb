import type { ContactPage, PagePerson } from "../../../operations/page-parts.ts";
import { Narrow } from "../layout.tsx";
import { initials } from "../words.ts";
import type { FormContext } from "./act-form.tsx";
import { Course, NextThing } from "./course.tsx";
import { Goals, Values } from "./plan-forms.tsx";
import { Priorities } from "./priorities-form.tsx";
import { Said } from "./said.tsx";
import { Pace, People, RecordOf, Story, WaysOut, You } from "./settings-forms.tsx";
import { Meeting, Questions, Stand, type Suggested } from "./talk-forms.tsx";
import { itemInSight, VisitScript } from "./visit-script.tsx";

export interface ContactPageProps {
  page: ContactPage;
  context: FormContext;
  /** What was just saved, by act kind; null on an ordinary visit. */
  said: string | null;
  suggested: readonly Suggested[];
  /** The reader's local date, YYYY-MM-DD. */
  today: string;
  nonce: string;
}

/** The contact's own page (domain.md F). No score, no grade, no comparison; every change is a visible button. */
export function contactPageView({ page, context, said, suggested, today, nonce }: ContactPageProps) {
  const asked = priorityBlock(page);
  return (
    <Narrow styles={["course"]} title={`${page.product} at ${page.account.name}`} language={page.language}>
      <header>
        <p className="soft">
          {page.account.name} · {page.product}
        </p>
        <h1>Hello {page.contact.firstName}</h1>
        <p>{page.why}</p>
      </header>
      {page.live ? null : (
        <section className="card warned">
          <p>This program has ended. You can still read everything here; nothing more will be sent.</p>
        </section>
      )}
      <Said kind={said} address={context.address} suggested={said === "question-asked" ? suggested : []} />
      <NextThing page={page} />
      {page.csm === null ? null : <Csm csm={page.csm} />}
      <nav aria-label="On this page">
        <ul className="jump">
          {jumps.map((jump) => (
            <li key={jump.id}>
              <a href={`#${jump.id}`}>{jump.name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Course page={page} context={context} />
      <Story page={page} context={context} />
      <Goals plan={page.plan} context={context} party="contact" />
      <Values values={page.values} context={context} />
      <Priorities
        context={context}
        standing={page.priorities}
        options={asked?.options ?? []}
        prompt={asked?.prompt ?? "What would you put first? One is enough; up to five."}
      />
      <Questions page={page} context={context} suggested={said === "question-asked" ? [] : suggested} />
      <Stand page={page} context={context} />
      <Meeting page={page} context={context} />
      <People page={page} context={context} />
      <You context={context} />
      <Pace page={page} context={context} today={today} />
      <WaysOut page={page} context={context} />
      <RecordOf page={page} />
      {page.live ? <VisitScript address={context.address} item={itemInSight(page)} nonce={nonce} /> : null}
    </Narrow>
  );
}

const jumps = [
  { id: "course", name: "Course" },
  { id: "goals", name: "Goals" },
  { id: "priorities", name: "Priorities" },
  { id: "question", name: "Questions" },
  { id: "meeting", name: "Talk" },
  { id: "pace", name: "Pace" },
  { id: "stop", name: "Stop" },
] as const;

function priorityBlock(page: ContactPage) {
  return page.course.steps
    .filter((step) => step.state !== "later")
    .flatMap((step) => step.blocks)
    .find((block) => block.type === "priorities");
}

export function Csm({ csm }: { csm: PagePerson }) {
  return (
    <section className="card person">
      <span className="initials" aria-hidden="true">
        {initials(csm.name)}
      </span>
      <div>
        <p>
          <strong>{csm.name}</strong>
          {csm.title === null ? null : <span className="soft">, {csm.title}</span>}
        </p>
        <p>
          <a href={`mailto:${csm.email}`}>{csm.email}</a>
        </p>
      </div>
    </section>
  );
}
