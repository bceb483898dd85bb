import type { Examined } from "./examine-page.ts";

/** HTML, CSS and script of one page together (issue 3, bars). */
export const MOST_BYTES = 60 * 1024;

/** What is wrong with a page, each a short phrase; empty when nothing is. */
export function wrongWith(examined: Examined, expected: readonly number[] = [200]): string[] {
  const { status, bytes, overflow, headings, title, faults, complaints } = examined;
  return [
    ...(expected.includes(status) ? [] : [`answers ${status}`]),
    ...(bytes > MOST_BYTES ? [`${(bytes / 1024).toFixed(1)} KB are more than ${MOST_BYTES / 1024}`] : []),
    ...(overflow > 0 ? [`${overflow} px wider than the window`] : []),
    ...(headings === 1 ? [] : [`${headings} first headings`]),
    ...(title === "" ? ["no title"] : []),
    ...complaints.map((text) => `console: ${text.slice(0, 200)}`),
    ...faults.map((text) => `axe: ${text}`),
  ];
}
