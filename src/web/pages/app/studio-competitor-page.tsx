import type { Problem } from "../../../domain/sequences/problem.ts";
import type { Competitor } from "../../../domain/sequences/sequence.ts";
import type { CompetitorVersion } from "../../../drivers/store/generated/client.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Table } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import { dateWords } from "../words.ts";
import { ProblemList } from "./studio-parts.tsx";

/** What is known about a competitor, as the mails to people from there use it: facts with source and date. */
export function studioCompetitorPage(props: {
  viewer: Viewer;
  version: CompetitorVersion;
  competitor: Competitor;
  problems: readonly Problem[];
}) {
  const { viewer, version, competitor, problems } = props;
  const { swot } = competitor;
  return (
    <AppPage viewer={viewer} title={competitor.name} styles={["studio"]}>
      <PageHead
        title={competitor.name}
        crumbs={[{ href: "/studio", name: "Studio" }]}
        meta={
          <>
            <Tag>Version {version.version}</Tag>
            <Tag>Last reviewed {dateWords(competitor.reviewedOn)}</Tag>
          </>
        }
      />
      {problems.length === 0 ? null : (
        <Card title="To look at" tone="warned">
          <ProblemList problems={problems} />
        </Card>
      )}
      <div className="cols two">
        {(["strengths", "weaknesses", "opportunities", "threats"] as const).map((part) => (
          <Card key={part} title={part.charAt(0).toUpperCase() + part.slice(1)}>
            <ul>
              {swot[part].map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
      <Card title="Their words and ours">
        <Table
          caption="Their words and ours"
          rows={competitor.termMap}
          keyOf={({ theirs }) => theirs}
          columns={[
            { head: "Theirs", cell: ({ theirs }) => theirs },
            { head: "Ours", cell: ({ ours }) => ours ?? "We have no such thing" },
            { head: "Note", cell: ({ note }) => note ?? "" },
          ]}
        />
      </Card>
      <Card title="Habits">
        <Table
          caption="What people do there and here"
          rows={competitor.habitMap}
          keyOf={({ job }) => job}
          columns={[
            { head: "Job", cell: ({ job }) => job },
            { head: "There", cell: ({ there }) => there },
            { head: "Here", cell: ({ here }) => here },
          ]}
        />
      </Card>
      <Card title="Honest gaps">
        <Table
          caption="What is missing here, and what to do instead"
          rows={competitor.honestGaps}
          keyOf={({ gap }) => gap}
          columns={[
            { head: "Gap", cell: ({ gap }) => gap },
            { head: "Instead", cell: ({ workaround }) => workaround },
            { head: "Source", cell: ({ source, on }) => `${source}, ${dateWords(on)}` },
          ]}
        />
      </Card>
      <Card title="Proof">
        <Table
          caption="Claims, each with its source"
          rows={competitor.proof}
          keyOf={({ claim }) => claim}
          columns={[
            { head: "Claim", cell: ({ claim }) => claim },
            { head: "Source", cell: ({ source, on }) => `${source}, ${dateWords(on)}` },
          ]}
        />
      </Card>
      {competitor.migrationNotes.length === 0 ? null : (
        <Card title="Moving over">
          <ul>
            {competitor.migrationNotes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Card>
      )}
    </AppPage>
  );
}
