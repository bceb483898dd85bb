import { openBrowser } from "../browser.ts";

export interface Painting {
  /** Milliseconds from navigation to the first content on the screen; null when none was painted. */
  firstPaint(path: string, cookie: string | null): Promise<number | null>;
  close(): Promise<void>;
}

/** A Chromium that measures first paint, each time with an empty cache; or the reason why there is none. */
export async function openPainting(origin: string): Promise<Painting | { missing: string }> {
  const browser = await openBrowser();
  if ("missing" in browser) return browser;
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
