import type { RawHit } from "./raw-hit.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
const CONFIRMED_WITHIN_MS = 30 * MINUTE;

/** A hit with its instant and its place in the input. */
export interface Timed {
  readonly hit: RawHit;
  readonly index: number;
  readonly time: number;
}

/** All hits in time order, and grouped as the rules look at them. */
export interface Hits {
  readonly all: readonly Timed[];
  readonly bySend: ReadonlyMap<string, readonly Timed[]>;
  readonly byAddress: ReadonlyMap<string, readonly Timed[]>;
}

export function groupHits(input: readonly RawHit[]): Hits {
  const all = input
    .map((hit, index) => ({ hit, index, time: Date.parse(hit.at) }))
    .sort((a, b) => a.time - b.time || a.index - b.index);
  return {
    all,
    bySend: grouped(all, "sendId"),
    byAddress: grouped(all, "ipHash"),
  };
}

function grouped(all: readonly Timed[], field: "sendId" | "ipHash"): Map<string, Timed[]> {
  const groups = new Map<string, Timed[]>();
  for (const timed of all) {
    const group = groups.get(timed.hit[field]);
    if (group === undefined) groups.set(timed.hit[field], [timed]);
    else group.push(timed);
  }
  return groups;
}

export const isFetch = ({ hit }: Timed): boolean =>
  hit.method !== "POST" && hit.target !== "open" && hit.target !== "ping";
export const linkOf = ({ hit }: Timed): string => `${hit.target}.${hit.position ?? ""}`;

export function* indexes(all: readonly Timed[], holds: (timed: Timed) => boolean): Generator<number> {
  for (const timed of all) if (holds(timed)) yield timed.index;
}

export function* unconfirmed({ bySend }: Hits, holds: (timed: Timed) => boolean): Generator<number> {
  for (const send of bySend.values())
    for (const timed of send)
      if (isFetch(timed) && holds(timed) && !isConfirmed(timed, send)) yield timed.index;
}

/** A form was sent, or the page's script answered, from the same address within half an hour. */
export function isConfirmed(timed: Timed, send: readonly Timed[]): boolean {
  return send.some(
    (later) =>
      (later.hit.method === "POST" || later.hit.target === "ping") &&
      later.hit.ipHash === timed.hit.ipHash &&
      later.time >= timed.time &&
      later.time - timed.time <= CONFIRMED_WITHIN_MS,
  );
}

/** Measured from acceptance by the mail server, not from when we queued it. */
export function isWithin({ hit, time }: Timed, ms: number): boolean {
  if (hit.submittedAt == null) return false;
  const after = time - Date.parse(hit.submittedAt);
  return after >= 0 && after < ms;
}
