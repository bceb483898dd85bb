import { hasDarkColours } from "../../mail-scheme.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { MailLook, MailTabs, type MailView } from "../ui/mail-look.tsx";
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
  html: string;
  text: string;
  view: MailView;
}

/** One mail of a program as this reader sees it; its links lead nowhere. */
export function caseMailPage(props: CaseMailProps) {
  const { viewer, subject, html, text, variant, view } = props;
  const address = `/enrollments/${props.enrollmentId}/mails/${props.stepKey}`;
  return (
    <AppPage viewer={viewer} title={subject} styles={["case-room", "mail-look"]}>
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
            <a href={`${address}?variant=b&view=${view}`}>The shorter variant, for when a task stays open</a>
          ) : (
            <a href={`${address}?view=${view}`}>The ordinary variant</a>
          )}
        </p>
      ) : null}
      <MailTabs view={view} href={(one) => `${address}?variant=${variant}&view=${one}`} />
      <MailLook
        view={view}
        html={`${address}/html?variant=${variant}`}
        text={text}
        hasDark={hasDarkColours(html)}
      />
    </AppPage>
  );
}
