import { z } from "zod";
import type { Progress } from "./move.ts";
import type { Sequence } from "./sequence.ts";

const instant = z.string().nullable().default(null);

const Stored = z.object({
  position: z.number().int().min(0).default(0),
  done: z.array(z.string()).default([]),
  skipped: z.array(z.string()).default([]),
  holdingSince: instant,
  nudges: z.number().int().min(0).default(0),
  waitingForPerson: z.boolean().default(false),
  lastSentAt: instant,
  lastSponsorAt: instant,
  anchorDay: z.number().default(0),
  anchorAuthored: z.number().default(0),
  replannedTo: instant,
  waitingSince: instant,
  raised: z.array(z.string()).default([]),
});

export function startProgress(): Progress {
  return Stored.parse({});
}

/** Reads the JSON of an enrollment row. What an older row lacks gets its starting value. */
export function readProgress(stored: unknown): Progress {
  return Stored.parse(stored ?? {});
}

/**
 * Progress carried to another version of the sequence: the next step is the one after the last
 * step that is done in both. Steps keep their key through edits, so nothing goes out twice; what
 * was inserted before that point is behind the reader and stays behind.
 */
export function carryProgress(progress: Progress, to: Sequence): Progress {
  const done = new Set(progress.done);
  const last = to.steps.reduce((found, step, index) => (done.has(step.key) ? index : found), -1);
  return { ...progress, position: last + 1, holdingSince: null, replannedTo: null };
}
