import { setTimeout as sleep } from "node:timers/promises";
import type { StoryClock } from "./story-clock.ts";

/** What the time-lapse asks of the world: when something happens next, and to let it happen. */
export interface Stage {
  /** The earliest instant strictly after `now` that has work: a due mail, an act of a reader, an assessment. */
  nextInstant(now: Date): Promise<Date | null>;
  /** Does everything due at the clock's instant and returns when the workers are quiet. */
  settle(): Promise<void>;
}

const FRAME_MILLISECONDS = 50;
const DAY_MILLISECONDS = 86_400_000;

/**
 * Plays until `end`: each frame moves the clock by its share of a day, but never past the next
 * instant that matters. While paused, only `step` moves it.
 */
export class TimeLapse {
  readonly #clock: StoryClock;
  readonly #stage: Stage;
  #stepTo: Date | null = null;
  #stopped = false;

  constructor(clock: StoryClock, stage: Stage) {
    this.#clock = clock;
    this.#stage = stage;
  }

  /** One step of `hours` business hours, also while paused. */
  step(hours: number): void {
    const from = this.#stepTo ?? this.#clock.now();
    this.#stepTo = new Date(from.getTime() + hours * 3_600_000);
  }

  stop(): void {
    this.#stopped = true;
  }

  async playUntil(end: Date): Promise<void> {
    while (!this.#stopped && this.#clock.now() < end) {
      const target = this.#frameTarget(end);
      if (target === null) {
        await sleep(FRAME_MILLISECONDS);
        continue;
      }
      await this.#moveTo(target);
    }
  }

  #frameTarget(end: Date): Date | null {
    if (this.#stepTo) {
      const to = this.#stepTo;
      this.#stepTo = null;
      return to < end ? to : end;
    }
    if (!this.#clock.playing) return null;
    const share = (FRAME_MILLISECONDS / 1000 / this.#clock.daySeconds) * DAY_MILLISECONDS;
    return new Date(Math.min(end.getTime(), this.#clock.now().getTime() + share));
  }

  /** Stops at every instant that matters on the way, so that nothing is late by a frame. */
  async #moveTo(target: Date): Promise<void> {
    const began = Date.now();
    await this.#stage.settle();
    for (;;) {
      const next = await this.#stage.nextInstant(this.#clock.now());
      if (this.#stopped || next === null || next > target) break;
      this.#clock.advanceTo(next);
      await this.#stage.settle();
    }
    this.#clock.advanceTo(target);
    const left = FRAME_MILLISECONDS - (Date.now() - began);
    if (left > 0) await sleep(left);
  }
}
