import { timeWords } from "../words.ts";

/** An instant in the reader's own zone; the exact one, in UTC, for machines. */
export function Time({ at, zone }: { at: Date; zone: string }) {
  return <time dateTime={at.toISOString().replace(/\.\d+Z$/, "Z")}>{timeWords(at, zone)}</time>;
}
