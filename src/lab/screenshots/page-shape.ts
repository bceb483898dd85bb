import { routeOf } from "../pages/route-of.ts";

/** Where in a list, in which order, for whom, and what was just said: the same page. */
const NOT_A_KIND = new Set([
  "page",
  "cursor",
  "before",
  "after",
  "older",
  "newer",
  "sort",
  "order",
  "said",
  "back",
  "account",
  "person",
]);

/** A kind of page, of which one example is enough. */
export interface PageShape {
  /** As the server names it; null for an address that no page is at. */
  readonly route: string | null;
  /** With what was asked for, such as `/cases/:id?mail`. */
  readonly shape: string;
}

/** The kind of page at an address; null for what is no page, such as a file. */
export function pageShape(address: URL): PageShape | null {
  const { pathname, searchParams } = address;
  const found = routeOf(pathname);
  if (found?.isPage === false) return null;
  const [one, ...more] = new Set([...searchParams.keys()].filter((key) => !NOT_A_KIND.has(key)));
  // Two filters together show the page that each of them shows.
  if (more.length > 0) return null;
  const kind = found === null ? pathname : wordsOf(found.route, pathname);
  return { route: found?.route ?? null, shape: one === undefined ? kind : `${kind}?${one}` };
}

/** What a page is about makes a kind of its own, whoever's page it is. */
function wordsOf(route: string, path: string): string {
  const given = path.split("/");
  return route
    .split("/")
    .map((part, index) => (part === ":about" ? (given[index] ?? part) : part))
    .join("/");
}

/** A file's name for a kind of page. */
export function shapeFile(shape: string): string {
  const words = shape.replace(/[^\w]+/g, "-").replace(/^-|-$/g, "");
  return words === "" ? "my-week" : words.toLowerCase();
}
