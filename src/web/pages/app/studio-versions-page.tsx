import type { VersionDiff } from "../../../domain/sequences/version-diff.ts";
import type { VersionWithPeople } from "../../../operations/studio.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField } from "../ui/field.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Table } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { DiffView, SequenceTabs, SourceDiff } from "./studio-parts.tsx";

/** Every version, how many people are on each, and what changed between any two. */
export function studioVersionsPage(props: {
  viewer: Viewer;
  name: string;
  sequenceKey: string;
  versions: readonly VersionWithPeople[];
  compared: { from: number; to: number; diff: VersionDiff; patch: string } | null;
  said: string | null;
}) {
  const { viewer, name, sequenceKey, versions, compared, said } = props;
  const at = `/studio/${sequenceKey}`;
  const current = versions[0]?.version.version;
  return (
    <AppPage viewer={viewer} title={`Versions of ${name}`} styles={["studio"]}>
      <PageHead title={name} crumbs={[{ href: "/studio", name: "Studio" }]} />
      <Said said={said} />
      <SequenceTabs name={name} at={at} here="Versions" />
      <Card title="Versions">
        <Table
          caption="Versions, newest first"
          rows={versions}
          keyOf={({ version }) => version.id}
          columns={[
            {
              head: "Version",
              cell: ({ version }) => (
                <>
                  <a href={`${at}?version=${version.version}`}>Version {version.version}</a>{" "}
                  {version.version === current ? <Tag tone="good">In use</Tag> : null}
                </>
              ),
            },
            {
              head: "Published",
              cell: ({ version, publisher }) => (
                <>
                  <Time at={version.publishedAt} zone={viewer.zone} />
                  <br />
                  <span className="small soft">
                    by <bdi>{publisher}</bdi>
                  </span>
                </>
              ),
            },
            { head: "Why", cell: ({ version }) => version.reason ?? "" },
            {
              head: "People on it",
              right: true,
              cell: ({ version, people }) => <a href={`${at}/people?version=${version.version}`}>{people}</a>,
            },
          ]}
        />
      </Card>
      {compared === null ? (
        <Card title="What changed">
          <p className="soft">There is one version so far. A second one is compared with it here.</p>
        </Card>
      ) : (
        <Compared at={at} versions={versions} compared={compared} />
      )}
    </AppPage>
  );
}

function Compared(props: {
  at: string;
  versions: readonly VersionWithPeople[];
  compared: { from: number; to: number; diff: VersionDiff; patch: string };
}) {
  const { at, versions, compared } = props;
  const options = versions.map(({ version }) => ({
    value: String(version.version),
    label: `Version ${version.version}`,
  }));
  return (
    <>
      <Card title={`From version ${compared.from} to version ${compared.to}`} id="compared">
        <form className="inline" action={`${at}/versions#compared`}>
          <SelectField id="from" label="From" options={options} defaultValue={String(compared.from)} />
          <SelectField id="to" label="To" options={options} defaultValue={String(compared.to)} />
          <button className="quiet" type="submit">
            Compare
          </button>
        </form>
        <DiffView diff={compared.diff} />
      </Card>
      <SourceDiff patch={compared.patch} />
    </>
  );
}
