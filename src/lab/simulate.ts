import { readinessTrack } from "../domain/readiness/track.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { personas } from "./personas/roster.ts";
import { seeded } from "./random.ts";
import { type Interval, wilson } from "./simulation/labels.ts";
import { type SimulatedContact, simulateContact } from "./simulation/simulate-contact.ts";

/** Seeds used while personas and sequences were written; and those that were looked at only for the report. */
export const TUNING_SEEDS = ["7", "11", "23"] as const;
export const UNSEEN_SEEDS = ["211", "223", "227"] as const;

export interface SimulationOptions {
  /** Parsed sequence files; those without readiness are left out. */
  readonly sequences: readonly Sequence[];
  /** Contacts per persona, track and seed; a third as many where personas are shifted, which no bar of size rests on. */
  readonly perCell?: number;
  readonly seeds?: readonly string[];
  /** What every persona's inclinations are shifted by (`shifted`); 1 is as written. Default 1, 0.7 and 1.3. */
  readonly shifts?: readonly number[];
}

export interface TrackResult {
  readonly sequence: string;
  readonly contacts: number;
  readonly becameReady: number;
  readonly precision: Interval | null;
  /** Of ordinary personas with whom a meeting would not be a demo at some point. */
  readonly recallOrdinary: Interval | null;
  readonly recallAll: Interval | null;
  readonly machineOnlyReady: number;
  readonly naivePrecision: Interval | null;
  readonly naiveRecall: Interval | null;
  readonly naiveMachineOnly: number;
  /** Days from the truth to `ready`, for those who were right; null: nobody. */
  readonly medianDelayDays: number | null;
  readonly readyLostPerReady: number | null;
}

export interface PersonaResult {
  readonly persona: string;
  readonly contacts: number;
  readonly truth: number;
  readonly ready: number;
  readonly falseReady: number;
  readonly askedToMeet: number;
}

export interface SimulationRun {
  readonly shift: number;
  readonly tracks: readonly TrackResult[];
  readonly personas: readonly PersonaResult[];
}

export interface SimulationReport {
  readonly perCell: number;
  readonly seeds: readonly string[];
  readonly runs: readonly SimulationRun[];
  /** Each bar of domain.md D10 against each run. */
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly shift: number;
  readonly bar: string;
  readonly met: boolean;
  readonly found: string;
  /**
   * Whether a miss fails the simulation: all bars for the personas as written, and that no machine
   * makes anybody ready under every shift. The other figures of shifted runs are reported.
   */
  readonly binding: boolean;
}

interface Simulated extends SimulatedContact {
  readonly ordinary: boolean;
  readonly machineOnly: boolean;
}

/** Plays every persona through every track and measures `ready` against what was in their heads. Deterministic. */
export function simulate(options: SimulationOptions): SimulationReport {
  const { perCell = 4, seeds = UNSEEN_SEEDS, shifts = [1, 0.7, 1.3] } = options;
  const programs = options.sequences.flatMap((sequence) => {
    const track = readinessTrack(sequence);
    return track === null ? [] : [{ sequence, track }];
  });
  if (programs.length === 0)
    throw new Error("No sequence with readiness to simulate: give at least one contact track.");
  const runs = shifts.map((shift): SimulationRun => {
    const byTrack = programs.map((program) => ({
      key: program.sequence.key,
      contacts: playTrack(program, shift, shift === 1 ? perCell : Math.ceil(perCell / 3), seeds),
    }));
    return {
      shift,
      tracks: byTrack.map(({ key, contacts }) => trackResult(key, contacts)),
      personas: personaResults(byTrack.flatMap(({ contacts }) => contacts)),
    };
  });
  return { perCell, seeds, runs, bars: runs.flatMap(checkBars) };
}

function playTrack(
  program: Parameters<typeof simulateContact>[0],
  shift: number,
  perCell: number,
  seeds: readonly string[],
): Simulated[] {
  return personas(shift).flatMap((persona) =>
    seeds.flatMap((seed) =>
      Array.from({ length: perCell }, (_, number) => {
        const random = seeded(`${seed}/${program.sequence.key}/${persona.name}/${number}/${shift}`);
        const { ordinary, machineOnly } = persona;
        return { ...simulateContact(program, persona, random), ordinary, machineOnly };
      }),
    ),
  );
}

function trackResult(sequence: string, contacts: readonly Simulated[]): TrackResult {
  const ready = contacts.filter((contact) => contact.firstReady !== null);
  const right = ready.filter((contact) => contact.firstReady?.right === true);
  const truth = contacts.filter((contact) => contact.truthDay !== null);
  const naive = contacts.filter((contact) => contact.naive !== null);
  const found = (group: readonly Simulated[]) =>
    wilson(group.filter((one) => one.firstReady !== null).length, group.length);
  return {
    sequence,
    contacts: contacts.length,
    becameReady: ready.length,
    precision: wilson(right.length, ready.length),
    recallOrdinary: found(truth.filter((contact) => contact.ordinary)),
    recallAll: found(truth),
    machineOnlyReady: ready.filter((contact) => contact.machineOnly).length,
    naivePrecision: wilson(naive.filter((contact) => contact.naive?.right === true).length, naive.length),
    naiveRecall: wilson(truth.filter((contact) => contact.naive !== null).length, truth.length),
    naiveMachineOnly: naive.filter((contact) => contact.machineOnly).length,
    medianDelayDays: median(right.map((contact) => (contact.firstReady?.day ?? 0) - (contact.truthDay ?? 0))),
    readyLostPerReady:
      ready.length === 0
        ? null
        : ready.reduce((sum, contact) => sum + contact.timesReadyLost, 0) / ready.length,
  };
}

function personaResults(contacts: readonly Simulated[]): PersonaResult[] {
  const names = [...new Set(contacts.map((contact) => contact.persona))];
  return names.map((persona) => {
    const own = contacts.filter((contact) => contact.persona === persona);
    return {
      persona,
      contacts: own.length,
      truth: own.filter((contact) => contact.truthDay !== null).length,
      ready: own.filter((contact) => contact.firstReady !== null).length,
      falseReady: own.filter((contact) => contact.firstReady?.right === false).length,
      askedToMeet: own.filter((contact) => contact.askedToMeet).length,
    };
  });
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

function checkBars({ shift, tracks }: SimulationRun): Bar[] {
  const lowest = (values: readonly (number | undefined)[]) => Math.min(...values.map((value) => value ?? 0));
  const atLeast = (bar: string, least: number, values: readonly (number | undefined)[]): Bar => {
    const found = lowest(values);
    return { shift, bar, met: found >= least, found: found.toFixed(3), binding: shift === 1 };
  };
  const machine = tracks.reduce((sum, track) => sum + track.machineOnlyReady, 0);
  return [
    atLeast(
      "precision of ready at least 0.95 per track",
      0.95,
      tracks.map((track) => track.precision?.share),
    ),
    atLeast(
      "its Wilson low at least 0.93",
      0.93,
      tracks.map((track) => track.precision?.low),
    ),
    atLeast(
      "recall at least 0.80 on ordinary personas",
      0.8,
      tracks.map((track) => track.recallOrdinary?.share),
    ),
    {
      shift,
      bar: "no false ready from machines alone",
      met: machine === 0,
      found: String(machine),
      binding: true,
    },
  ];
}
