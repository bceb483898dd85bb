import { ACCOUNTS_A } from "./world-accounts.ts";
import { ACCOUNTS_B } from "./world-accounts-more.ts";
import type { WorldAccount } from "./world-types.ts";

/** Everything the demo knows: ten accounts of domain.md G and four fillers. */
export const WORLD: readonly WorldAccount[] = [...ACCOUNTS_A, ...ACCOUNTS_B];

/** The last instant of the story: Monday 2026-03-30 09:00 in Chicago. */
export const STORY_END = new Date("2026-03-30T14:00:00Z");
/** A few hours before the first contact of the story is enrolled. */
export const STORY_START = new Date("2026-02-13T12:30:00Z");
