/** ISO weekday: 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A calendar date, `YYYY-MM-DD`, meaningful only beside a zone. */
export type LocalDate = string;

/** A wall time, `HH:MM`. */
export type WallTime = string;

/**
 * When one person may be written to. Everything is in the person's own zone.
 * Built once per enrollment from contact → account → workspace (issue 2.4).
 */
export interface Calendar {
  /** IANA zone. */
  readonly zone: string;
  readonly workWeek: readonly Weekday[];
  /** Public holidays and the account's own days off, with the name to show. */
  readonly closedDays: ReadonlyMap<LocalDate, string>;
  readonly window: { readonly start: WallTime; readonly end: WallTime };
}

/** A span during which days are not active days. `until` null: still paused. Instants are ISO UTC. */
export interface Pause {
  readonly from: string;
  readonly until: string | null;
  readonly reason: string;
}
