import type { ContactPage, PagePerson } from "../../../operations/page-parts.ts";
import { Document } from "../layout.tsx";
import { Avatar } from "../ui/person.tsx";
import { Course, NextThing } from "./course.tsx";
import type { FormContext } from "./form-context.ts";
import { Meeting } from "./meeting-forms.tsx";
import { Goals, Values } from "./plan-forms.tsx";
import { Priorities } from "./priorities-form.tsx";
import { RecordLink } from "./record.tsx";
import { Said } from "./said.tsx";
import { Pace, People, Story, WaysOut, You } from "./settings-forms.tsx";
import { suggestedFor } from "./suggested.ts";
import { Questions, Stand } from "./talk-forms.tsx";
import { itemInSight, VisitScript } from "./visit-script.tsx";

export interface ContactPageProps {
  page: ContactPage;
  context: FormContext;
  /** What was just saved, by act kind; null on an ordinary visit. */
  said: string | null;
  /** The reader's local date, YYYY-MM-DD. */
  today: string;
  nonce: string;
  /** The page they may hand on; absent where nothing is confirmed yet. */
  share?: string | null;
}

/** The contact's own page (domain.md F). No score, no grade, no comparison; every change is a visible button. */
export function contactPageView(props: ContactPageProps) {
  const { page, said, today, nonce, share = null } = props;
  const context = { ...props.context, said };
  const asked = priorityBlock(page);
  const reader = { zone: page.zone, language: page.language };
  const places = jumps.filter(({ id }) => id !== "value" || page.values.length > 0);
  return (
    <Document
      styles={["course", "contact"]}
      title={`${page.product} at ${page.account.name}`}
      {...(nonce === "" ? {} : { scripts: { names: ["contact"], nonce } })}
    >
      <div className="reading">
        <nav className="toc" aria-label="On this page">
          <Places places={places} />
        </nav>
        <main id="main">
          <header className="hello">
            <p className="soft small">
              <bdi>{page.account.name}</bdi> · {page.product}
            </p>
            <h1>
              Hello <bdi>{page.contact.firstName}</bdi>
            </h1>
          </header>
          {page.live ? null : (
            <section className="card warned">
              <p>This program has ended. You can still read everything here; nothing more will be sent.</p>
            </section>
          )}
          <Said kind={said} />
          <NextThing page={page} context={context} />
          <Csm csm={page.csm} address={context.address} why={page.why} />
          <details className="jump">
            <summary>Jump to</summary>
            <nav aria-label="Jump to">
              <Places places={places} />
            </nav>
          </details>
          <Course page={page} context={context} reader={reader} />
          <Story page={page} context={context} reader={reader} />
          <Goals plan={page.plan} context={context} party="contact" reader={reader} />
          <Values values={page.values} context={context} share={share} />
          <Priorities
            context={context}
            standing={page.priorities}
            options={asked?.options ?? []}
            prompt={asked?.prompt ?? "What would you put first? One is enough; up to five."}
          />
          <Questions page={page} context={context} suggested={suggestedFor(page, context)} reader={reader} />
          <Stand page={page} context={context} />
          <Meeting page={page} context={context} reader={reader} />
          <People page={page} context={context} />
          <You context={context} />
          <Pace page={page} context={context} today={today} reader={reader} />
          <WaysOut page={page} context={context} />
          <RecordLink page={page} context={context} reader={reader} />
          {page.live && nonce !== "" ? (
            <VisitScript address={context.address} item={itemInSight(page)} nonce={nonce} />
          ) : null}
        </main>
      </div>
    </Document>
  );
}

const jumps = [
  { id: "course", name: "Your course" },
  { id: "story", name: "Story so far" },
  { id: "goals", name: "Goals" },
  { id: "value", name: "Worth so far" },
  { id: "priorities", name: "Priorities" },
  { id: "question", name: "Questions" },
  { id: "intent", name: "Where you stand" },
  { id: "meeting", name: "Talk and agenda" },
  { id: "people", name: "People" },
  { id: "pace", name: "Pace and pause" },
  { id: "stop", name: "Stop" },
  { id: "record", name: "Your data, dates" },
] as const;

function Places({ places }: { places: readonly { id: string; name: string }[] }) {
  return (
    <ul className="plain">
      {places.map((place) => (
        <li key={place.id}>
          <a href={`#${place.id}`}>{place.name}</a>
        </li>
      ))}
    </ul>
  );
}

function priorityBlock(page: ContactPage) {
  return page.course.steps
    .filter((step) => step.state !== "later")
    .flatMap((step) => step.blocks)
    .find((block) => block.type === "priorities");
}

/** Who stands behind it, with a face where there is one, and where to write. */
export function Csm(props: { csm: PagePerson | null; address: string; why: string }) {
  const { csm, address, why } = props;
  if (csm === null)
    return (
      <section className="card">
        <p>{why}</p>
      </section>
    );
  return (
    <section className="card">
      <div className="person">
        <Avatar name={csm.name} photo={csm.hasPhoto ? `${address}/photo` : null} />
        <div>
          <p>
            <strong>
              <bdi>{csm.name}</bdi>
            </strong>
            {csm.title === null ? null : <span className="soft">, {csm.title}</span>}
          </p>
          <p>
            <a href={`mailto:${csm.email}`}>{csm.email}</a>
          </p>
        </div>
      </div>
      <p className="why soft">{why}</p>
    </section>
  );
}
