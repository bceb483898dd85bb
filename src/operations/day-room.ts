import type { LocalDate } from "../domain/calendar/calendar.ts";
import { addDays } from "../domain/calendar/dates.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import { type CappedDay, countProgramDays } from "../drivers/store/program-days.ts";
import type { Sql } from "../drivers/store/sql.ts";

/** A mail that takes a place: of a program, on a date. */
interface Placed {
  readonly workspaceId: string;
  readonly localDate: LocalDate;
  readonly mailClass?: string;
}
interface Capped {
  readonly workspaceId: string;
  readonly dailyMailCap: number;
}

/** The dates that the planner must know: a mail goes on the day on which it is decided, and is late for a reason. */
export function datesAround(now: Date): LocalDate[] {
  const today = localDateOf(now, "UTC");
  return Array.from({ length: DAYS_BACK + DAYS_AHEAD + 1 }, (_, n) => addDays(today, n - DAYS_BACK));
}

/** Dates further back say nothing any more about why a mail is late. */
const DAYS_BACK = 10;
/** Somewhere it is tomorrow already. */
const DAYS_AHEAD = 1;

/**
 * How many program mails a workspace may still put on each date: a mistaken mass enrollment must not write to a
 * hundred thousand people in one morning. Kept while the planner goes through what is due, so that a day found
 * full is counted once and not for every batch.
 */
export class DayRoom {
  readonly #caps = new Map<string, number>();
  readonly #left = new Map<string, Map<LocalDate, number>>();
  readonly #full = new Map<string, Set<LocalDate>>();

  /** Counts these dates of workspaces that are new here. */
  async learn(sql: Sql, workspaces: readonly Capped[], dates: readonly LocalDate[]): Promise<void> {
    const fresh = new Map<string, number>();
    for (const { workspaceId, dailyMailCap } of workspaces)
      if (!this.#caps.has(workspaceId)) fresh.set(workspaceId, dailyMailCap);
    for (const [workspaceId, cap] of fresh) this.#caps.set(workspaceId, cap);
    await this.#count(
      sql,
      [...fresh].flatMap(([workspaceId, cap]) =>
        cap === 0 ? [] : dates.map((localDate) => ({ workspaceId, localDate, cap })),
      ),
    );
  }

  /** Counts again exactly the days on which these mails would go. False: they do not all fit, and now it is known. */
  async fits(sql: Sql, mails: readonly Placed[]): Promise<boolean> {
    const wanted = new Map<string, { day: CappedDay; mails: number }>();
    for (const mail of mails) {
      const cap = this.#capOf(mail);
      if (cap === 0) continue;
      const { workspaceId, localDate } = mail;
      const one = wanted.get(`${workspaceId} ${localDate}`);
      if (one !== undefined) one.mails += 1;
      else wanted.set(`${workspaceId} ${localDate}`, { day: { workspaceId, localDate, cap }, mails: 1 });
    }
    await this.#count(
      sql,
      [...wanted.values()].map(({ day }) => day),
    );
    return [...wanted.values()].every(({ day, mails: n }) => this.#leftOn(day) >= n);
  }

  /** Workspaces in which these mails take a place that is counted. */
  cappedOf(mails: readonly Placed[]): string[] {
    return [...new Set(mails.filter((mail) => this.#capOf(mail) > 0).map(({ workspaceId }) => workspaceId))];
  }

  take(mail: Placed): void {
    if (this.#capOf(mail) > 0) this.#set(mail, this.#leftOn(mail) - 1);
  }

  fullFor(workspaceId: string): ReadonlySet<LocalDate> {
    return this.#full.get(workspaceId) ?? NONE;
  }

  #capOf({ workspaceId, mailClass = "program" }: Placed): number {
    return mailClass === "program" ? (this.#caps.get(workspaceId) ?? 0) : 0;
  }

  #leftOn({ workspaceId, localDate }: Placed): number {
    return this.#left.get(workspaceId)?.get(localDate) ?? this.#caps.get(workspaceId) ?? 0;
  }

  async #count(sql: Sql, days: readonly CappedDay[]): Promise<void> {
    const caps = new Map(days.map(({ workspaceId, cap }) => [workspaceId, cap]));
    for (const row of await countProgramDays(sql, days))
      this.#set(row, (caps.get(row.workspaceId) ?? 0) - row.count);
  }

  #set({ workspaceId, localDate }: Placed, left: number): void {
    const dates = this.#left.get(workspaceId) ?? new Map<LocalDate, number>();
    this.#left.set(workspaceId, dates.set(localDate, left));
    const full = this.#full.get(workspaceId) ?? new Set<LocalDate>();
    if (left > 0) full.delete(localDate);
    else full.add(localDate);
    this.#full.set(workspaceId, full);
  }
}

const NONE: ReadonlySet<LocalDate> = new Set();
