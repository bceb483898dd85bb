const ASKS_FOR_DARK = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi;

/** Holds everywhere; and nowhere. */
const ALWAYS = "(min-width: 0)";
const NEVER = "(max-width: 0)";

/**
 * A mail's HTML as a mail program shows it in one colour scheme. A frame cannot be told which scheme to
 * prefer, so the mail's own question for it is answered in its HTML; everything else stays as it is sent.
 */
export function inScheme(html: string, scheme: "light" | "dark"): string {
  const answered = html.replace(ASKS_FOR_DARK, scheme === "dark" ? ALWAYS : NEVER);
  const style = `<style>:root{color-scheme:only ${scheme}!important}</style>`;
  const head = /<\/head>/i.exec(answered);
  return head === null
    ? `${style}${answered}`
    : `${answered.slice(0, head.index)}${style}${answered.slice(head.index)}`;
}

/** Whether the mail has colours of its own for the dark. */
export function hasDarkColours(html: string): boolean {
  return html.search(ASKS_FOR_DARK) !== -1;
}
