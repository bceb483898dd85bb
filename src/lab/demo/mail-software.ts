import type { InboxMail } from "./inbox.ts";

/**
 * Software between a mail and its reader, apart from any person (trust.md 2): a gateway fetches
 * every link of a mail within a second or two. It names itself as a browser, sends no language, and
 * never fills a form. A privacy proxy would load the pictures; Baton's mails have none.
 */
const SCANNER = {
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
  accept: "*/*",
};

/** Fetches each link once, in order, and follows nothing. Returns how many requests were made. */
export async function scanLinks(mail: InboxMail): Promise<number> {
  let made = 0;
  for (const link of new Set(mail.links.map(withoutFragment))) {
    const response = await fetch(link, { headers: SCANNER, redirect: "manual" });
    await response.arrayBuffer();
    made += 1;
  }
  return made;
}

function withoutFragment(link: string): string {
  const url = new URL(link);
  url.hash = "";
  return url.href;
}
