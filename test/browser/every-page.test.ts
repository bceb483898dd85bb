import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../src/drivers/local/free-port.ts";
import { axeSource } from "../../src/lab/browser.ts";
import { PAGE_ROUTES, type Reader } from "../../src/lab/pages/page-routes.ts";
import { placesOf } from "../../src/lab/pages/places.ts";
import { PageExaminer } from "../../src/lab/screenshots/examine-page.ts";
import { wrongWith } from "../../src/lab/screenshots/page-verdict.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aPageHouse, type PageHouse } from "../support/page-house.ts";

/** Pages of a route that another reader, or another moment, shows differently. */
const ALSO = [
  "/cases (closed)",
  "/cases/:id (nobody takes over)",
  "/enrollments/:id/page (the sponsor's)",
  "/p/:token (the sponsor's)",
  "/p/:token (an old link)",
  "/p/:token/:about (the sponsor's)",
];

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  "on a screen in the light": { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  "on a phone in the dark": { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
};

describe.skipIf(!hasChromium())("every page of the product", () => {
  let house: PageHouse;
  let browser: Browser;
  let base: string;
  let axe: string;
  beforeAll(async () => {
    const port = await freePort();
    base = `http://localhost:${port}`;
    house = await aPageHouse({ baseUrl: base });
    await house.server.listen({ host: "127.0.0.1", port });
    browser = await launchChromium();
    axe = await axeSource();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  for (const [look, options] of Object.entries(LOOKS)) {
    it(`${look}: opens, fits, is light, and neither the console nor axe has anything against it`, async () => {
      const places = placesOf(house.rows).filter(({ name }) => name in PAGE_ROUTES || ALSO.includes(name));
      expect(places.length).toBe(Object.keys(PAGE_ROUTES).length + ALSO.length);
      const wrong: Record<string, string[]> = {};
      // Each reader has a browser of their own, and they read side by side.
      const read = async (as: Reader) => {
        const context = await browser.newContext(options);
        const [name = "", value = ""] = house.cookies[as]?.split("=") ?? [];
        if (name !== "") await context.addCookies([{ name, value, url: base }]);
        const examiner = new PageExaminer(await context.newPage(), axe);
        for (const place of places.filter((one) => one.as === as)) {
          const examined = await examiner.open(`${base}${place.path}`, [place.status]);
          const found = examined === null ? ["is no page"] : wrongWith(examined, [place.status]);
          if (found.length > 0) wrong[place.name] = found;
        }
        await context.close();
      };
      await Promise.all((["csm", "lead", "nobody"] as const).map(read));
      expect(wrong).toEqual({});
      // Half a minute on a machine of its own; a busy one must not make a fault of it.
    }, 300_000);
  }
});
