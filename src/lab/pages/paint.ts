import { existsSync } from "node:fs";

export interface Painting {
  /** Milliseconds from navigation to the first content on the screen; null when none was painted. */
  firstPaint(path: string, cookie: string | null): Promise<number | null>;
  close(): Promise<void>;
}

const CHROMIUM = "/usr/bin/chromium";

/** A Chromium that measures first paint, each time with an empty cache; or the reason why there is none. */
export async function openPainting(origin: string): Promise<Painting | { missing: string }> {
  if (!existsSync(CHROMIUM))
    return { missing: `${CHROMIUM} is not there; install Chromium to measure first paint.` };
  // A development part: whoever installed the product alone can run everything else of the bench.
  const playwright = await import("playwright-core").catch(() => null);
  if (playwright === null) {
    return {
      missing:
        "playwright-core is not installed; run npm install with development parts to measure first paint.",
    };
  }
  const browser = await playwright.chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
  return {
    firstPaint: async (path, cookie) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      try {
        if (cookie !== null) {
          const [name = "", value = ""] = cookie.split("=");
          await context.addCookies([{ name, value, url: origin }]);
        }
        const page = await context.newPage();
        await page.goto(`${origin}${path}`, { waitUntil: "load" });
        return await page.evaluate<number | null>(`new Promise((resolve) => {
          const found = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
          const until = performance.now() + 3000;
          const look = () => (found() !== null || performance.now() > until ? resolve(found()) : setTimeout(look, 20));
          look();
        })`);
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
