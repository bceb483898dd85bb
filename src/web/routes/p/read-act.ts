import { createHash } from "node:crypto";
import type { ActInput } from "../../../domain/engagement/acts.ts";
import { Act } from "../../../domain/engagement/acts.ts";

/** A form as it came: every field may stand several times. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

export function formValues(body: unknown): FormValues {
  if (typeof body !== "object" || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]),
  );
}

/** Trimmed; empty is absent. */
function one(values: FormValues, name: string): string | undefined {
  const text = values[name]?.[0]?.trim();
  return text === undefined || text === "" ? undefined : text;
}

/** Leaves out what was not filled in: an empty box is no answer. */
function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function keyed(values: FormValues, prefix: string): { key: string; value: string }[] {
  return Object.keys(values)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const value = one(values, name);
      return value === undefined ? [] : [{ key: name.slice(prefix.length), value }];
    });
}

function fieldsOf(kind: string, values: FormValues): Record<string, unknown> {
  const take = (...names: string[]) =>
    filled(Object.fromEntries(names.map((name) => [name, one(values, name)])));
  switch (kind) {
    case "task-done":
      return { ...take("task", "text", "link"), ...filled({ choices: chosen(values, "choices") }) };
    case "check-answered":
      return {
        ...take("check"),
        answers: keyed(values, "item.").map(({ key, value }) => ({ item: key, choice: value })),
      };
    case "priorities-set":
      return { items: priorities(values) };
    case "agenda-set":
      return { points: ranked(values, "point.").map(({ value }) => value) };
    case "agenda-arranged":
      return arrangement(values);
    case "goals-reviewed":
      return {
        decisions: keyed(values, "decision.").map(({ key, value }) =>
          filled({
            goal: key,
            decision: value,
            statement: value === "change" ? one(values, `statement.${key}`) : undefined,
            byDate: value === "change" ? one(values, `byDate.${key}`) : undefined,
            why: one(values, `why.${key}`),
          }),
        ),
      };
    case "objective-confirmed":
      return { ...take("objective"), met: one(values, "met") === "yes" };
    case "agreement-accepted":
      return { version: Number(one(values, "version")) };
    case "colleague-introduced":
      return { ...take("who", "email"), delegate: one(values, "delegate") === "yes" };
    default:
      return take(...plainFields);
  }
}

/** Fields that stand for themselves in the remaining acts; an act takes only its own. */
const plainFields = [
  "resource",
  "text",
  "step",
  "because",
  "value",
  "decision",
  "correction",
  "intent",
  "why",
  "note",
  "slotAt",
  "pace",
  "until",
  "reason",
  "whoInstead",
];

function chosen(values: FormValues, name: string): string[] | undefined {
  const list = (values[name] ?? []).filter((value) => value !== "");
  return list.length === 0 ? undefined : list;
}

function priorities(values: FormValues): { text: string; why?: string }[] {
  const why = one(values, "why");
  return ranked(values, "priority.").map(({ value }, index) =>
    index === 0 && why !== undefined ? { text: value, why } : { text: value },
  );
}

/** The agenda as it was shown, and the one button that was pressed: "leave KEY", "back KEY", "up KEY". */
function arrangement(values: FormValues): { order: string[]; leftOut: string[] } {
  const order = ranked(values, "item.").map(({ value }) => value);
  const leftOut = [...(values["left"] ?? [])];
  const [, what, key = ""] = /^(leave|back|up) (.+)$/s.exec(values["do"]?.[0] ?? "") ?? [];
  const at = order.indexOf(key);
  if (what === "up" && at > 0) order.splice(at - 1, 2, key, order[at - 1] ?? "");
  if (what === "leave") return { order, leftOut: [...new Set([...leftOut, key])] };
  return { order, leftOut: what === "back" ? leftOut.filter((one) => one !== key) : leftOut };
}

/** By their place on the page; empty lines are none. */
function ranked(values: FormValues, prefix: string): { key: string; value: string }[] {
  return keyed(values, prefix).sort((a, b) => Number(a.key) - Number(b.key));
}

export type ReadAct = { ok: true; act: ActInput; dedupeKey: string } | { ok: false; complaint: string };

/** Turns a posted form into an act, or into one sentence that says what to change. */
export function readAct(values: FormValues): ReadAct {
  const kind = one(values, "act") ?? "";
  const parsed = Act.safeParse({ kind, ...fieldsOf(kind, values) });
  if (!parsed.success)
    return { ok: false, complaint: complaintFor(kind, parsed.error.issues[0]?.path ?? []) };
  const { data: act } = parsed;
  if (act.kind === "value-reviewed" && act.decision === "correct" && act.correction === undefined)
    return { ok: false, complaint: "Write the right number first." };
  if (act.kind === "goals-reviewed") {
    const empty = act.decisions.some((one) => one.decision === "change" && !one.statement && !one.byDate);
    if (empty)
      return {
        ok: false,
        complaint: "To change a goal, open “New words” and write the goal as you would say it.",
      };
  }
  return { ok: true, act, dedupeKey: dedupeKeyOf(values, act) };
}

/**
 * The same form sent twice is one act; the same page with other content is another. So the key
 * covers the page's own number and what was said.
 */
function dedupeKeyOf(values: FormValues, act: unknown): string {
  const content = JSON.stringify([one(values, "once") ?? "", act]);
  return `form.${createHash("sha256").update(content).digest("base64url").slice(0, 32)}`;
}

const complaints: Readonly<Record<string, string>> = {
  "task-done.link":
    "That does not look like a link. It starts with https://, or leave it empty and use words.",
  "check-answered.answers": "Choose an answer first.",
  "question-asked.text": "Write your question first; a few words are enough.",
  "no-question.because": "Say in a few words why, so we know you were not simply missed.",
  "objection-raised.text": "Write what speaks against it; a few words are enough.",
  "priorities-set.items": "Write at least one priority, at most 300 characters each.",
  "goals-reviewed.decisions": "Choose keep, change or drop for at least one goal.",
  "intent-stated.intent": "Choose the line that fits best today.",
  "slot-chosen.slotAt": "Choose one of the times first.",
  "agenda-edited.note": "Write what should change on the agenda.",
  "agenda-set.points": "Keep each point under 300 characters; ten points are the most.",
  "profile-told.text": "Write a line about your role.",
  "pause-asked.until": "Choose the day on which mails may start again.",
  "colleague-introduced.who": "Write the colleague's name.",
  "measure-restated.text": "Write the measure in your words.",
  "value-reviewed.decision": "Choose one of the two buttons.",
};

function complaintFor(kind: string, path: readonly PropertyKey[]): string {
  const known = complaints[`${kind}.${String(path[0] ?? "")}`];
  return known ?? "This could not be read. Look at the form again, and keep each text under 4000 characters.";
}

/** Moves one row of a ranked list up, for the arrows beside it. Stores nothing. */
export function moveUp(values: FormValues, row: number): FormValues {
  const prefix = Object.keys(values)
    .find((name) => /^[a-z]+\.\d+$/.test(name))
    ?.split(".")[0];
  const above = `${prefix}.${row - 1}`;
  const here = `${prefix}.${row}`;
  if (!(above in values) || !(here in values)) return values;
  return { ...values, [above]: values[here] ?? [], [here]: values[above] ?? [] };
}
