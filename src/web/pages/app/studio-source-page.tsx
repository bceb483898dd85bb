import type { Problem } from "../../../domain/sequences/problem.ts";
import type { SequenceVersion } from "../../../drivers/store/generated/client.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tag } from "../ui/tag.tsx";
import { LintTag, ProblemList, SequenceTabs, SourceView } from "./studio-parts.tsx";

/** A version's file as it was written, with line numbers, what the linter says standing under its line. */
export function studioSourcePage(props: {
  viewer: Viewer;
  version: SequenceVersion;
  problems: readonly Problem[];
}) {
  const { viewer, version, problems } = props;
  const at = `/studio/${version.key}`;
  return (
    <AppPage viewer={viewer} title={`Source of ${version.name}`} styles={["studio"]}>
      <PageHead
        title={version.name}
        crumbs={[{ href: "/studio", name: "Studio" }]}
        meta={
          <>
            <Tag>Version {version.version}</Tag>
            <LintTag problems={problems} />
          </>
        }
      />
      <SequenceTabs name={version.name} at={at} here="Source" />
      {problems.length === 0 ? null : (
        <Card title="Lint">
          <ProblemList problems={problems} lineHref={(line) => `#L${line}`} />
        </Card>
      )}
      <Card title={`${version.key}.yaml`} className="wide">
        <SourceView source={version.source} problems={problems} />
      </Card>
    </AppPage>
  );
}
