import type { CaseRoom, NextAct } from "./case-room-parts.ts";
import type { RoomEnrollment } from "./room-parts.ts";

const SETTLED: readonly string[] = ["answered", "accepted", "answered_by_resource", "closed"];
const LIVE: readonly string[] = ["active", "paused", "pending", "blocked"];

type RoomFacts = Omit<CaseRoom, "nextAct">;

/** First match wins: what a person waits for comes before what the program waits for. Null: nothing needs a person. */
export function nextAct(room: RoomFacts, now: Date): NextAct | null {
  if (room.case.status === "closed") return null;
  const contact = room.enrollments.find(({ audience }) => audience === "contact") ?? null;
  return (
    repairs(room) ??
    (contact === null ? null : meetingAct(contact, now)) ??
    (contact === null ? null : questionAct(contact, "high")) ??
    escalationAct(room) ??
    (contact === null || !LIVE.includes(contact.status) ? startAct(room, contact) : null) ??
    (contact === null
      ? null
      : (waitingAct(contact) ?? readyAct(contact) ?? questionAct(contact, "normal"))) ??
    dutyAct(room)
  );
}

const go = (href: string) => ({ kind: "go", href }) as const;

function repairs(room: RoomFacts): NextAct | null {
  for (const enrollment of room.enrollments) {
    const lost = enrollment.steps.find(({ send }) => send?.status === "uncertain");
    if (lost !== undefined) {
      return {
        why: `Nobody can know whether “${lost.subject}” arrived. You decide whether it goes again.`,
        label: "Decide about the mail",
        act: go(enrollment.audience === "contact" ? `#step-${lost.key}` : "#program"),
      };
    }
    if (enrollment.status === "blocked") {
      return {
        why: enrollment.blockedReason ?? "The program cannot go on by itself.",
        label: "See what is missing",
        act: go("#program"),
      };
    }
  }
  return null;
}

function meetingAct(contact: RoomEnrollment, now: Date): NextAct | null {
  const { firstName } = contact.contact;
  const open = contact.meetings.find(({ state }) => state === "requested" || state === "booked");
  if (open === undefined) return null;
  if (open.state === "booked") {
    if (open.slotAt === null || open.slotAt > now) return null;
    return {
      why: `The meeting with ${firstName} was to be held.`,
      label: "Say how it went",
      act: go("#meeting"),
    };
  }
  return {
    why: `${firstName} asked to meet. Whoever asks is met, whatever the score says.`,
    label: open.slotAt !== null && open.slotAt > now ? "Confirm the time" : "Book the meeting",
    act: go("#meeting"),
  };
}

function questionAct(contact: RoomEnrollment, severity: "high" | "normal"): NextAct | null {
  const open = contact.questions.filter(({ state }) => !SETTLED.includes(state));
  const question = open.find((one) =>
    severity === "high" ? one.severity === "high" || one.kind === "objection" : true,
  );
  if (question === undefined) return null;
  const { firstName } = contact.contact;
  const isObjection = question.kind === "objection" || question.severity === "high";
  return {
    why: isObjection
      ? `${firstName} has an objection that keeps them from being ready.`
      : `${firstName} waits for an answer.`,
    label: isObjection ? "Answer the objection" : "Answer the question",
    act: go(`#question-${question.id}`),
  };
}

function escalationAct(room: RoomFacts): NextAct | null {
  const { draft, causes, blocked } = room.escalation;
  const [first] = causes;
  if (draft !== null) {
    return {
      why: "A brief for the sponsor is written and waits for your word.",
      label: "Read the brief",
      act: go(`/cases/${room.case.id}/escalate`),
    };
  }
  // Asked once by the daily look; a decision that is still young is not asked for again.
  const asked = room.csmTasks.some(({ kind, doneAt }) => kind === "escalate" && doneAt === null);
  if (first === undefined || blocked !== null || !asked) return null;
  return { why: first.why, label: "Escalate to the sponsor", act: go(`/cases/${room.case.id}/escalate`) };
}

function startAct(room: RoomFacts, ended: RoomEnrollment | null): NextAct | null {
  if (ended !== null && room.replacement?.id === ended.contact.id) return null;
  if (room.replacement === null) {
    return {
      why: "Nobody is recorded who takes over. Everything else waits for that name.",
      label: "Name who takes over",
      act: go("#capture-replacementContactId"),
    };
  }
  return {
    why: `${room.replacement.firstName} takes over and is not enrolled yet.`,
    label: `Enroll ${room.replacement.firstName}`,
    act: go(`/enroll?case=${room.case.id}`),
  };
}

function waitingAct(contact: RoomEnrollment): NextAct | null {
  const { firstName } = contact.contact;
  if (!contact.waitingForPerson) return null;
  return {
    why: `Two shorter mails to ${firstName} went unanswered. Get in touch in your own words, then let the program go on.`,
    label: "Let the program go on",
    act: { kind: "post", action: `/enrollments/${contact.id}/resume`, fields: {} },
  };
}

function readyAct(contact: RoomEnrollment): NextAct | null {
  const met = contact.meetings.some(({ state }) => ["booked", "held", "requested"].includes(state));
  if (contact.readiness?.verdict !== "ready" || met) return null;
  return {
    why: `${contact.contact.firstName} is ready for a meeting that is not a demo.`,
    label: "Book the meeting",
    act: go("#meeting"),
  };
}

function dutyAct(room: RoomFacts): NextAct | null {
  const duty = room.csmTasks.find(({ doneAt, kind }) => doneAt === null && kind !== "escalate");
  if (duty === undefined) return null;
  return { why: duty.text, label: "See what to do", act: go(`?duty=${duty.id}#duty-${duty.id}`) };
}
