import type { Agenda, Component, Phrase, Readiness, Verdict } from "../domain/readiness/readiness.ts";
import {
  csmTaskMail,
  handoverDoneMail,
  type InternalMail,
  meetingRequestMail,
  ourMeetingMail,
  pageLinkMail,
  questionAnsweredMail,
  readinessSignalMail,
  replyCopyMail,
  signInMail,
} from "../drivers/templates/internal-mails.ts";

const CASE_URL = "https://baton.fernwick.example/cases/6b1d7f42-6c4e-4a7f-9f0e-2d1a8c3b5e90";
const PAGE_URL = "https://baton.fernwick.example/p/k.AZqvJxYcdW-x5n0p8o1u2QAAAABP4w.8f3kQmW0bXrT5yVhLcZ2nD9s";
const READER = {
  firstName: "Imani",
  csmName: "Dana Whitlock",
  accountName: "Brightmoor Clinics",
  productName: "Fernwick Campaigns",
};
const PEOPLE = {
  csmFirstName: "Dana",
  contactName: "Imani Okafor",
  accountName: "Brightmoor Clinics",
  caseUrl: CASE_URL,
};

/** One typical mail of each kind that React Email draws, with the figures of the worked example (domain.md D6). */
export function internalSamples(): { name: string; mail: Promise<InternalMail> }[] {
  const signal = (verdict: Verdict, before: Verdict | null, readiness: Readiness, agenda: Agenda) =>
    readinessSignalMail({ ...PEOPLE, readiness: { ...readiness, verdict }, before, agenda });
  return [
    { name: "internal-signal-on-track", mail: signal("on_track", "warming", ON_TRACK, AGENDA) },
    { name: "internal-signal-ready", mail: signal("ready", "on_track", READY, AGENDA) },
    { name: "internal-signal-at-risk", mail: signal("at_risk", "on_track", AT_RISK, AGENDA) },
    {
      name: "internal-signal-long-names",
      mail: readinessSignalMail({
        ...PEOPLE,
        contactName: "سارة بنت عبد الرحمن Wolfeschlegelsteinhausenbergerdorff",
        accountName: "Vereinigte Donaudampfschifffahrtselektrizitätenhauptbetriebswerk Gesellschaft mbH",
        readiness: ON_TRACK,
        before: "unreachable",
        agenda: AGENDA,
      }),
    },
    { name: "internal-signal-not-started", mail: signal("not_started", null, NOT_STARTED, NO_AGENDA) },
    {
      name: "internal-meeting-request",
      mail: meetingRequestMail({
        ...PEOPLE,
        note: "I'd like to talk about the reminder mails before the autumn campaign.",
        slot: "Tuesday 31 March 2026, 10:00 (America/Chicago); for you Tuesday 31 March 2026, 17:00 (Europe/Berlin)",
        stillOpen: ["task 5, Do one real thing", "one of three checks"],
      }),
    },
    {
      name: "internal-csm-task",
      mail: csmTaskMail({
        ...PEOPLE,
        text: "Call Imani: two short mails went unanswered",
        detail:
          "The last two mails were the shorter ones and nothing came back, so no third is sent. A call of five minutes settles whether the pace is wrong or the person is.",
        dueOn: "Tuesday 31 March",
      }),
    },
    {
      name: "internal-reply-copy",
      mail: replyCopyMail({
        ...PEOPLE,
        notFromThem: null,
        subject: "Re: Your first week",
        text: "Thank you, that helps.\n\nWho looks after the exports at your end? We would like to change the report before April.",
      }),
    },
    {
      name: "internal-sign-in",
      mail: signInMail({
        firstName: "Dana",
        workspaceName: "Fernwick Software",
        url: "https://baton.fernwick.example/sign-in/k.AZqvJxYcdW-x5n0p8o1u2QAAAABP4w.8f3kQmW0bXrT5yVhLcZ2nD9s",
        minutesValid: 15,
      }),
    },
    {
      name: "service-question-answered",
      mail: questionAnsweredMail({
        ...READER,
        question: "Who may change the reminder template?",
        answer:
          "You may, since Friday: I have given you the right to edit shared templates.\n\nChange a copy first and send it to yourself. When it looks right, press Publish, and the reminders take the new text from the next morning on.",
        url: PAGE_URL,
      }),
    },
    {
      name: "service-our-meeting",
      mail: ourMeetingMail({
        ...READER,
        yourTime: "Tuesday 31 March 2026, 10:00 (America/Denver)",
        theirTime: "Tuesday 31 March 2026, 11:00 (America/Chicago)",
        minutes: 30,
        agenda: AGENDA.items.map(({ text }) => text),
        preRead: [
          { text: "Name three things you recognise and one you don't", minutes: 6 },
          { text: "Rank up to three priorities", minutes: 4 },
        ],
        pageUrl: PAGE_URL,
        fileUrl: `${PAGE_URL}/meeting.ics`,
      }),
    },
    {
      name: "service-our-meeting-all-done",
      mail: ourMeetingMail({
        ...READER,
        yourTime: "Tuesday 31 March 2026, 10:00 (America/Chicago)",
        theirTime: null,
        minutes: 30,
        agenda: [],
        preRead: [],
        pageUrl: PAGE_URL,
        fileUrl: `${PAGE_URL}/meeting.ics`,
      }),
    },
    {
      name: "service-handover-done",
      mail: handoverDoneMail({
        ...READER,
        agreed:
          "Imani moves the reminders to 48 hours before the visit, by Friday 10 April.\nDana looks at the no-show figures with her on 7 May.",
        url: PAGE_URL,
      }),
    },
    {
      name: "service-handover-done-nothing-agreed",
      mail: handoverDoneMail({ ...READER, agreed: null, url: PAGE_URL }),
    },
    {
      name: "service-page-link",
      mail: pageLinkMail({
        ...READER,
        url: PAGE_URL,
      }),
    },
  ];
}

const phrase = (text: string): Phrase => ({ text, eventIds: [] });

function components(raws: readonly [Component["id"], number, number][]): Component[] {
  return raws.map(([id, raw, weight]) => ({ id, raw, weight, points: raw * weight, eventIds: [] }));
}

/** Imani Okafor on day 15. */
const ON_TRACK: Readiness = {
  modelVersion: "readiness-1",
  at: "2026-03-30T12:00:00Z",
  activeDay: 15,
  score: 65.55,
  expected: 52.5,
  components: components([
    ["knowledge", 49.34, 0.3],
    ["tasks", 60, 0.3],
    ["priorities", 100, 0.15],
    ["questions", 85, 0.15],
    ["reciprocity", 40, 0.1],
  ]),
  gates: [],
  meetingReady: false,
  verdict: "on_track",
  verdictReason: "the score is at least 80% of what is expected by today",
  paused: false,
  confidence: "high",
  strongActs: 11,
  weakActs: 2,
  machineSignals: { opens: 9, clicks: 7, other: 0, eventIds: [] },
  intent: "keep",
  explanation: {
    headline: "On track (66/100, solid evidence).",
    done: [
      "done 4 of 6 tasks (3 with evidence)",
      "got 2 of 3 checks right",
      "ranked 2 priorities",
      "asked 2 questions",
      "edited 1 goal",
    ].map(phrase),
    missing: [phrase("4.5 points - the nearest way is task 5 'Do one real thing' (+5)")],
    notCounted: phrase("9 opens and 7 clicks look machine-made"),
    lastAct: phrase("yesterday"),
    expected: "Expected by today: 53.",
    nextAction: "ask for task 5 'Do one real thing': it closes the gap (+5).",
    text: "",
  },
};

const READY: Readiness = {
  ...ON_TRACK,
  activeDay: 16,
  score: 78.36,
  verdictReason: "",
  components: components([
    ["knowledge", 65.38, 0.3],
    ["tasks", 76.67, 0.3],
    ["priorities", 100, 0.15],
    ["questions", 85, 0.15],
    ["reciprocity", 80, 0.1],
  ]),
  explanation: {
    ...ON_TRACK.explanation,
    missing: [],
    lastAct: phrase("today"),
    expected: "Expected by today: 56.",
    nextAction: "propose the meeting; what they did stays fresh for 14 more days.",
  },
};

const AT_RISK: Readiness = {
  ...ON_TRACK,
  verdictReason: "they say they review alternatives",
  explanation: {
    ...ON_TRACK.explanation,
    nextAction: "call them yourself: they say they review alternatives.",
  },
};

const NOT_STARTED: Readiness = {
  ...ON_TRACK,
  activeDay: 8,
  score: 0,
  confidence: "low",
  verdictReason: "no act of their own in 8 active days",
  components: ON_TRACK.components.map((component) => ({ ...component, raw: 0, points: 0 })),
  explanation: {
    ...ON_TRACK.explanation,
    done: [],
    missing: [phrase("70.0 points - the nearest way is task 1 'Tell us about your role' (+5)")],
    lastAct: null,
    expected: "Expected by today: 28.",
    nextAction: "call or write a line of your own; no further mail asks for the same thing.",
  },
};

const AGENDA: Agenda = {
  items: [
    {
      kind: "goals",
      text: "Fewer no-shows by June, as Imani edited it",
      why: "She changed the date of this goal on 28 March.",
      minutes: 5,
      lead: "contact",
      eventIds: [],
    },
    {
      kind: "mismatch",
      text: "Reminders come first for Imani, one contact list for Harriet",
      why: "Their priorities differ in the first place.",
      minutes: 5,
      lead: "csm",
      eventIds: [],
    },
    {
      kind: "question",
      text: "Who may change the reminder template?",
      why: "Asked on 20 March, unanswered.",
      minutes: 10,
      lead: "csm",
      eventIds: [],
    },
    {
      kind: "next",
      text: "Next date, and who does what until then",
      why: "Every meeting ends with it.",
      minutes: 2,
      lead: "csm",
      eventIds: [],
    },
  ],
  byMail: [
    {
      kind: "value",
      text: "Confirm 14 hours saved a month",
      why: "Stated on 24 March.",
      minutes: 3,
      lead: "contact",
      eventIds: [],
    },
  ],
  emptyReason: null,
};

const NO_AGENDA: Agenda = { items: [], byMail: [], emptyReason: "No agenda yet: ask for one priority." };
