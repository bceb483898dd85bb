/** What stands for a row's key in an address, so that a thousand rows are one kind of page. In this order. */
const KEYS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, ":id"],
  [/^\/(p|u|v|c|sign-in)\/[^/]+/, "/$1/:token"],
  [/^\/studio\/competitors\/[^/]+/, "/studio/competitors/:key"],
  [/^\/studio\/(?!drafts\b|competitors\b|:)[^/]+/, "/studio/:key"],
  [/\/steps\/[^/]+/, "/steps/:step"],
  [/\/mails\/[^/]+\/[^/]+/, "/mails/:of/:step"],
  [/\/mails\/(?!:)[^/]+/, "/mails/:step"],
  [/\/read\/[^/]+/, "/read/:resource"],
  [/^\/mailbox\/[^/]+/, "/mailbox/:mail"],
];
/** Where in a list, in which order, and what was just said: the same page. */
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
]);
/** What a browser would load down, or shows without a page of ours around it. */
const NOT_A_PAGE =
  /\.(csv|ics|json|eml|txt|ya?ml|md|png)$|\/(html|source|photo|events|suggest)$|^\/(api|assets)\//;

/** The kind of page at an address, such as `/cases/:id?tab`; null for what is no page. */
export function pageShape(address: URL): string | null {
  if (NOT_A_PAGE.test(address.pathname) && !/^\/studio\/[^/]+\/source$/.test(address.pathname)) return null;
  const path = KEYS.reduce((text, [found, name]) => text.replace(found, name), address.pathname);
  const asked = [...address.searchParams.keys()].filter((key) => !NOT_A_KIND.has(key));
  const [one, ...more] = new Set(asked);
  // Two filters together show the page that each of them shows.
  if (more.length > 0) return null;
  return one === undefined ? path : `${path}?${one}`;
}

/** A file's name for a kind of page. */
export function shapeFile(shape: string): string {
  const words = shape.replace(/[^\w]+/g, "-").replace(/^-|-$/g, "");
  return words === "" ? "my-week" : words.toLowerCase();
}
