import type { ComponentProps, ReactNode } from "react";

interface Around {
  /** Also the name of the field, unless `name` says otherwise. Unique on the page. */
  id: string;
  name?: string;
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with what was typed; the field keeps it. */
  complaint?: string | undefined;
}

function describedBy({ id, hint, complaint }: Around): string | undefined {
  const ids = [hint === undefined ? "" : `${id}-hint`, complaint === undefined ? "" : `${id}-complaint`];
  return ids.filter((one) => one !== "").join(" ") || undefined;
}

/** Label, hint, field and complaint, tied together for a screen reader. */
function Field({ around, children }: { around: Around; children: ReactNode }) {
  const { id, label, hint, complaint } = around;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint === undefined ? null : (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {complaint === undefined ? null : (
        <p className="complaint" id={`${id}-complaint`}>
          {complaint}
        </p>
      )}
    </div>
  );
}

export function TextField({ id, name, label, hint, complaint, ...input }: Around & ComponentProps<"input">) {
  const around = { id, label, hint, complaint };
  return (
    <Field around={around}>
      <input
        type="text"
        {...input}
        id={id}
        name={name ?? id}
        aria-describedby={describedBy(around)}
        aria-invalid={complaint === undefined ? undefined : true}
      />
    </Field>
  );
}

export function TextArea({
  id,
  name,
  label,
  hint,
  complaint,
  ...input
}: Around & ComponentProps<"textarea">) {
  const around = { id, label, hint, complaint };
  return (
    <Field around={around}>
      <textarea
        {...input}
        id={id}
        name={name ?? id}
        aria-describedby={describedBy(around)}
        aria-invalid={complaint === undefined ? undefined : true}
      />
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function SelectField({
  id,
  name,
  label,
  hint,
  complaint,
  options,
  ...input
}: Around & ComponentProps<"select"> & { options: readonly Option[] }) {
  const around = { id, label, hint, complaint };
  return (
    <Field around={around}>
      <select
        {...input}
        id={id}
        name={name ?? id}
        aria-describedby={describedBy(around)}
        aria-invalid={complaint === undefined ? undefined : true}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A few possible answers, all in sight: radio buttons as cards. `note` says what a choice means. */
export function ChoiceCards(props: {
  name: string;
  legend: string;
  options: readonly { value: string; label: string; note?: string }[];
  chosen?: string | undefined;
  required?: boolean;
}) {
  const { name, legend, options, chosen, required } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="choices">
        {options.map((option) => (
          <label className="choice" key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === chosen}
              required={required}
            />
            <span>
              <strong>{option.label}</strong>
              {option.note === undefined ? null : <span className="hint">{option.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
