import { describe, expect, it } from "vitest";
import {
  type BriefFacts,
  ESCALATION_CAUSES,
  ESCALATION_WORDS,
  type EscalationFacts,
  escalationCauses,
  escalationDraft,
  wordCount,
} from "../../../../src/domain/turnover/escalation.ts";

const calm: EscalationFacts = {
  verdict: "on_track",
  stalledDays: 0,
  activeDay: 5,
  tier: "mid",
  mismatchDays: null,
  intent: "keep",
  replacementKnown: true,
  daysOpen: 10,
  daysToRenewal: 200,
  agreementDays: null,
};
const causes = (more: Partial<EscalationFacts>) =>
  escalationCauses({ ...calm, ...more }).map(({ cause }) => cause);

describe("the conditions of D9", () => {
  it("hold for nobody who is on track", () => {
    expect(causes({})).toEqual([]);
  });

  it("ask on the same day when the contact reviews alternatives or replaces", () => {
    expect(causes({ intent: "replace" })).toEqual(["intent"]);
    expect(causes({ intent: "review_alternatives" })).toEqual(["intent"]);
  });

  it("wait five business days of silence, and eight or twelve days without a first act", () => {
    expect(causes({ verdict: "stalled", stalledDays: 4 })).toEqual([]);
    expect(causes({ verdict: "stalled", stalledDays: 5 })).toEqual(["stalled"]);
    expect(causes({ verdict: "not_started", activeDay: 8, tier: "high" })).toEqual(["not_started"]);
    expect(causes({ verdict: "not_started", activeDay: 11 })).toEqual([]);
    expect(causes({ verdict: "not_started", activeDay: 12 })).toEqual(["not_started"]);
  });

  it("know a case without anybody after four weeks, only when the renewal is near", () => {
    const alone = { replacementKnown: false, daysOpen: 28 };
    expect(causes({ ...alone, daysToRenewal: 120 })).toEqual(["no_replacement"]);
    expect(causes({ ...alone, daysToRenewal: 121 })).toEqual([]);
  });

  it("know a mismatch of five business days and a plan that waited ten days", () => {
    expect(causes({ mismatchDays: 5, agreementDays: 10 })).toEqual(["mismatch", "agreement"]);
    expect(causes({ mismatchDays: 4, agreementDays: 9 })).toEqual([]);
  });
});

const facts: BriefFacts = {
  sponsorFirstName: "Harriet",
  accountName: "Brightmoor Clinics",
  productName: "Fernwick Insight",
  leaverName: "Paul Drennan",
  contactName: "Imani Okafor",
  csmName: "Dana Whitlock",
  renewalOn: "30 September 2026",
  mailsSent: 4,
  tasksDone: 1,
  tasksTotal: 3,
  prioritiesGiven: false,
  meetingHeld: false,
  sponsorPriority: "Shorter waits",
  agreementDays: 12,
};

describe("the draft for the sponsor", () => {
  it("has facts and exactly one ask, and is short, whatever the cause", () => {
    for (const cause of ESCALATION_CAUSES) {
      const { subject, body } = escalationDraft(cause, facts);
      expect(wordCount(body)).toBeLessThanOrEqual(ESCALATION_WORDS);
      expect(body.match(/\?/g)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(body).toMatch(/My ask: /);
      expect(subject).not.toBe("");
      expect(body).toContain("1 of 3 first tasks are done");
    }
  });

  it("never speaks of a score, a verdict, checks or questions", () => {
    for (const cause of ESCALATION_CAUSES)
      expect(escalationDraft(cause, facts).body).not.toMatch(
        /score|ready|risk|stalled|check|question|silent/i,
      );
  });
});
