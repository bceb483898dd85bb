/** Why an operation would not do what was asked: for the person who asked, in their words. */
export interface Refusal {
  /** Stable and machine-readable, "already-enrolled". */
  readonly code: string;
  /** Where: a field, a file and line, a row. */
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}

export type Result<T> = ({ ok: true } & T) | { ok: false; problem: Refusal };

export function refuse(
  code: string,
  place: string,
  message: string,
  remedy: string,
): { ok: false; problem: Refusal } {
  return { ok: false, problem: { code, place, message, remedy } };
}
