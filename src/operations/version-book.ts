import type { Competitor, Sequence } from "../domain/sequences/sequence.ts";
import { frozenCompetitor, frozenSequence } from "./frozen-sequence.ts";
import type { Db } from "./parts.ts";

/** Published versions never change, so each is read once per process; the oldest makes room for a new one. */
const KEPT_MOST = 200;

export interface VersionBook {
  sequence(id: string): Promise<Sequence>;
  competitor(id: string): Promise<Competitor>;
}

export function openVersionBook(db: Db): VersionBook {
  return {
    sequence: remembered(async (id) =>
      frozenSequence(
        await db.sequenceVersion.findUniqueOrThrow({ where: { id }, select: { definition: true } }),
      ),
    ),
    competitor: remembered(async (id) =>
      frozenCompetitor(
        await db.competitorVersion.findUniqueOrThrow({ where: { id }, select: { definition: true } }),
      ),
    ),
  };
}

function remembered<T>(load: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (id) => {
    const held = known.get(id);
    if (held !== undefined) return held;
    const loading = load(id);
    known.set(id, loading);
    // A failed look-up (the database was away) must not be remembered.
    loading.catch(() => known.delete(id));
    for (const oldest of known.keys()) {
      if (known.size <= KEPT_MOST) break;
      known.delete(oldest);
    }
    return loading;
  };
}
