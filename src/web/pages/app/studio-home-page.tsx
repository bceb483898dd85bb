import type { StudioHome } from "../../../operations/studio.ts";
import { AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Table } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { count, dateWords, plain } from "../words.ts";
import { LintTag } from "./studio-parts.tsx";

/** Where programs are read, written and published. */
export function studioHomePage(props: { viewer: Viewer; home: StudioHome; said: string | null }) {
  const { viewer, home, said } = props;
  return (
    <AppPage viewer={viewer} title="Studio" styles={["studio"]}>
      <PageHead title="Studio" />
      <Said said={said} />
      <Drafts viewer={viewer} home={home} />
      <Card title="Programs" aside={count(home.sequences.length, "program")}>
        {home.sequences.length === 0 ? (
          <Empty icon="studio" title="No program is published yet">
            Put a file into the folder “sequences” and publish it with “baton sequences publish”. Its mails,
            its lint and its people then stand here.
          </Empty>
        ) : (
          <Sequences home={home} viewer={viewer} />
        )}
      </Card>
      <div className="cols two">
        <Card title="What people bring from a competitor">
          <Competitors home={home} />
        </Card>
        <Card title="Mails to use again">
          <p>
            {home.templates === 0
              ? "None is written yet."
              : `${count(home.templates, "mail")} with merge fields, each with an owner and the day somebody last read it.`}
          </p>
          <p>
            <a className="button quiet small" href="/studio/templates">
              Open the bank
            </a>
          </p>
        </Card>
      </div>
    </AppPage>
  );
}

function Drafts({ viewer, home }: { viewer: Viewer; home: StudioHome }) {
  if (home.drafts.length === 0) return null;
  const decides = viewerMay(viewer, "publish-sequences");
  return (
    <Card title="Drafts" tone={decides && home.drafts.some(isSubmitted) ? "next" : undefined}>
      <ul className="rows">
        {home.drafts.map(({ draft, author }) => (
          <li key={draft.id}>
            <div>
              <p>
                <a href={`/studio/drafts/${draft.id}`}>{draft.key}</a>{" "}
                {isSubmitted({ draft }) ? (
                  <Tag tone="info">Waits for an approver</Tag>
                ) : draft.comment === null ? (
                  <Tag>Being written</Tag>
                ) : (
                  <Tag tone="warn">Sent back</Tag>
                )}
              </p>
              <p className="small soft">
                <bdi>{author}</bdi>, <Time at={draft.updatedAt} zone={viewer.zone} />
                {draft.note === "" ? "" : `: ${draft.note}`}
              </p>
            </div>
            {decides && isSubmitted({ draft }) ? (
              <a className="button small" href={`/studio/drafts/${draft.id}`}>
                Read and decide
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const isSubmitted = ({ draft }: { draft: { status: string } }): boolean => draft.status === "submitted";

function Sequences({ home, viewer }: { home: StudioHome; viewer: Viewer }) {
  return (
    <Table
      caption="Published programs"
      keyOf={({ version }) => version.id}
      rows={home.sequences}
      columns={[
        {
          head: "Program",
          cell: ({ version, sequence }) => (
            <>
              <a href={`/studio/${version.key}`}>
                <strong>{sequence.name}</strong>
              </a>
              <br />
              <span className="small soft clamp">{sequence.description}</span>
            </>
          ),
        },
        { head: "For", cell: ({ sequence }) => <Tag>{plain(sequence.audience)}</Tag> },
        { head: "Steps", right: true, cell: ({ sequence }) => sequence.steps.length },
        {
          head: "People on it",
          right: true,
          cell: ({ version, people }) => <a href={`/studio/${version.key}/people`}>{people}</a>,
        },
        { head: "Lint", cell: ({ problems }) => <LintTag problems={problems} /> },
        {
          head: "Published",
          cell: ({ version }) => (
            <>
              <a href={`/studio/${version.key}/versions`}>Version {version.version}</a>
              <br />
              <span className="small soft">
                <Time at={version.publishedAt} zone={viewer.zone} />
              </span>
            </>
          ),
        },
      ]}
    />
  );
}

function Competitors({ home }: { home: StudioHome }) {
  if (home.competitors.length === 0)
    return (
      <Empty icon="book" title="No competitor is described yet">
        Put a file into “sequences/competitors” and publish it. People who come from there then get their old
        words beside ours.
      </Empty>
    );
  return (
    <ul className="rows">
      {home.competitors.map(({ version, reviewedOn, problems }) => (
        <li key={version.id}>
          <div>
            <p>
              <a href={`/studio/competitors/${version.key}`}>{version.name}</a>
            </p>
            <p className="small soft">
              Version {version.version}, last reviewed {dateWords(reviewedOn)}
            </p>
          </div>
          {problems.length === 0 ? (
            <Tag tone="good">Up to date</Tag>
          ) : (
            <Tag tone="warn">{count(problems.length, "fact")} to look at</Tag>
          )}
        </li>
      ))}
    </ul>
  );
}
