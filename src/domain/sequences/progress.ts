import { z } from "zod";
import type { Progress } from "./move.ts";

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
