import { render } from "@react-email/render";
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
import { ReplyCopy, type ReplyCopyFacts, replyCopySubject } from "../../../emails/internal/reply-copy.tsx";
import { SignIn, type SignInFacts, signInSubject } from "../../../emails/internal/sign-in.tsx";
import {
  HandoverDone,
  type HandoverDoneFacts,
  handoverDoneSubject,
} from "../../../emails/service/handover-done.tsx";
import { OurMeeting, type OurMeetingFacts, ourMeetingSubject } from "../../../emails/service/our-meeting.tsx";
import { PageLink, type PageLinkFacts, pageLinkSubject } from "../../../emails/service/page-link.tsx";
import {
  QuestionAnswered,
  type QuestionAnsweredFacts,
  questionAnsweredSubject,
} from "../../../emails/service/question-answered.tsx";
import {
  SponsorBrief,
  type SponsorBriefFacts,
  sponsorBriefSubject,
} from "../../../emails/service/sponsor-brief.tsx";
import { escapeHeader } from "../../domain/sequences/escape.ts";
import { internalText } from "./internal-text.ts";

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
export const replyCopyMail = (facts: ReplyCopyFacts) =>
  internalMail(replyCopySubject(facts), ReplyCopy, facts);
export const pageLinkMail = (facts: PageLinkFacts) => internalMail(pageLinkSubject(facts), PageLink, facts);
export const questionAnsweredMail = (facts: QuestionAnsweredFacts) =>
  internalMail(questionAnsweredSubject(facts), QuestionAnswered, facts);
export const ourMeetingMail = (facts: OurMeetingFacts) =>
  internalMail(ourMeetingSubject(facts), OurMeeting, facts);
export const handoverDoneMail = (facts: HandoverDoneFacts) =>
  internalMail(handoverDoneSubject(facts), HandoverDone, facts);
export const sponsorBriefMail = (facts: SponsorBriefFacts) =>
  internalMail(sponsorBriefSubject(facts), SponsorBrief, facts);

async function internalMail<F extends object>(
  subject: string,
  component: FunctionComponent<F>,
  facts: F,
): Promise<InternalMail> {
  const html = withoutTraces(await render(createElement(component, facts)));
  return { subject: escapeHeader(subject), html, text: internalText(html) };
}

/** React's marks between texts and React Email's own: bytes that no mail program needs. Outlook's comments stay. */
const withoutTraces = (html: string): string =>
  html.replace(/<!--[/$a-z ]*-->/g, "").replaceAll(' data-id="__react-email-column"', "");
