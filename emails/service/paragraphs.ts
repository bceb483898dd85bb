/** What a person wrote, line by line, each with a key of its own: a list that was typed stays a list. */
export function saidIn(text: string): { key: string; lines: string }[] {
  return text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((lines, place) => ({ key: `${place}`, lines }));
}
