/** What a person wrote, by its empty lines, each part with a key of its own. A single line break is no paragraph. */
export function saidIn(text: string): { key: string; lines: string }[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.replace(/\s*\n\s*/g, " ").trim())
    .filter((part) => part !== "")
    .map((lines, place) => ({ key: `${place}`, lines }));
}
