const HTML_LIMIT = 200_000;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: " ",
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ecirc: "ê",
  acirc: "â",
  ocirc: "ô",
  ccedil: "ç",
  ntilde: "ñ",
  aacute: "á",
  iacute: "í",
  oacute: "ó",
  uacute: "ú",
  rsquo: "’",
  ndash: "–",
};

/** The readable words of an HTML body. Nothing of it is ever shown as HTML, so this need not be a sanitizer. */
export function plainOf(html: string): string {
  return withoutHidden(html.slice(0, HTML_LIMIT))
    .replace(/<(?:blockquote|div[^<>]{0,200}class="?gmail_quote)[^<>]{0,500}>/gi, "\n> ")
    .replace(/<br\b[^<>]{0,100}>|<\/(?:p|div|tr|li|h\d|table)\s{0,5}>/gi, "\n")
    .replace(/<[^<>]{0,2000}>/g, " ")
    .replace(/&#(\d{1,6});/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([\da-f]{1,5});/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&([a-z]{2,8});/gi, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/[ \t]{2,}/g, " ");
}

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ");

/** Cuts style and script with a search for the end, not a pattern: an unclosed tag must not cost square time. */
function withoutHidden(html: string): string {
  const lower = html.toLowerCase();
  let kept = "";
  let at = 0;
  for (;;) {
    const begin = /<(style|script|head|title)\b/g;
    begin.lastIndex = at;
    const found = begin.exec(lower);
    if (found === null) return kept + html.slice(at);
    const end = lower.indexOf(`</${found[1]}`, begin.lastIndex);
    kept += html.slice(at, found.index);
    if (end < 0) return kept;
    at = end;
  }
}
