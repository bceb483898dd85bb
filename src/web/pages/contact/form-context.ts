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
  /** What was saved, by act kind; it is said at the form. */
  said?: string | null;
  /** A step that the reader opened. */
  openStep?: string | null;
  /** The place a link leads to, by its id ("question", "task-own-setup"): whatever is folded around it opens. */
  openAt?: string | null;
  /** False when the program has ended: the page is read only. */
  live: boolean;
  /** A person of the vendor looks at it as its reader sees it: nobody acts, or takes data along, in another's name. */
  looking?: boolean;
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

export function anchor(form: string): string {
  return `f-${form.replaceAll(/[^a-z0-9]+/gi, "-")}`;
}
