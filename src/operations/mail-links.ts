import type { StepLinks } from "../drivers/templates/mail-values.ts";
import type { Links } from "./parts.ts";

/** The redirector's position that no person sees: the same number as in the route that reads it. */
const HONEYPOT_POSITION = 65_535;

/**
 * The addresses in one mail. Each is signed for this send and one purpose; none carries a destination.
 *
 * @param redirects for each link of the mail, its place among the version's stored links, or its bare address
 */
export function stepLinkAddresses(
  parts: { readonly links: Links; readonly baseUrl: string },
  send: { readonly id: string; readonly honeypot: boolean },
  redirects: ReadonlyMap<number, string | number>,
): StepLinks {
  const { links, baseUrl } = parts;
  // Asked for by both parts of the mail, signed once.
  const page = once((position) => `${baseUrl}/p/${links.sign("page", send.id, position)}`);
  const redirected = once((position) => `${baseUrl}/c/${links.sign("link", send.id, position)}`);
  const ownPage = page(0);
  return {
    page,
    redirect: (position) => {
      const place = redirects.get(position);
      if (place === undefined) throw new Error(`The mail has no link at position ${position}.`);
      return typeof place === "string" ? place : redirected(place);
    },
    unsubscribe: `${baseUrl}/u/${links.sign("unsubscribe", send.id)}`,
    pace: `${ownPage}?open=pace#pace`,
    stop: `${ownPage}?open=stop#stop`,
    honeypot: send.honeypot ? redirected(HONEYPOT_POSITION) : null,
  };
}

function once(make: (position: number) => string): (position: number) => string {
  const made = new Map<number, string>();
  return (position) => {
    const known = made.get(position);
    if (known !== undefined) return known;
    const address = make(position);
    made.set(position, address);
    return address;
  };
}

/**
 * How many different tracked addresses a mail holds: pages and redirects. The one nobody can see is no link of
 * the mail, and two anchors of one page are one address.
 */
export function trackedLinks(html: string, baseUrl: string): number {
  const found = new Set<string>();
  // Looked for by their address: a mail has many tags and a dozen links.
  const ours = `href="${baseUrl}/`;
  for (let at = html.indexOf(ours); at !== -1; at = html.indexOf(ours, at + 1)) {
    const tag = html.slice(html.lastIndexOf("<", at), html.indexOf(">", at));
    const path = html.slice(at + ours.length, html.indexOf('"', at + ours.length));
    if (/^<a\s/.test(tag) && /^[pc]\//.test(path) && !tag.includes('tabindex="-1"'))
      found.add(path.replace(/[?#].*$/, ""));
  }
  return found.size;
}
