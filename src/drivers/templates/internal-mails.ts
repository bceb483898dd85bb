import { render, toPlainText } from "@react-email/render";
import { createElement, type FunctionComponent } from "react";
import { CsmTask, type CsmTaskFacts, csmTaskSubject } from "../../../emails/internal/csm-task.tsx";
import {
  MeetingRequest,
  type MeetingRequestFacts,
  meetingRequestSubject,
} from "../../../emails/internal/meeting-request.tsx";
import {
  ReadinessSignal,
  type ReadinessSignalFacts,
  signalSubject,
} from "../../../emails/internal/readiness-signal.tsx";
import { SignIn, type SignInFacts, signInSubject } from "../../../emails/internal/sign-in.tsx";
import { PageLink, type PageLinkFacts, pageLinkSubject } from "../../../emails/service/page-link.tsx";
import { escapeHeader } from "../../domain/sequences/escape.ts";

/** A mail to one of our own people, ready for its headers. */
export interface InternalMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export const readinessSignalMail = (facts: ReadinessSignalFacts) =>
  internalMail(signalSubject(facts), ReadinessSignal, facts);
export const signInMail = (facts: SignInFacts) => internalMail(signInSubject(facts), SignIn, facts);
export const csmTaskMail = (facts: CsmTaskFacts) => internalMail(csmTaskSubject(facts), CsmTask, facts);
export const meetingRequestMail = (facts: MeetingRequestFacts) =>
  internalMail(meetingRequestSubject(facts), MeetingRequest, facts);
export const pageLinkMail = (facts: PageLinkFacts) => internalMail(pageLinkSubject(facts), PageLink, facts);

async function internalMail<F extends object>(
  subject: string,
  component: FunctionComponent<F>,
  facts: F,
): Promise<InternalMail> {
  const html = await render(createElement(component, facts));
  return { subject: escapeHeader(subject), html, text: plain(html) };
}

/** Rows of figures stay rows; the drawn bars, which repeat their numbers, are left out. */
function plain(html: string): string {
  const text = toPlainText(html, {
    wordwrap: 72,
    selectors: [
      { selector: "[aria-hidden=true]", format: "skip" },
      {
        selector: "table.line",
        format: "dataTable",
        options: { colSpacing: 2, maxColumnWidth: 56, leadingLineBreaks: 1, trailingLineBreaks: 1 },
      },
      { selector: "p.green", format: "paragraph", options: { leadingLineBreaks: 2, trailingLineBreaks: 1 } },
      { selector: "p.item", format: "paragraph", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ],
  });
  return `${text.trim()}\n`;
}
