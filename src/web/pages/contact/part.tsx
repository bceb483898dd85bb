import type { ReactNode } from "react";
import { Tag } from "../ui/tag.tsx";
import type { FormContext } from "./form-context.ts";

/** What of a page can be folded, the forms that stand in it, and the other places that links name. */
const parts = {
  story: [],
  goals: ["goals", "agreement"],
  value: ["value"],
  people: ["introduction", "people"],
  priorities: ["priorities"],
  question: ["question", "no-question", "objection"],
  intent: ["intent"],
  meeting: ["meeting", "slot", "agenda", "arrange"],
  you: ["profile", "you"],
  pace: ["pace", "pause", "resume"],
  stop: ["stop", "wrong-person"],
  record: [],
  endorse: ["endorse"],
  measure: ["measure"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PartKey = keyof typeof parts;

/** Open: where a link leads, where a form was just sent or refused, and where something waits for the reader. */
export function isOpen(context: FormContext, part: PartKey): boolean {
  const form = context.typed?.form ?? context.saved;
  const places: readonly string[] = [part, ...parts[part]];
  return [form, context.openAt ?? null].some(
    (place) => place !== null && (places.includes(place.split(":")[0] ?? "") || place.startsWith(`${part}-`)),
  );
}

/** The reader came for one of the folded parts, not for a step of the course. */
export function leadsToPart(context: FormContext): boolean {
  return (Object.keys(parts) as PartKey[]).some((part) => isOpen(context, part));
}

/** A place on this page, from this page: what is folded around it comes open, with and without a script. */
export function placeOn(id: string): string {
  return `?open=${encodeURIComponent(id)}#${id}`;
}

/**
 * Folded to its name and one line on how it stands. Its id is inside, so that a browser which follows a link
 * to it unfolds it by itself.
 */
export function Part(props: {
  context: FormContext;
  id: PartKey;
  title: ReactNode;
  /** How it stands, in one line. */
  state: ReactNode;
  /** Something that waits for the reader, in two or three words. */
  news?: string | null;
  children: ReactNode;
}) {
  const { context, id, title, state, news = null, children } = props;
  return (
    <details className="part" open={news !== null || isOpen(context, id)}>
      <summary>
        <span className="what">
          <h2>{title}</h2>
          <span className="soft small">{state}</span>
        </span>
        {news === null ? null : <Tag tone="good">{news}</Tag>}
      </summary>
      <div className="inside" id={id}>
        {children}
      </div>
    </details>
  );
}
