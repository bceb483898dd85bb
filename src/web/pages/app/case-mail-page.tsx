import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { PageHead } from "../ui/page-head.tsx";

export interface CaseMailProps {
  viewer: Viewer;
  caseId: string;
  accountName: string;
  contactName: string;
  enrollmentId: string;
  stepKey: string;
  variant: "a" | "b";
  hasVariantB: boolean;
  subject: string;
  text: string;
}

/** One mail of a program as this reader sees it; its links lead nowhere. */
export function caseMailPage(props: CaseMailProps) {
  const { viewer, subject, text, variant } = props;
  const address = `/enrollments/${props.enrollmentId}/mails/${props.stepKey}`;
  return (
    <AppPage viewer={viewer} title={subject} styles={["case-room"]}>
      <PageHead
        title={subject}
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${props.caseId}#program`, name: props.accountName },
        ]}
        meta={
          <span className="soft">
            As <bdi>{props.contactName}</bdi> sees it
          </span>
        }
      />
      {props.hasVariantB ? (
        <p>
          {variant === "a" ? (
            <a href={`${address}?variant=b`}>The shorter variant, for when a task stays open</a>
          ) : (
            <a href={address}>The ordinary variant</a>
          )}
        </p>
      ) : null}
      <iframe title="The mail" src={`${address}/html?variant=${variant}`} sandbox="" />
      <p />
      <Card>
        <details className="fold">
          <summary>The text part</summary>
          <pre>{text}</pre>
        </details>
      </Card>
    </AppPage>
  );
}
