import type { Sequence, Step } from "../../../domain/sequences/sequence.ts";
import type { SequenceVersion } from "../../../drivers/store/generated/client.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { dateWords, plain } from "../words.ts";

/** One sequence as it is published; the versions are frozen, the file in `sequences/` is where it changes. */
export function sequencePage(props: {
  viewer: Viewer;
  version: SequenceVersion;
  sequence: Sequence;
  versions: readonly SequenceVersion[];
}) {
  const { viewer, version, sequence, versions } = props;
  return (
    <AppPage styles={["course"]} viewer={viewer} title={sequence.name}>
      <p className="small">
        <a href="/sequences">Sequences</a>
      </p>
      <h1>{sequence.name}</h1>
      <p>{sequence.description}</p>
      <p className="soft">
        Goal: {sequence.goal}
        {sequence.sponsorSequence === undefined ? "" : ` Runs beside it: ${sequence.sponsorSequence}.`}
      </p>
      <div className="cols two">
        <section className="card">
          <h2>Steps</h2>
          <ul className="rows">
            {sequence.steps.map((step) => (
              <StepLine key={step.key} step={step} sequence={sequence} />
            ))}
          </ul>
        </section>
        <div>
          <section className="card">
            <h2>Versions</h2>
            <ul className="rows">
              {versions.map((one) => (
                <li key={one.id}>
                  <div>
                    <p>
                      Version {one.version}{" "}
                      {one.id === version.id ? <span className="tag good">In use</span> : null}
                    </p>
                    <p className="small soft">
                      {dateWords(one.publishedAt)}
                      {one.reason === null ? "" : `, ${one.reason}`}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </section>
          <details className="card">
            <summary>The file</summary>
            <pre>{version.source}</pre>
          </details>
        </div>
      </div>
    </AppPage>
  );
}

function StepLine({ step, sequence }: { step: Step; sequence: Sequence }) {
  const audience = step.audience ?? sequence.audience;
  const blocks = step.blocks.filter((block) => ["resource", "task", "objective"].includes(block.type));
  return (
    <li>
      <div>
        <p>
          <strong>{step.subject}</strong>
        </p>
        <p className="small soft">
          {step.day === undefined ? "By cadence" : `Day ${step.day}`} · {plain(audience).toLowerCase()}
          {blocks.length === 0 ? "" : ` · ${[...new Set(blocks.map((block) => block.type))].join(", ")}`}
        </p>
      </div>
      {audience === "csm" ? null : (
        <a className="button quiet small" href={`/sequences/${sequence.key}/steps/${step.key}`}>
          Look at it
        </a>
      )}
    </li>
  );
}
