import { setTimeout as sleep } from "node:timers/promises";
import { assessDue } from "../../operations/assess-due.ts";
import type { Parts } from "../../operations/parts.ts";
import type { StoryClock } from "./story-clock.ts";
import type { Stage } from "./time-lapse.ts";

/** Something that happens at an instant of the story. It may put more on the agenda. */
export interface Event {
  at: Date;
  run(): Promise<void>;
}

/** Things to come, in order; two of one instant in the order they were put. */
export class Agenda {
  #events: Event[] = [];

  put(event: Event): void {
    const index = this.#events.findIndex((other) => other.at > event.at);
    if (index < 0) this.#events.push(event);
    else this.#events.splice(index, 0, event);
  }

  next(): Date | null {
    return this.#events[0]?.at ?? null;
  }

  takeDue(now: Date): Event | null {
    const [first] = this.#events;
    if (first === undefined || first.at > now) return null;
    this.#events.shift();
    return first;
  }
}

/** How long the workers may take for what is due at one instant before the story goes on without them. */
const PATIENCE_MILLISECONDS = 20_000;

/** The demo's world as the time-lapse sees it: an agenda of people, and workers that must be quiet. */
export class DemoStage implements Stage {
  readonly #parts: Parts;
  readonly #clock: StoryClock;
  readonly #agenda: Agenda;
  readonly #readMail: () => Promise<boolean>;

  /** `readMail` lets the people look into their inboxes; true when there was anything new. */
  constructor(parts: Parts, clock: StoryClock, agenda: Agenda, readMail: () => Promise<boolean>) {
    this.#parts = parts;
    this.#clock = clock;
    this.#agenda = agenda;
    this.#readMail = readMail;
  }

  async nextInstant(now: Date): Promise<Date | null> {
    const [row] = await this.#parts.db.$queryRaw<{ at: Date | null }[]>`
      select least(
        (select min("dueAt") from enrollment where status = 'active' and "dueAt" > ${now}),
        (select min("assessDueAt") from enrollment
          where audience = 'contact' and status in ('pending', 'active', 'paused', 'blocked', 'completed')
            and "assessDueAt" > ${now}),
        (select min("dueAt") from send where status in ('planned', 'deferred') and "dueAt" > ${now})
      ) as at`;
    const instants = [row?.at ?? null, this.#agenda.next()].filter((at) => at !== null && at > now);
    return instants.length === 0 ? null : new Date(Math.min(...instants.map((at) => Number(at))));
  }

  async settle(): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      for (let event = this.#agenda.takeDue(now); event !== null; event = this.#agenda.takeDue(now)) {
        await event.run();
      }
      await this.#letWorkersFinish(now);
      while ((await assessDue(this.#parts)).looked > 0);
      const next = this.#agenda.next();
      if (!(await this.#readMail()) && (next === null || next > now)) return;
    }
  }

  async #letWorkersFinish(now: Date): Promise<void> {
    const until = Date.now() + PATIENCE_MILLISECONDS;
    for (let woken = false; ; woken = true) {
      const { enrollments, sends } = await this.#pending(now);
      if (enrollments + sends === 0n || Date.now() > until) return;
      if (!woken && enrollments > 0n) await this.#parts.waker.enrollmentsDue();
      await sleep(15);
    }
  }

  async #pending(now: Date): Promise<{ enrollments: bigint; sends: bigint }> {
    const [row] = await this.#parts.db.$queryRaw<{ enrollments: bigint; sends: bigint }[]>`
      select
        (select count(*) from enrollment where status = 'active' and "dueAt" <= ${now}) as enrollments,
        (select count(*) from send where status in ('planned', 'claimed', 'transmitting') and "dueAt" <= ${now}) as sends`;
    return row ?? { enrollments: 0n, sends: 0n };
  }
}
