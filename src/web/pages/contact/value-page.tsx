import type { ValuePage } from "../../../operations/value-page.ts";
import { Narrow } from "../layout.tsx";
import { OnDate, When } from "./reader-time.tsx";

/** For the boss of a contact: confirmed results on one sheet of paper, with nothing private and no way further in. */
export function valuePageView(page: ValuePage, nonce: string) {
  const reader = { zone: "utc", language: "en" };
  const title = `What ${page.product} did for ${page.account}`;
  return (
    <Narrow styles={["course", "contact"]} scripts={{ names: ["contact"], nonce }} title={title}>
      <article className="sheet">
        <header className="hello">
          <p className="soft small">{page.vendor}</p>
          <h1>
            What {page.product} did for <bdi>{page.account}</bdi>
          </h1>
        </header>
        <section className="card">
          <h2>Results</h2>
          {page.values.length === 0 ? (
            <p className="soft">No result has been confirmed yet.</p>
          ) : (
            <dl className="worth">
              {page.values.map((value) => (
                <div key={value.id}>
                  <dt>{value.metric}</dt>
                  <dd>
                    <strong className="figure">
                      {value.current} {value.unit}
                    </strong>
                    <span className="soft small">
                      before: {value.baseline} {value.unit} · {value.period}
                    </span>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
        {page.milestones.length === 0 ? null : (
          <section className="card">
            <h2>On the way</h2>
            <ul className="plain dates">
              {page.milestones.map((entry) => (
                <li key={`${entry.date}-${entry.text}`}>
                  <span className="soft">
                    <OnDate date={entry.date} reader={reader} />
                  </span>
                  <span>
                    <bdi>{entry.text}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p className="soft small">
          Each figure was confirmed by somebody at <bdi>{page.account}</bdi>. As of{" "}
          <When at={page.asOf} reader={reader} how="date" />.
        </p>
        <p className="buttons print-button" hidden data-print="">
          <button className="quiet" type="button">
            Print
          </button>
        </p>
      </article>
    </Narrow>
  );
}

/** Too old, or made void by whoever shared it. */
export function valueExpiredView() {
  return (
    <Narrow styles={["course", "contact"]} title="This page is closed">
      <section className="card">
        <h1>This page is closed</h1>
        <p>Shared pages stop working after a while. Ask the person who sent it for a fresh address.</p>
      </section>
    </Narrow>
  );
}
