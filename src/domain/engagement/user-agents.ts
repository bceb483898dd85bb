import { isbot } from "isbot";

const MONTH_MS = 30 * 86_400_000;
/** Chrome 120 and Firefox 120 came out in the last weeks of 2023. */
const REFERENCE = { version: 120, at: Date.UTC(2023, 11, 1) };
/** Releases are four weeks apart, sometimes two; a version beyond this has not been made yet. */
const RELEASES_PER_MONTH = 2.2;
/** Older than this cannot open a TLS 1.2 page as it pretends to. */
const OLDEST = 40;
const WINDOWS = new Set(["5.1", "5.2", "6.0", "6.1", "6.2", "6.3", "10.0"]);

/** Names itself a robot, or a library, or nothing at all. */
export function isDeclaredBot(userAgent: string): boolean {
  const agent = userAgent.trim();
  return agent === "" || isbot(agent) || /headless|phantom|puppeteer|playwright|selenium/i.test(agent);
}

/** Exactly what Apple's mail prefetch sends. No browser does. */
export function isBareMozilla(userAgent: string): boolean {
  return /^Mozilla\/5\.0$/.test(userAgent.trim());
}

export function isImageProxy(userAgent: string): boolean {
  return /GoogleImageProxy|ggpht|Microsoft Office|ms-office|Outlook-iOS|YahooMailProxy/i.test(userAgent);
}

/** Claims a version of a browser or a system that did not exist at that moment. */
export function isImpossible(userAgent: string, at: number): boolean {
  const newest = REFERENCE.version + 10 + ((at - REFERENCE.at) / MONTH_MS) * RELEASES_PER_MONTH;
  for (const [, version] of userAgent.matchAll(/(?:Chrome|Firefox|Edg|CriOS|FxiOS)\/(\d+)/g)) {
    const major = Number(version);
    if (major < OLDEST || major > newest) return true;
  }
  const windows = /Windows NT (\d+\.\d+)/.exec(userAgent)?.[1];
  if (windows !== undefined && !WINDOWS.has(windows)) return true;
  return /Windows NT/.test(userAgent) && /iPhone|iPad|Android/.test(userAgent);
}

/** Only to see whether two requests came from different systems. */
export function operatingSystem(userAgent: string): string {
  if (/iPhone|iPad|iOS/.test(userAgent)) return "ios";
  if (/Android/.test(userAgent)) return "android";
  if (/Windows/.test(userAgent)) return "windows";
  if (/Mac OS X|Macintosh/.test(userAgent)) return "mac";
  if (/CrOS/.test(userAgent)) return "chromeos";
  if (/Linux|X11/.test(userAgent)) return "linux";
  return "other";
}
