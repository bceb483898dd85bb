import type { Agenda, AgendaItem } from "./readiness.ts";

/** What the person made of the proposed agenda: the keys of its items in their order, and those they left out. */
export interface Arrangement {
  readonly order: readonly string[];
  readonly leftOut: readonly string[];
}

/**
 * Names an item for as long as it is about the same thing: a question by who asked it, what there is one of by its
 * kind. A number to confirm is another one as soon as it changes.
 */
export function agendaKey(item: AgendaItem): string {
  switch (item.kind) {
    case "goals":
    case "task":
    case "next":
      return item.kind;
    case "mismatch":
    case "objection":
    case "question":
      return `${item.kind}.${item.eventIds[0] ?? item.text}`;
    case "value":
    case "own":
      return `${item.kind}.${item.text}`;
    default:
      return item.kind satisfies never;
  }
}

/** Own points and who-does-what keep their places; between them stands what is proposed, as the person wants it. */
export function arrangeAgenda(agenda: Agenda, { order, leftOut }: Arrangement): Agenda {
  const place = (item: AgendaItem) => {
    const index = order.indexOf(agendaKey(item));
    // What is new since they arranged it comes after what they placed.
    return index === -1 ? order.length : index;
  };
  const isLeftOut = (item: AgendaItem) => isMovable(item) && leftOut.includes(agendaKey(item));
  const kept = agenda.items.filter((item) => !isLeftOut(item));
  const movable = kept.filter(isMovable).sort((a, b) => place(a) - place(b));
  const [own, close] = [
    kept.filter(({ kind }) => kind === "own"),
    kept.filter(({ kind }) => kind === "next"),
  ];
  return {
    ...agenda,
    items: [...own, ...movable, ...close],
    leftOut: agenda.items.filter(isLeftOut),
  };
}

/** Own points are ordered where they are written; the last item closes every meeting. */
export function isMovable({ kind }: AgendaItem): boolean {
  return kind !== "own" && kind !== "next";
}
