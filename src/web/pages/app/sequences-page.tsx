import type { Sequence } from "../../../domain/sequences/sequence.ts";
import type { SequenceVersion } from "../../../drivers/store/generated/client.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { count, plain } from "../words.ts";

export function sequencesPage(
  viewer: Viewer,
  sequences: readonly { version: SequenceVersion; sequence: Sequence }[],
) {
  return (
    <AppPage viewer={viewer} title="Sequences">
      <h1>Sequences</h1>
      <section className="card">
        {sequences.length === 0 ? (
          <p className="soft">None is published yet. The files stand in the folder “sequences”.</p>
        ) : (
          <ul className="rows">
            {sequences.map(({ version, sequence }) => (
              <li key={version.id}>
                <div>
                  <p>
                    <a href={`/sequences/${version.key}`}>{sequence.name}</a>{" "}
                    <span className="tag">{plain(sequence.audience)}</span>
                  </p>
                  <p className="small soft">{sequence.description}</p>
                </div>
                <span className="small soft nowrap">
                  {count(sequence.steps.length, "step")}, {count(sequence.lengthDays, "day")}, version{" "}
                  {version.version}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </AppPage>
  );
}
