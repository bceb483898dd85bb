import { hasDarkColours } from "../../mail-scheme.ts";
import type { Viewer } from "../layout.tsx";
import { AppPage } from "../layout.tsx";
import { MailLook, MailTabs, type MailView } from "../ui/mail-look.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { type ProgramMark, shortDay } from "./enroll-calendar.tsx";
import { placeOf } from "./enroll-confirm-page.tsx";
import { stepAddress } from "./enroll-frame.tsx";

/** One mail exactly as its reader will see it, on the way to the confirmation. */
export function enrollMailPage(props: {
  viewer: Viewer;
  caseId: string;
  contactName: string;
  readerName: string;
  mark: ProgramMark & { href: string };
  previous: string | null;
  next: string | null;
  view: MailView;
  mail:
    | { ok: true; subject: string; html: string; text: string }
    | { ok: false; message: string; remedy: string };
}) {
  const { viewer, caseId, contactName, readerName, mark, previous, next, view, mail } = props;
  const { step } = mark;
  return (
    <AppPage viewer={viewer} title={mail.ok ? mail.subject : mark.subject} styles={["enroll", "mail-look"]}>
      <div className="enroll mail-view">
        <PageHead
          title={mail.ok ? mail.subject : mark.subject}
          crumbs={[{ href: stepAddress("confirm", caseId), name: `Enroll ${contactName}` }]}
          meta={
            <span className="small soft">
              To <bdi>{readerName}</bdi>, {shortDay(step.localDate)} at {step.localTime} in{" "}
              {placeOf(step.zone)} ({step.at.slice(0, 16).replace("T", " ")} UTC). Waits for: {step.gate}
              {step.moved === null ? "" : `. Moved from ${shortDay(step.moved.from)}: ${step.moved.why}`}
              {step.clockChange === null ? "" : `. Here ${step.clockChange}`}
            </span>
          }
          actions={
            <>
              {previous === null ? null : (
                <a className="button quiet small" rel="prev" href={`${previous}?view=${view}`}>
                  Mail before
                </a>
              )}
              {next === null ? null : (
                <a className="button quiet small" rel="next" href={`${next}?view=${view}`}>
                  Next mail
                </a>
              )}
              <a className="button small" href={stepAddress("confirm", caseId)}>
                To the confirmation
              </a>
            </>
          }
        />
        <MailTabs view={view} href={(one) => `${mark.href}?view=${one}`} />
        {mail.ok ? (
          <MailLook
            view={view}
            html={`${mark.href}/html`}
            text={mail.text}
            hasDark={hasDarkColours(mail.html)}
          />
        ) : (
          <Notice tone="refused" title={mail.message}>
            {mail.remedy}
          </Notice>
        )}
      </div>
    </AppPage>
  );
}
