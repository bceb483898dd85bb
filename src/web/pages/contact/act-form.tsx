import type { ReactNode } from "react";
import { anchor, type FormContext, isChosen, typedValue } from "./form-context.ts";
import { keptWords } from "./said-words.ts";

/** At the form itself: what became of it. Also where the page comes back to. */
export function Kept({ context, form }: { context: FormContext; form: string }) {
  const words = context.saved === form ? keptWords(context.said) : null;
  if (words === null) return null;
  return (
    <p className="kept" role="status" id={`saved-${anchor(form)}`}>
      {words}
    </p>
  );
}

/** A form that posts one act to the page it stands on ("?": without the query of a visit). Its id is also where the page comes back to. */
export function ActForm(props: {
  context: FormContext;
  form: string;
  act: string;
  fields?: Readonly<Record<string, string>>;
  className?: string;
  children: ReactNode;
}) {
  const { context, form, act, fields = {}, className, children } = props;
  if (!context.live) return null;
  const complaint = context.typed?.form === form ? context.typed.complaint : null;
  return (
    <form method="post" action={`?#${anchor(form)}`} id={anchor(form)} className={className}>
      <Kept context={context} form={form} />
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="form" value={form} />
      <input type="hidden" name="once" value={context.once} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {complaint === null ? null : (
        <p className="complaint" role="alert">
          {complaint}
        </p>
      )}
      {children}
    </form>
  );
}

/** One labelled text box. */
export function TextField(props: {
  context: FormContext;
  form: string;
  name: string;
  label: string;
  hint?: string | null;
  standing?: string;
  long?: boolean;
  required?: boolean;
  kind?: "text" | "email" | "url" | "date";
  min?: string;
  /** Id of a list of suggestions. */
  list?: string;
  autoComplete?: string;
}) {
  const {
    context,
    form,
    name,
    label,
    hint,
    standing = "",
    long = false,
    required = false,
    kind = "text",
  } = props;
  const id = `${anchor(form)}-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;
  const value = typedValue(context, form, name, standing);
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {hint ? <span className="hint">{hint}</span> : null}
      </label>
      {long ? (
        <textarea
          id={id}
          name={name}
          defaultValue={value}
          required={required}
          maxLength={4000}
          rows={3}
          dir="auto"
        />
      ) : (
        <input
          id={id}
          type={kind}
          name={name}
          defaultValue={value}
          required={required}
          min={props.min}
          list={props.list}
          dir={kind === "text" ? "auto" : undefined}
          autoComplete={props.autoComplete}
        />
      )}
    </div>
  );
}

/** One radio button or tick box. */
export function Choice(props: {
  context: FormContext;
  form: string;
  name: string;
  value: string;
  label: string;
  many?: boolean;
  standing?: boolean;
}) {
  const { context, form, name, value, label, many = false, standing = false } = props;
  return (
    <label className="choice">
      <input
        type={many ? "checkbox" : "radio"}
        name={name}
        value={value}
        defaultChecked={isChosen(context, form, name, value, standing)}
      />
      <span>{label}</span>
    </label>
  );
}
