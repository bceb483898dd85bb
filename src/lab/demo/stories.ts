import type { ActInput } from "../../domain/engagement/acts.ts";
import type { Beat, Deed, Story } from "./story-types.ts";

/** The weeks of domain.md G, told as what each person did and when. Imani's are the worked example of D6. */
export const STORIES: readonly Story[] = [
  {
    account: "A1",
    reader: "jonas",
    beats: [
      act("2026-02-17T10:40", {
        kind: "task-done",
        task: "what-you-know",
        choices: ["everyday-work", "setup-and-access", "results"],
      }),
      act("2026-02-17T10:46", { kind: "resource-confirmed", resource: "story-so-far" }),
      beat("2026-02-19T11:05", { kind: "goals" }),
      act("2026-02-19T11:12", {
        kind: "priorities-set",
        items: [
          { text: "Webinars", why: "They fill the member list faster than the shop does." },
          { text: "Pipeline attribution" },
        ],
      }),
      act("2026-02-23T14:20", {
        kind: "task-done",
        task: "settle-open-items",
        text: "Spring catalogue: I take it, segments agreed with Ingrid. Double-count form: left with Ingrid until the release.",
      }),
      beat("2026-02-24T09:50", { kind: "value", decision: "confirm" }),
      act("2026-02-24T09:55", { kind: "resource-confirmed", resource: "value-so-far" }),
      act("2026-02-25T13:30", {
        kind: "question-asked",
        text: "Can the welcome series know that somebody came from a webinar?",
      }),
      act("2026-02-26T08:45", {
        kind: "question-asked",
        text: "What happens to the birthday mail if the date of birth is missing?",
      }),
      act("2026-02-26T08:50", { kind: "resource-confirmed", resource: "answered-questions" }),
      beat("2026-02-26T15:10", {
        kind: "reply",
        text: "Thank you, this is the right amount to read. More on webinars please.",
      }),
      act("2026-02-27T10:05", { kind: "intent-stated", intent: "keep" }),
      act("2026-02-27T10:15", { kind: "slot-chosen", slotAt: "2026-03-05T09:00:00Z" }),
      act("2026-03-25T10:00", {
        kind: "intent-stated",
        intent: "keep",
        why: "It carries the club; no reason to move.",
      }),
    ],
    sponsorBeats: [
      act("2026-02-17T15:00", { kind: "endorsed", text: "Jonas runs this now. He has my full support." }),
      act("2026-02-23T09:30", { kind: "agreement-accepted", version: 1 }),
      act("2026-02-27T09:30", {
        kind: "priorities-set",
        items: [{ text: "Pipeline attribution" }, { text: "Webinars" }],
      }),
    ],
    duties: [
      {
        at: "2026-02-27T14:00",
        duty: {
          kind: "answer",
          about: "webinar",
          text: "Yes: add the source field to the form; the series can branch on it.",
        },
      },
      { at: "2026-02-27T14:30", duty: { kind: "book", at: "2026-03-05T10:00" } },
      { at: "2026-03-05T10:40", duty: { kind: "held", demo: "no" } },
    ],
  },
  {
    account: "A2",
    reader: "victor",
    beats: [
      act("2026-02-13T11:20", {
        kind: "task-done",
        task: "top-five",
        choices: ["audiences", "templates", "tests", "exports", "api"],
      }),
      act("2026-02-13T11:24", { kind: "resource-confirmed", resource: "term-map" }),
      act("2026-02-18T12:05", {
        kind: "task-done",
        task: "gap-that-matters",
        text: "The call limit of the interface: our freight system writes 40,000 rows a night.",
      }),
      act("2026-02-18T12:10", { kind: "resource-confirmed", resource: "honest-gaps" }),
      act("2026-02-20T09:40", { kind: "task-done", task: "one-reason", choices: ["partly"] }),
      act("2026-02-23T10:00", {
        kind: "intent-stated",
        intent: "review_alternatives",
        why: "I know Mailharbor and it has no row limit.",
      }),
      act("2026-02-23T10:05", { kind: "objection-raised", text: "The API limits break our nightly run." }),
      act("2026-02-23T10:08", {
        kind: "objection-raised",
        text: "List pricing punishes us for old depots we never write to.",
      }),
      act("2026-03-04T13:15", {
        kind: "task-done",
        task: "move-one-habit",
        text: "Built the weekly lane notice here: 25 minutes, test mail to Helen, went out at 11:00.",
      }),
      act("2026-03-04T13:20", { kind: "resource-confirmed", resource: "habit-map" }),
      act("2026-03-10T10:30", {
        kind: "task-done",
        task: "propose-improvement",
        text: "One shared footer for all 14 depots instead of 14 copies; saves an afternoon a month.",
      }),
      act("2026-03-11T09:10", {
        kind: "priorities-set",
        items: [{ text: "Nightly contact run without limits" }, { text: "One template for 14 depots" }],
      }),
      act("2026-03-12T09:25", {
        kind: "question-asked",
        text: "Can approval be skipped for the Montreal depot at night?",
      }),
      act("2026-03-13T09:25", {
        kind: "question-asked",
        text: "Which fields of a quote can the follow-up read?",
      }),
      beat("2026-03-13T16:00", { kind: "goals" }),
      act("2026-03-17T10:00", {
        kind: "intent-stated",
        intent: "keep",
        why: "The bulk interface solved the nightly run.",
      }),
      act("2026-03-17T10:06", { kind: "resource-confirmed", resource: "decision-record" }),
      act("2026-03-17T10:10", { kind: "slot-chosen", slotAt: "2026-03-20T14:00:00Z" }),
    ],
    sponsorBeats: [act("2026-03-11T17:00", { kind: "endorsed", text: "Victor decides how; we stay." })],
    duties: [
      {
        at: "2026-02-26T15:00",
        duty: {
          kind: "answer",
          about: "API",
          text: "The bulk interface takes 100,000 rows a call and is in your contract; we will switch it on with you.",
        },
      },
      {
        at: "2026-02-26T15:10",
        duty: {
          kind: "answer",
          about: "pricing",
          text: "Archived depots do not count. We moved six of them today; the next invoice shows it.",
        },
      },
      { at: "2026-03-17T15:00", duty: { kind: "book", at: "2026-03-20T10:00" } },
      { at: "2026-03-20T10:40", duty: { kind: "held", demo: "no" } },
    ],
  },
  {
    account: "A3",
    reader: "imani",
    software: { kind: "prefetch-and-scan", mails: 1 },
    beats: imani(),
    sponsorBeats: [
      act("2026-03-16T08:30", { kind: "endorsed", text: "Imani has my support. Waiting times come first." }),
      act("2026-03-23T08:30", { kind: "agreement-accepted", version: 1 }),
    ],
    // Alma answers the mail the same afternoon, so no day of Imani's program is lost to the wait.
    duties: [{ at: "2026-03-25T15:30", duty: { kind: "resume" } }],
  },
  {
    account: "A4",
    reader: "frieda",
    beats: [
      act("2026-03-16T17:20", { kind: "pace-changed", pace: "slow" }),
      act("2026-03-16T17:25", { kind: "task-done", task: "what-you-know", choices: ["results"] }),
      act("2026-03-19T12:10", {
        kind: "colleague-introduced",
        who: "Nils Brand, marketing assistant",
        email: "nils.brand@lindqvist.example",
        delegate: true,
      }),
      beat("2026-03-23T17:30", { kind: "goals" }),
      act("2026-03-25T17:30", {
        kind: "priorities-set",
        items: [{ text: "Trade fair invitation out in time" }],
      }),
    ],
  },
  { account: "A5", reader: "noa", software: { kind: "gateway" } },
  {
    account: "A6",
    reader: "abdullah",
    beats: [
      act("2026-03-11T13:00", {
        kind: "profile-told",
        text: "Reporting manager, new to this company. Was told: keep the daily board alive.",
      }),
      act("2026-03-12T10:00", {
        kind: "check-answered",
        check: "the-job-check",
        answers: [
          { item: "what-good-looks-like", choice: "someone-acted" },
          { item: "one-change", choice: "ask-what-changed" },
        ],
      }),
      act("2026-03-12T10:10", {
        kind: "task-done",
        task: "what-good-means-here",
        text: "Store managers order less old stock because they saw the ageing list.",
      }),
      act("2026-03-15T11:30", {
        kind: "task-done",
        task: "recognise-your-setup",
        text: "I recognise the store board, the ageing list and the VAT rule. I do not recognise the Jeddah correction.",
      }),
      act("2026-03-16T09:20", { kind: "question-asked", text: "Who changes the opening hours for Ramadan?" }),
    ],
    away: {
      from: "2026-03-17",
      until: "2026-03-28",
      text: "Eid Mubarak! I am away until 28 March 2026. In urgent cases please write to my colleague Huda Salem (huda.salem@najm.example).",
    },
  },
  {
    account: "A9",
    reader: "meilin",
    beats: [
      act("2026-03-05T15:00", {
        kind: "task-done",
        task: "what-you-know",
        choices: ["everyday-work", "results"],
      }),
      act("2026-03-05T15:05", { kind: "resource-confirmed", resource: "story-so-far" }),
      beat("2026-03-10T10:30", {
        kind: "goals",
        change: {
          goal: "outages",
          statement: "See every outage within four minutes, substations included",
          why: "The two substations count.",
        },
      }),
      act("2026-03-12T16:10", {
        kind: "task-done",
        task: "settle-open-items",
        text: "Queensland start: I ask Harriet this week. Substation clocks: ours to fix.",
      }),
      beat("2026-03-17T09:15", { kind: "value", decision: "correct", correction: "5" }),
      act("2026-03-18T09:15", {
        kind: "priorities-set",
        items: [{ text: "Substation clocks" }, { text: "Queensland start date" }],
      }),
      act("2026-03-19T09:15", {
        kind: "question-asked",
        text: "Can the board show planned outages greyed out?",
      }),
      act("2026-03-23T11:00", {
        kind: "intent-stated",
        intent: "keep",
        why: "The control room uses it every day.",
      }),
    ],
  },
  {
    account: "A10",
    reader: "beatriz",
    beats: [
      act("2026-03-19T11:30", {
        kind: "task-done",
        task: "what-you-know",
        choices: ["everyday-work", "setup-and-access", "results"],
      }),
      beat("2026-03-20T10:00", { kind: "goals" }),
      act("2026-03-23T13:00", {
        kind: "task-done",
        task: "settle-open-items",
        text: "Sample chapters: 9 of 14 are in, the rest by Friday.",
      }),
      beat("2026-03-24T09:30", { kind: "value", decision: "confirm" }),
      act("2026-03-24T09:40", {
        kind: "priorities-set",
        items: [{ text: "Spring list out on time" }, { text: "Fewer review requests" }],
      }),
      act("2026-03-25T14:00", {
        kind: "no-question",
        because: "I built most of it, and Owen left good notes.",
      }),
      beat("2026-03-25T14:10", {
        kind: "reply",
        text: "Happy to keep this running until Owen is back. Could we talk about autumn?",
      }),
      act("2026-03-26T09:00", { kind: "intent-stated", intent: "keep" }),
      act("2026-03-26T09:05", { kind: "meeting-requested", note: "About the autumn list." }),
    ],
    sponsorBeats: [act("2026-03-20T16:00", { kind: "endorsed" })],
  },
  { account: "B1", reader: "chiara", persona: "eager" },
  { account: "B2", reader: "renata", persona: "busy-executive" },
  { account: "B3", reader: "fergus", beats: boxTicker() },
  {
    account: "B4",
    reader: "gareth",
    beats: [
      act("2026-03-10T14:00", {
        kind: "task-done",
        task: "top-five",
        choices: ["recurring-work", "dashboards", "exports"],
      }),
      act("2026-03-13T09:00", {
        kind: "task-done",
        task: "gap-that-matters",
        text: "No drill-down from the margin board to the invoice.",
      }),
      act("2026-03-20T11:00", {
        kind: "intent-stated",
        intent: "replace",
        why: "I want Brontide back; I know it.",
      }),
    ],
  },
];

/** Domain.md D6, day for day: D0 is Friday 13 March in Denver. */
function imani(): Beat[] {
  return [
    act("2026-03-15T10:05", {
      kind: "check-answered",
      check: "the-job-check",
      answers: [
        { item: "what-good-looks-like", choice: "someone-acted" },
        { item: "one-change", choice: "ask-what-changed" },
      ],
    }),
    act("2026-03-15T10:20", {
      kind: "task-done",
      task: "recognise-your-setup",
      text: "I know the occupancy board, the Monday report and Pueblo's late day. I do not know the theatre report.",
    }),
    act("2026-03-17T18:40", { kind: "resource-confirmed", resource: "your-setup" }),
    act("2026-03-20T12:10", {
      kind: "check-answered",
      check: "last-twelve-months-check",
      answers: [{ item: "before-you-change", choice: "who-relies" }],
    }),
    act("2026-03-20T12:20", {
      kind: "task-done",
      task: "what-good-means-here",
      text: "A ward opens a bed because the board told them in time.",
    }),
    act("2026-03-20T12:30", {
      kind: "question-asked",
      text: "Who decides what counts as a wait, and where is it written?",
    }),
    act("2026-03-22T16:00", {
      kind: "check-answered",
      check: "first-real-work-check",
      answers: [{ item: "check-on-yourself", choice: "change-more" }],
    }),
    act("2026-03-23T09:10", {
      kind: "priorities-set",
      items: [{ text: "Waiting times we can trust" }, { text: "Theatres planned a week ahead" }],
    }),
    act("2026-03-23T09:15", { kind: "task-done", task: "result-to-protect" }),
    beat("2026-03-24T17:20", { kind: "visit", item: "goals-page", seconds: 40 }),
    act("2026-03-25T11:00", {
      kind: "task-done",
      task: "do-one-real-thing",
      link: "https://insight.brightmoor.example/boards/ward-3-monday",
    }),
    act("2026-03-25T11:20", { kind: "question-asked", text: "Can Pueblo's line be shown as yesterday's?" }),
    beat("2026-03-25T11:45", {
      kind: "reply",
      text: "Did my first board today. Peter helped. Two questions are on the page.",
    }),
    beat("2026-03-27T08:30", {
      kind: "goals",
      change: {
        goal: "theatre",
        statement: "Plan theatres five days ahead, without weekend calls",
        why: "A week is too far for emergencies.",
      },
    }),
    act("2026-03-27T08:36", { kind: "intent-stated", intent: "keep", why: "The wards rely on it." }),
    act("2026-03-29T19:10", {
      kind: "check-answered",
      check: "goals-check",
      answers: [{ item: "a-useful-priority", choice: "concrete" }],
    }),
    act("2026-03-29T19:20", {
      kind: "profile-told",
      text: "I ran hospital operations for nine years; boards are new to me.",
    }),
    act("2026-03-29T19:25", { kind: "slot-chosen", slotAt: "2026-04-02T16:00:00Z" }),
  ];
}

/** Every task that has a plain "done", marked within a minute with nothing in it; then silence (domain.md G, B3). */
function boxTicker(): Beat[] {
  const tasks = ["what-good-means-here", "recognise-your-setup", "result-to-protect", "do-one-real-thing"];
  return tasks.map((task, index) =>
    act(`2026-03-11T16:00:${String(index * 8).padStart(2, "0")}`, { kind: "task-done", task }),
  );
}

function beat(at: string, deed: Deed): Beat {
  return { at, deed };
}

function act(at: string, input: ActInput): Beat {
  return { at, deed: { kind: "act", act: input } };
}
