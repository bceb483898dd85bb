import { describe, expect, it } from "vitest";
import { type Agenda, type Readiness, VERDICTS } from "../../../../src/domain/readiness/readiness.ts";
import {
  csmTaskMail,
  meetingRequestMail,
  readinessSignalMail,
  signInMail,
} from "../../../../src/drivers/templates/internal-mails.ts";

const phrase = (text: string) => ({ text, eventIds: [] });
const readiness: Readiness = {
  modelVersion: "readiness-1",
  at: "2026-03-28T12:00:00Z",
  activeDay: 15,
  score: 65.55,
  expected: 53,
  components: [
    { id: "knowledge", raw: 70, weight: 0.25, points: 17.5, eventIds: [] },
    { id: "tasks", raw: 0, weight: 0.25, points: 0, eventIds: [] },
    { id: "questions", raw: 100, weight: 0.15, points: 15, eventIds: [] },
  ],
  gates: [],
  meetingReady: false,
  verdict: "on_track",
  verdictReason: "",
  paused: false,
  confidence: "high",
  strongActs: 5,
  weakActs: 1,
  machineSignals: { opens: 9, clicks: 7, other: 0, eventIds: [] },
  intent: null,
  explanation: {
    headline: "On track (66/100, solid evidence).",
    done: [phrase("done 4 of 6 tasks"), phrase("asked 2 questions")],
    missing: [phrase("4.5 points: task 5 (+5)")],
    notCounted: phrase("9 opens and 7 clicks look machine-made"),
    lastAct: phrase("yesterday"),
    expected: "Expected by today: 53.",
    nextAction: "ask for task 5.",
    text: "",
  },
};
const agenda: Agenda = {
  items: [
    {
      kind: "question",
      text: "Two open questions",
      why: "Asked on 20 March",
      minutes: 10,
      lead: "csm",
      eventIds: [],
    },
  ],
  byMail: [],
  emptyReason: null,
};
const caseUrl = "https://baton.example/cases/1";

describe("mails to our own people", () => {
  it("tell a change of verdict with reasons, bars, agenda and what was ignored", async () => {
    const mail = await readinessSignalMail({
      csmFirstName: "Dana",
      contactName: "Imani <b>Okafor</b>\r\nBcc: x@y.example",
      accountName: "Brightmoor Clinics",
      readiness,
      before: "warming",
      agenda,
      caseUrl,
    });
    expect(mail.subject).toBe("Imani <b>Okafor</b> Bcc: x@y.example (Brightmoor Clinics) is on track");
    for (const words of [
      "Imani",
      "66",
      "solid evidence",
      "They have done 4 of 6 tasks and asked 2 questions.",
      "4.5 points: task 5 (+5).",
      "Last own act: yesterday.",
      "9 opens and 7 clicks look machine-made.",
      "xpected by today: 53",
      "Ask for task 5.",
      "Two open questions",
      "17.5 of 25",
      "warming up",
      caseUrl,
    ]) {
      expect(mail.html).toContain(words);
      expect(mail.text.replace(/\s+/g, " ")).toContain(words);
    }
    expect(mail.html).not.toContain("<b>");
    expect(mail.html.match(/class="act"/g)).toHaveLength(1);
    expect(mail.html).toContain("prefers-color-scheme: dark");
    expect(mail.text.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  it.each(VERDICTS)("say the verdict %s as a sentence about a person", async (verdict) => {
    const mail = await readinessSignalMail({
      csmFirstName: "Dana",
      contactName: "Imani",
      accountName: "Brightmoor",
      readiness: { ...readiness, verdict },
      before: verdict,
      agenda,
      caseUrl,
    });
    expect(mail.subject).toMatch(/^Imani \(Brightmoor\) (is|has|cannot be) [a-z ]+$/);
    expect(mail.text).toMatch(/\nBrightmoor · (was|had|could not be) [a-z ]+ before\n/);
  });

  it("say instead of padding when there is no agenda yet", async () => {
    const empty = { items: [], byMail: [], emptyReason: "No agenda yet: ask for one priority." };
    const mail = await readinessSignalMail({
      csmFirstName: "Dana",
      contactName: "A",
      accountName: "B",
      readiness,
      before: null,
      agenda: empty,
      caseUrl,
    });
    expect(mail.text).toContain("No agenda yet: ask for one priority.");
  });

  it("carry their one link in both parts", async () => {
    const mails = await Promise.all([
      signInMail({ firstName: "Dana", workspaceName: "Fernwick", url: caseUrl, minutesValid: 15 }),
      csmTaskMail({
        csmFirstName: "Dana",
        contactName: "A",
        accountName: "B",
        text: "Call A",
        detail: "Two mails went unanswered.",
        dueOn: "Tuesday 31 March",
        caseUrl,
      }),
      meetingRequestMail({
        csmFirstName: "Dana",
        contactName: "A",
        accountName: "B",
        note: "About limits",
        slot: null,
        stillOpen: ["task 5"],
        caseUrl,
      }),
    ]);
    for (const { html, text, subject } of mails) {
      expect(html.split(`href="${caseUrl}"`)).toHaveLength(2);
      expect(text).toContain(caseUrl);
      expect(subject).not.toBe("");
    }
  });
});
