import { timeWords } from "../words.ts";

/** An instant in the reader's own zone; the exact one, in UTC, for machines and on hover. */
export function Time({ at, zone }: { at: Date; zone: string }) {
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()}>
      {timeWords(at, zone)}
    </time>
  );
}
