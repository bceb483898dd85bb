import { localWords } from "./cast.ts";

/** Says what happens, as it happens: one line an event, in the local time of whom it happens to. */
export type Tell = (line: string) => void;

export function teller(write: Tell): (at: Date, zone: string, words: string) => void {
  let day = "";
  return (at, zone, words) => {
    const when = localWords(at, zone);
    const today = at.toISOString().slice(0, 10);
    if (today !== day) {
      day = today;
      write("");
    }
    write(`${when.padEnd(28)} ${words}`);
  };
}
