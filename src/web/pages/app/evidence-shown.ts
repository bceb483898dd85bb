import type { RoomEnrollment, RoomEvent } from "../../../operations/room-parts.ts";

export const EVIDENCE_ON_PAGE = 50;

/** What the address of the list asks for. */
export interface EvidenceAsked {
  events: readonly string[];
  /** A part of the score or a gate, by its id. */
  part: string | null;
  machines: boolean;
  /** Null: the page with the first of the marked lines, or the first page. */
  page: number | null;
}

export interface EvidenceShown {
  enrollment: RoomEnrollment | null;
  machines: boolean;
  /** The whole list that is paged. */
  events: readonly RoomEvent[];
  page: number;
  /** Ids of the lines that are asked for. */
  marked: ReadonlySet<string>;
  /** The marked lines by their page of this list. */
  markedOn: { page: number; count: number }[];
  /** Marked lines that stand in the other list: what machines left, or what people did. */
  markedBeside: number;
}

/** Which list, which of its pages, and which lines of it: the events asked for decide, wherever they stand. */
export function evidenceShown(
  enrollments: readonly RoomEnrollment[],
  { events: ids, part, machines, page }: EvidenceAsked,
): EvidenceShown {
  const contact = enrollments.find(({ audience }) => audience === "contact") ?? null;
  const asked = new Set(part === null ? ids : eventsOf(contact, part));
  const holds = (list: readonly RoomEvent[]) => list.some(({ id }) => asked.has(id));
  const enrollment =
    enrollments.find(({ events, machineEvents }) => holds(events) || holds(machineEvents)) ?? contact;
  const people = enrollment?.events ?? [];
  const left = enrollment?.machineEvents ?? [];
  const isMachines = machines || (holds(left) && !holds(people));
  const events = isMachines ? left : people;
  const beside = isMachines ? people : left;
  const markedOn = pagesOf(events, asked);
  return {
    enrollment,
    machines: isMachines,
    events,
    page: page ?? markedOn[0]?.page ?? 1,
    marked: asked,
    markedOn,
    markedBeside: beside.filter(({ id }) => asked.has(id)).length,
  };
}

function eventsOf(contact: RoomEnrollment | null, part: string): readonly string[] {
  const readiness = contact?.readiness;
  if (readiness == null) return [];
  return [...readiness.components, ...readiness.gates].find(({ id }) => id === part)?.eventIds ?? [];
}

function pagesOf(events: readonly RoomEvent[], asked: ReadonlySet<string>): EvidenceShown["markedOn"] {
  const counts = new Map<number, number>();
  for (const [index, { id }] of events.entries()) {
    if (!asked.has(id)) continue;
    const page = Math.floor(index / EVIDENCE_ON_PAGE) + 1;
    counts.set(page, (counts.get(page) ?? 0) + 1);
  }
  return [...counts].map(([page, count]) => ({ page, count }));
}
