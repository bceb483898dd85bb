import type { ReactNode } from "react";
import { ActForm } from "./act-form.tsx";
import { type FormContext, typedValue } from "./form-context.ts";

/**
 * A short list in an order of one's own. Without script the arrows post and the server moves the row, storing
 * nothing; with script they and dragging move it at once (assets/js/contact.js).
 */
export function Ranked(props: {
  context: FormContext;
  form: string;
  act: string;
  /** Name of the fields: "priority" gives priority.1, priority.2 … */
  prefix: string;
  /** "Priority": names each row for who does not see it. */
  label: string;
  rows: number;
  standing: readonly string[];
  /** Id of a list of suggestions. */
  list?: string | undefined;
  children: ReactNode;
}) {
  const { context, form, act, prefix, label, standing, list, children } = props;
  const count = Math.max(props.rows, typedRows(context, form, prefix));
  const rows = Array.from({ length: count }, (_, index) => index + 1);
  return (
    <ActForm context={context} form={form} act={act}>
      <ol className="ranked plain" data-ranked={prefix} data-label={label}>
        {rows.map((row) => (
          <li key={row}>
            <b aria-hidden="true">{row}</b>
            <input
              type="text"
              name={`${prefix}.${row}`}
              aria-label={`${label} ${row}`}
              maxLength={300}
              dir="auto"
              list={list}
              defaultValue={typedValue(context, form, `${prefix}.${row}`, standing[row - 1] ?? "")}
            />
            <Arrow label={`Move ${label.toLowerCase()} ${row} up`} way="up" move={row} off={row === 1} />
            <Arrow
              label={`Move ${label.toLowerCase()} ${row} down`}
              way="down"
              move={row + 1}
              off={row === count}
            />
          </li>
        ))}
      </ol>
      {children}
    </ActForm>
  );
}

/** Moving a row down is moving the next one up, so the server knows one move only. */
function Arrow(props: { label: string; way: "up" | "down"; move: number; off: boolean }) {
  const { label, way, move, off } = props;
  return (
    <button type="submit" name="move" value={move} aria-label={label} disabled={off} data-move={way}>
      {way === "up" ? "↑" : "↓"}
    </button>
  );
}

function typedRows(context: FormContext, form: string, prefix: string): number {
  if (context.typed?.form !== form) return 0;
  return Object.keys(context.typed.values).filter((name) => name.startsWith(`${prefix}.`)).length;
}
