import type { PlannedStep } from "./plan-program.ts";

/** A program in three figures, for choosing between two of them. */
export interface TrackLength {
  readonly mails: number;
  /** Active days from the first mail to the last. */
  readonly days: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

export function trackLength(steps: readonly PlannedStep[]): TrackLength {
  const mails = steps.filter(({ kind, recipient }) => kind === "mail" && recipient === "contact");
  const last = mails.at(-1);
  return {
    mails: mails.length,
    days: last?.activeDay ?? 0,
    firstAt: mails[0]?.at ?? null,
    lastAt: last?.at ?? null,
  };
}

/** "4 mails more, 12 days longer than the proposed one". */
export function differenceInWords(one: TrackLength, proposed: TrackLength): string {
  const mails = one.mails - proposed.mails;
  const days = one.days - proposed.days;
  if (mails === 0 && days === 0) return "As many mails in as many days as the proposed one";
  const said = [
    mails === 0 ? "" : `${counted(Math.abs(mails), "mail")} ${mails > 0 ? "more" : "fewer"}`,
    days === 0 ? "" : `${counted(Math.abs(days), "day")} ${days > 0 ? "longer" : "shorter"}`,
  ];
  return `${said.filter((part) => part !== "").join(", ")} than the proposed one`;
}

function counted(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
