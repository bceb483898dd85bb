import type { Clock } from "../../clock.ts";

/**
 * Business time that a time-lapse moves. It never runs by itself: the story advances it, stops at
 * every instant at which something is due, lets the workers finish, and goes on. So a mail planned
 * for 09:00 goes at 09:00 however fast the days pass. Machine time is left alone.
 */
export class StoryClock implements Clock {
  #now: Date;
  #playing = true;
  #daySeconds: number;

  constructor(start: Date, daySeconds: number) {
    this.#now = start;
    this.#daySeconds = daySeconds;
  }

  now(): Date {
    return new Date(this.#now);
  }

  wall(): Date {
    return new Date();
  }

  /** Real seconds that a day takes. */
  get daySeconds(): number {
    return this.#daySeconds;
  }

  get playing(): boolean {
    return this.#playing;
  }

  play(): void {
    this.#playing = true;
  }

  pause(): void {
    this.#playing = false;
  }

  setDaySeconds(seconds: number): void {
    this.#daySeconds = Math.min(3600, Math.max(0.2, seconds));
  }

  /** Moves forward only: an event log with a clock that runs back would be a lie. */
  advanceTo(instant: Date): void {
    if (instant > this.#now) this.#now = new Date(instant);
  }
}
