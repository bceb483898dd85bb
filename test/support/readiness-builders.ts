import { classified } from "../../src/domain/engagement/classify-evidence.ts";
import type { EngagementEvent, LogEvent } from "../../src/domain/engagement/events.ts";
import {
  type KnowledgeItem,
  type ReadinessTrack,
  TRACK_DEFAULTS,
  type TrackName,
  type TrackTask,
} from "../../src/domain/readiness/track.ts";

type Loose<E> = E extends LogEvent ? Omit<E, "at"> : never;
export type EventFacts = Loose<LogEvent>;

export const TITLES = [
  "Say what you were told",
  "Name three things you recognise",
  "Choose the result you must protect",
  "Say hello to one",
  "Do one real thing",
  "Edit the plan",
];

export function item(number: number): KnowledgeItem {
  return {
    key: `item-${number}`,
    title: `Item ${number}`,
    questions: [],
    aliases: [],
    stepKey: `step-${number}`,
    skipWhen: [],
  };
}

export function task(number: number, facts: Partial<TrackTask> = {}): TrackTask {
  return {
    key: `task-${number}`,
    title: TITLES[number - 1] ?? `Task ${number}`,
    weight: 1,
    must: number <= 2,
    stepKey: `step-${number}`,
    skipWhen: [],
    ...facts,
  };
}

/** The track of domain.md D3 with as many items and tasks as its table says. */
export function trackOf(name: TrackName, facts: Partial<ReadinessTrack> = {}): ReadinessTrack {
  const [items, tasks] = { internal: [3, 4], external_new_function: [6, 6], ex_competitor: [4, 6] }[name];
  const numbers = (count = 0) => Array.from({ length: count }, (_, index) => index + 1);
  return {
    name,
    ...TRACK_DEFAULTS[name],
    items: numbers(items).map((number) => item(number)),
    tasks: numbers(tasks).map((number) => task(number)),
    ...facts,
  };
}

/** An event on an active day after Friday 13 March 2026, at a wall time of Denver's (UTC-6 all the while). */
export function on(day: number, time: string, facts: EventFacts): EngagementEvent {
  return classified({ ...facts, at: instant(day, time) } as LogEvent);
}

export function instant(day: number, time = "12:00"): string {
  return new Date(Date.parse(`2026-03-13T${time}:00-06:00`) + day * 86_400_000).toISOString();
}

export function enrolled(facts: Partial<Extract<LogEvent, { kind: "enrolled" }>> = {}): EngagementEvent {
  return classified({ kind: "enrolled", at: instant(0, "08:00"), zone: "America/Denver", ...facts });
}

/** Imani Okafor's log of domain.md D6, to day 16, with the software of her mail system. */
export function imani(): EngagementEvent[] {
  const scanner = [0, 1, 2, 3, 4, 5, 6].map((position) =>
    on(0, "09:01", { kind: "click", position, rules: ["burst"] }),
  );
  const opens = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((number) =>
    on(Math.min(number * 2, 15), "09:00", { kind: "open", rules: ["open-apple"] }),
  );
  return [
    enrolled(),
    on(0, "09:00", { kind: "mail-submitted", stepKey: "start-here" }),
    ...opens,
    ...scanner,
    on(2, "10:00", { kind: "check-answered", item: "item-1", right: true }),
    on(2, "10:10", { kind: "task-done", task: "task-1", evidenceText: "Took over from Paul" }),
    on(4, "10:00", { kind: "resource-confirmed", item: "item-2" }),
    on(7, "10:00", { kind: "check-answered", item: "item-3", right: true }),
    on(7, "10:05", { kind: "task-done", task: "task-2", evidenceText: "Three reports" }),
    on(7, "10:09", { kind: "question-asked", question: "q1", text: "Who reads the weekly report?" }),
    on(9, "10:00", { kind: "check-answered", item: "item-4", right: false }),
    on(10, "10:00", { kind: "priorities-set", items: ["waiting times", "bed planning"] }),
    on(10, "10:05", { kind: "task-done", task: "task-3" }),
    on(11, "10:00", { kind: "page-visit", item: "item-5", seconds: 40 }),
    on(12, "10:00", { kind: "task-done", task: "task-4", evidenceText: "Met Rosa" }),
    on(12, "10:05", { kind: "question-asked", question: "q2", text: "Can we add a ward?" }),
    on(12, "16:00", { kind: "reply", text: "Thanks, that helps" }),
    on(14, "10:00", { kind: "goal-confirmed", goal: "goal-1", edited: true }),
    on(14, "10:05", { kind: "intent-stated", intent: "keep" }),
    on(16, "19:00", { kind: "check-answered", item: "item-5", right: true }),
    on(16, "19:10", { kind: "task-done", task: "task-5", evidenceText: "Built the ward report" }),
    on(16, "19:20", { kind: "slot-chosen", slotAt: "2026-04-02T16:00:00Z" }),
  ];
}
