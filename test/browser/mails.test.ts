import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MailKind, mailKinds } from "../../src/lab/mail-kinds.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";

/** What is asked of a mail as it is drawn: sizes in CSS pixels. */
const MEASURE = `(() => {
  const root = document.documentElement;
  const act = document.querySelector(".act").closest("td, a");
  const button = document.querySelector("a.act, .act a").getBoundingClientRect();
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const style = getComputedStyle(node.parentElement);
    const box = node.parentElement.getBoundingClientRect();
    if (/[\\p{L}\\p{N}]/u.test(node.data) && box.width > 1 && box.height > 1 && style.visibility !== "hidden")
      texts.push(Number.parseFloat(style.fontSize));
  }
  const cell = act.getBoundingClientRect();
  return {
    overflow: root.scrollWidth - root.clientWidth,
    smallest: Math.min(...texts),
    buttonHeight: button.height,
    buttonShare: button.width / root.clientWidth,
    buttonInside: button.left >= 0 && button.right <= root.clientWidth && cell.width > 0,
  };
})()`;

interface Measured {
  readonly overflow: number;
  readonly smallest: number;
  readonly buttonHeight: number;
  readonly buttonShare: number;
  readonly buttonInside: boolean;
}

describe.skipIf(!hasChromium())("the mails in a real browser", () => {
  let browser: Browser;
  let kinds: MailKind[];
  beforeAll(async () => {
    kinds = await mailKinds(join(import.meta.dirname, "../../sequences"));
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each([
    { width: 640, dark: false },
    { width: 640, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ])(
    "fit $width px, dark $dark, are large enough, and axe finds no fault in them",
    async ({ width, dark }) => {
      const context = await browser.newContext({
        viewport: { width, height: 844 },
        colorScheme: dark ? "dark" : "light",
      });
      const page = await context.newPage();
      const axe = (await import("axe-core")).default;
      for (const { name, html } of kinds) {
        await page.setContent(html);
        const measured = (await page.evaluate(MEASURE)) as Measured;
        expect(measured, name).toMatchObject({ overflow: 0, buttonInside: true });
        expect(measured.buttonHeight, name).toBeGreaterThanOrEqual(44);
        expect(measured.smallest, name).toBeGreaterThanOrEqual(width === 390 ? 15 : 14);
        if (width === 390) expect(measured.buttonShare, name).toBeGreaterThan(0.75);
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
          violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
        };
        const grave = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(grave.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      }
      await context.close();
    },
  );
});
