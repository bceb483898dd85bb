import type { ReactNode } from "react";

/** What a refused form had in it, so nothing has to be typed twice. */
export interface Typed {
  /** Which form on the page, "task:own-setup". */
  form: string;
  values: Readonly<Record<string, readonly string[]>>;
  /** What to change, in words; null when only rows were moved. */
  complaint: string | null;
}

/** What every form of a signed page needs to know. */
export interface FormContext {
  /** The address of this page: /p/<token>. */
  address: string;
  /** New for every rendered page; the same form sent twice is one act. */
  once: string;
  typed: Typed | null;
  /** The step of the mail whose link was followed: it opens by itself. */
  mailStep: string | null;
  /** The form that was just saved, so that its place on the page is open. */
  saved: string | null;
  /** False when the program has ended: the page is read only. */
  live: boolean;
}

/** What was typed into this form before it was refused; else the value that stands. */
export function typedValue(context: FormContext, form: string, name: string, standing = ""): string {
  if (context.typed?.form !== form) return standing;
  return context.typed.values[name]?.[0] ?? "";
}

export function isChosen(context: FormContext, form: string, name: string, value: string, standing: boolean) {
  if (context.typed?.form !== form) return standing;
  return (context.typed.values[name] ?? []).includes(value);
}

/** A form that posts one act. Its id is also where the page comes back to. */
export function ActForm(props: {
  context: FormContext;
  form: string;
  act: string;
  fields?: Readonly<Record<string, string>>;
  children: ReactNode;
}) {
  const { context, form, act, fields = {}, children } = props;
  if (!context.live) return null;
  const complaint = context.typed?.form === form ? context.typed.complaint : null;
  return (
    <form method="post" action={`${context.address}#${anchor(form)}`} id={anchor(form)}>
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

export function anchor(form: string): string {
  return `f-${form.replaceAll(/[^a-z0-9]+/gi, "-")}`;
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
        <textarea id={id} name={name} defaultValue={value} required={required} maxLength={4000} rows={3} />
      ) : (
        <input id={id} type={kind} name={name} defaultValue={value} required={required} min={props.min} />
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
