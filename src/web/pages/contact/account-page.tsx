import type { ACCOUNT_PAGES } from "../../../domain/sequences/sequence.ts";
import type { ContactPage, PageEntry } from "../../../operations/page-parts.ts";
import type { SponsorPage } from "../../../operations/sponsor-page.ts";
import { Narrow } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { count, plain } from "../words.ts";
import { AgendaList } from "./meeting-forms.tsx";
import { OnDate, type Reader } from "./reader-time.tsx";
import { itemOfAccountPage, VisitScript } from "./visit-script.tsx";

export type AccountPageKey = (typeof ACCOUNT_PAGES)[number];

const titles: Readonly<Record<AccountPageKey, string>> = {
  "story-so-far": "The story so far",
  "success-plan": "The success plan",
  "open-items": "Open items",
  "value-so-far": "What it has been worth",
  setup: "Your setup",
  decisions: "Decisions and why",
  questions: "Questions and answers",
  people: "People who can help",
  agenda: "What we would talk about",
  overview: "One-page overview",
};

/** A page built from the account's own records; the read model holds customer-visible entries only (S0-23). */
export function accountPageView(page: ContactPage, which: AccountPageKey, address: string, nonce: string) {
  return (
    <Narrow styles={["lists", "course", "contact"]} title={`${titles[which]} · ${page.account.name}`}>
      <p className="back">
        <a href={address}>Back to your page</a>
      </p>
      <h1>{titles[which]}</h1>
      <p className="soft">
        {page.account.name} · {page.product}
      </p>
      <section className="card">
        <Content page={page} which={which} />
      </section>
      {page.live && nonce !== "" ? (
        <VisitScript address={address} item={itemOfAccountPage(page, which)} nonce={nonce} />
      ) : null}
    </Narrow>
  );
}

/** One long text of the course. Null: the course has none by this key. */
export function readingPageView(page: ContactPage, key: string, address: string, nonce: string) {
  for (const step of page.course.steps) {
    const block = step.blocks.find((one) => one.type === "resource" && one.key === key);
    if (block?.type !== "resource" || block.body === null) continue;
    return (
      <Narrow styles={["lists", "course", "contact"]} title={`${block.title} · ${page.account.name}`}>
        <p className="back">
          <a href={`${address}?step=${encodeURIComponent(step.key)}#resource-${block.key}`}>
            Back to your page
          </a>
        </p>
        <article className="card">
          <h1>{block.title}</h1>
          <p className="soft small">{count(block.minutes, "minute")}</p>
          <Markdown text={block.body} />
        </article>
        {page.live && nonce !== "" ? (
          <VisitScript address={address} item={block.knowledge ? block.key : null} nonce={nonce} />
        ) : null}
      </Narrow>
    );
  }
  return null;
}

/** What a sponsor may read of it: shared goals, value and story. Anything else asked for is the overview. */
export function sponsorAccountPageView(page: SponsorPage, asked: AccountPageKey, address: string) {
  const which = (["story-so-far", "success-plan", "value-so-far"] as const).find((key) => key === asked);
  return (
    <Narrow
      styles={["lists", "course", "contact"]}
      title={`${titles[which ?? "overview"]} · ${page.account.name}`}
    >
      <p className="back">
        <a href={address}>Back to your page</a>
      </p>
      <h1>{titles[which ?? "overview"]}</h1>
      <p className="soft">
        {page.account.name} · {page.product}
      </p>
      <section className="card">
        {which === undefined ? <SponsorOverview page={page} /> : null}
        {which === "success-plan" ? <PlanText page={page} /> : null}
        {which === "value-so-far" ? <ValueTable page={page} /> : null}
        {which === "story-so-far" ? (
          <Entries reader={page} entries={page.story} empty="Nothing has been written down yet." kinds />
        ) : null}
      </section>
    </Narrow>
  );
}

function SponsorOverview({ page }: { page: SponsorPage }) {
  return (
    <>
      <h2>Where it stands</h2>
      <ul>
        {page.status.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h2>Goals</h2>
      <PlanText page={page} />
      <h2>Worth so far</h2>
      <ValueTable page={page} />
      <h2>Latest</h2>
      <Entries reader={page} entries={page.story.slice(0, 5)} empty="Nothing has been written down yet." />
    </>
  );
}

function Content({ page, which }: { page: ContactPage; which: AccountPageKey }) {
  switch (which) {
    case "story-so-far":
      return <Entries reader={page} entries={page.story} empty="Nothing has been written down yet." kinds />;
    case "success-plan":
      return <PlanText page={page} />;
    case "open-items":
      return <Entries reader={page} entries={page.openItems} empty="Nothing is open." />;
    case "value-so-far":
      return <ValueTable page={page} />;
    case "setup":
      return (
        <Entries
          reader={page}
          entries={page.setup}
          empty="Nothing is written down about your setup yet."
          kinds
        />
      );
    case "decisions":
      return <Entries reader={page} entries={page.decisions} empty="No decisions are written down yet." />;
    case "questions":
      return <QuestionText page={page} />;
    case "people":
      return <Entries reader={page} entries={page.people} empty="Nobody is listed yet." />;
    case "agenda":
      return <AgendaList page={page} />;
    case "overview":
      return <Overview page={page} />;
    default:
      return which satisfies never;
  }
}

function Entries({
  entries,
  empty,
  reader,
  kinds = false,
}: {
  reader: Reader;
  entries: readonly PageEntry[];
  empty: string;
  kinds?: boolean;
}) {
  if (entries.length === 0) return <p className="soft">{empty}</p>;
  return (
    <ul className="rows">
      {entries.map((entry) => (
        <li key={`${entry.date}-${entry.text}`}>
          <div>
            <p className="small soft">
              <OnDate date={entry.date} reader={reader} />
              {kinds ? ` · ${plain(entry.kind)}` : ""}
            </p>
            <p>
              <bdi>{entry.text}</bdi>
            </p>
            {entry.why === null ? null : <p className="soft">Why: {entry.why}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function PlanText({ page }: { page: Pick<ContactPage, "plan" | "zone" | "language"> }) {
  const { plan } = page;
  if (plan === null) return <p className="soft">No plan is written down yet.</p>;
  return (
    <>
      {plan.direction === "" ? null : <p>{plan.direction}</p>}
      <ol>
        {plan.goals.map((goal) => (
          <li key={goal.key}>
            <strong>{goal.statement}</strong>
            <br />
            <span className="soft small">
              {[goal.metric, goal.target === null ? null : `target ${goal.target}`, plain(goal.status)]
                .filter((part) => part !== null)
                .join(" · ")}
              {goal.byDate === null ? null : (
                <>
                  {" "}
                  · by <OnDate date={goal.byDate} reader={page} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className="soft small">
        Version {plan.version}, {plain(plan.state).toLowerCase()}.
      </p>
    </>
  );
}

function ValueTable({ page }: { page: Pick<ContactPage, "values"> }) {
  if (page.values.length === 0) return <p className="soft">No numbers are written down yet.</p>;
  return (
    <div className="scroll">
      <table className="stack">
        <caption className="sr">What it has been worth, measure by measure</caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
            <th scope="col">Over</th>
            <th scope="col">Confirmed</th>
          </tr>
        </thead>
        <tbody>
          {page.values.map((value) => (
            <tr key={value.id}>
              <td>{value.metric}</td>
              <td data-label="Before">
                {value.baseline} {value.unit}
              </td>
              <td data-label="Now">
                {value.current} {value.unit}
              </td>
              <td data-label="Over">{value.period}</td>
              <td data-label="Confirmed">{value.confirmed ? "Yes" : "Not yet"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function QuestionText({ page }: { page: ContactPage }) {
  if (page.questions.length === 0)
    return <p className="soft">No questions yet. Ask on your page whenever you like.</p>;
  return page.questions.map((question) => (
    <div className="asked" key={question.id}>
      <h2>
        <bdi>{question.text}</bdi>
      </h2>
      {question.answer === null ? (
        <p className="soft">Not answered yet.</p>
      ) : (
        <Markdown text={question.answer} />
      )}
    </div>
  ));
}

function Overview({ page }: { page: ContactPage }) {
  return (
    <>
      <h2>Goals</h2>
      <PlanText page={page} />
      <h2>Worth so far</h2>
      <ValueTable page={page} />
      <h2>Latest</h2>
      <Entries reader={page} entries={page.story.slice(0, 5)} empty="Nothing has been written down yet." />
      <h2>Open items</h2>
      <Entries reader={page} entries={page.openItems} empty="Nothing is open." />
      {page.csm === null ? null : (
        <p className="soft">
          With us: {page.csm.name}, {page.csm.email}
        </p>
      )}
    </>
  );
}
