import type { ReactNode } from "react";
import type { ContactPage } from "../../../operations/page-parts.ts";
import { count } from "../words.ts";
import { type Reader, timeText, When } from "./reader-time.tsx";

/** How each folded part stands, in one line: the reader sees without opening it whether it wants them. */

export function storyState(page: ContactPage): string {
  return page.story.length === 0 ? "Nothing written down yet" : count(page.story.length, "entry", "entries");
}

export function goalsState({ plan, decided }: ContactPage): string {
  const goals = plan?.goals.filter(({ status }) => status !== "dropped") ?? [];
  if (goals.length === 0) return "None written down yet";
  const kept = goals.filter(({ key }) => decided[key] === "keep" || decided[key] === "change").length;
  const agreed = plan?.acceptances.some(({ party, at }) => party === "contact" && at !== null) === true;
  return `${kept} of ${count(goals.length, "goal")} kept${agreed ? ", and you agreed to the plan" : ""}`;
}

export function valueState({ values }: ContactPage): string {
  const open = values.filter(({ confirmed }) => !confirmed).length;
  return open === 0
    ? `${count(values.length, "number")}, confirmed by your team`
    : `${open} of ${count(values.length, "number")} to look at`;
}

export function peopleState({ people }: ContactPage): string {
  return people.length === 0 ? "Nobody listed yet" : count(people.length, "person", "people");
}

export function prioritiesState({ priorities }: ContactPage): ReactNode {
  const [first] = priorities;
  if (first === undefined) return "Not ranked yet; one is enough";
  return (
    <>
      First: <bdi>{first.text}</bdi>
    </>
  );
}

export function questionsState({ questions }: ContactPage): string {
  if (questions.length === 0) return "None yet; ask anything";
  const answered = questions.filter(({ answer }) => answer !== null).length;
  const open = questions.length - answered;
  const parts = [answered > 0 ? `${answered} answered` : "", open > 0 ? `${open} with us` : ""];
  return `${count(questions.length, "question")}: ${parts.filter((part) => part !== "").join(", ")}`;
}

/** The day, never the answer: a page may lie open beside somebody. */
export function intentState({ intent }: ContactPage, reader: Reader): ReactNode {
  if (intent === null) return "Not said yet; every answer is a good one";
  return (
    <>
      Said on <When at={intent.statedAt} reader={reader} />
    </>
  );
}

export function meetingState({ meeting, agenda }: ContactPage, reader: Reader): ReactNode {
  const points = agenda.items.length === 0 ? "" : `${count(agenda.items.length, "point")} to talk about`;
  if (meeting?.slotAt != null && (meeting.state === "booked" || meeting.state === "requested"))
    return (
      <>
        <When at={meeting.slotAt} reader={reader} how="time" />
        {meeting.state === "booked" ? "" : ", not confirmed yet"}
      </>
    );
  if (meeting?.state === "requested") return "You asked; an answer comes within one working day";
  return points === "" ? "Ask for one at any time" : points;
}

const paces = { slow: "Slower mails", normal: "As it is", fast: "Faster mails" } as const;

export function paceState(page: ContactPage, reader: Reader): string {
  if (!page.paused) return paces[page.pace];
  return page.pausedUntil === null ? "Paused" : `Paused until ${timeText(page.pausedUntil, reader, "day")}`;
}

/** What waits for the reader in a part, which stands open for it; null: nothing. */
export function newsOf(page: ContactPage, part: "question" | "meeting"): string | null {
  if (part === "question") {
    const fresh = page.questions.filter(({ isNew }) => isNew).length;
    return fresh === 0 ? null : fresh === 1 ? "New answer" : `${fresh} new answers`;
  }
  if (page.meetingIsNew) return "A time is fixed";
  const asked = page.meeting?.state === "requested" && page.meeting.slotAt === null;
  return page.live && asked && page.slots.length > 0 ? "Choose a time" : null;
}
