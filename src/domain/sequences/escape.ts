/** Escapers for the four places a value can stand in. Pure; each names what it makes harmless. */

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** For HTML text and quoted attribute values. */
export const escapeHtml = (value: string): string =>
  stripControls(value).replace(/[&<>"'`]/g, (character) => HTML[character] ?? "");

/** For the plain text part: one line, no control characters, so a value cannot forge paragraphs or quoted mail. */
export const escapeText = (value: string): string => oneLine(value);

/** For one component of a URL (a query value, a path segment). Lone surrogates become U+FFFD instead of throwing. */
export const escapeUrl = (value: string): string =>
  encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** For a mail header such as Subject: no CR, LF, NUL, U+2028/2029 or other control can start a second header. */
export const escapeHeader = (value: string): string => oneLine(value);

// Tab, line feed and carriage return are the only controls that text may hold. Bidirectional overrides can make
// an address or a sentence read as another, so they go too.
const CONTROLS = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
const stripControls = (value: string): string =>
  value.replace(CONTROLS, (character) => (/[\t\n\r]/.test(character) ? character : ""));
const oneLine = (value: string): string =>
  value
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
    .replace(CONTROLS, "")
    .replace(/ {2,}/g, " ")
    .trim();
