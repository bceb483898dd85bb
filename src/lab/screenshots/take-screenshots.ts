import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { axeSource, type Browser, type BrowserContextOptions, openBrowser, type Page } from "../browser.ts";
import { mailKinds } from "../mail-kinds.ts";
import { crawl, type FoundPage } from "./crawl.ts";
import { PageExaminer } from "./examine-page.ts";
import { shapeFile } from "./page-shape.ts";
import { wrongWith } from "./page-verdict.ts";
import { startDemo } from "./started-demo.ts";
import { mailedPages, walkWizard } from "./ways-in.ts";

export interface ScreenshotsAsked {
  readonly out: string;
  readonly sequences: string;
  /** How far the demo's story is played. */
  readonly until: Date;
  readonly chromium?: string;
  readonly onProgress: (line: string) => void;
}

export interface TakenPage {
  readonly name: string;
  readonly look: string;
  /** HTML, CSS and script together; of a mail its HTML. */
  readonly bytes: number;
  readonly overflow: number;
  readonly wrong: readonly string[];
}

export interface Screenshots {
  readonly taken: readonly TakenPage[];
  /** Kinds of page that belong to the product and that no link led to. */
  readonly unreached: readonly string[];
}

/** Has a case that waits for a successor all through the story (domain.md G). */
const WAITING_ACCOUNT = "Penhallow Credit Union";
const NO_SUCH_PAGE = "/no-such-page";
const LIGHT: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const DARK: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };

/** What must have been reached, so that a lost link is no page less without anybody knowing. */
const EXPECTED = [
  "/",
  "/cases",
  "/cases/:id",
  "/cases/:id/evidence",
  "/cases/:id/facts",
  "/cases/:id/history",
  "/manager",
  "/manager/:id",
  "/accounts",
  "/accounts/:id",
  "/contacts/:id",
  "/import",
  "/enroll",
  "/enroll/:id/where",
  "/enroll/:id/successor",
  "/enroll/:id/track",
  "/enroll/:id/confirm",
  "/studio",
  "/studio/:key",
  "/studio/:key/steps/:step",
  "/studio/:key/versions",
  "/mailbox",
  "/mailbox/:mail",
  "/settings",
  "/settings/mail",
  "/settings/users",
  "/settings/tokens",
  "/settings/webhooks",
  "/settings/audit",
  "/sign-in",
  "/p/:token",
  "/u/:token",
];

/**
 * Every page of the demo and every kind of mail, in light on a screen and in dark on a phone, as PNG
 * files; each looked at for what a reader would stumble over. Refuses by value when there is no browser.
 */
export async function takeScreenshots(asked: ScreenshotsAsked): Promise<Screenshots | { missing: string }> {
  const browser = await openBrowser(asked.chromium);
  if ("missing" in browser) return browser;
  try {
    await mkdir(asked.out, { recursive: true });
    const axe = await axeSource();
    const mails = await takeMails(browser, axe, asked);
    const { taken, unreached } = await takePages(browser, axe, asked);
    return { taken: [...taken, ...mails], unreached };
  } finally {
    await browser.close();
  }
}

async function takePages(browser: Browser, axe: string, asked: ScreenshotsAsked): Promise<Screenshots> {
  const demo = await startDemo(asked.until, asked.onProgress);
  try {
    return await takePagesOf(demo, browser, axe, asked);
  } finally {
    await demo.stop();
  }
}

/** The pages of a demo that is told already. */
export async function takePagesOf(
  demo: { readonly origin: string; readonly signIn: string },
  browser: Browser,
  axe: string,
  { out, onProgress }: Pick<ScreenshotsAsked, "out" | "onProgress">,
): Promise<Screenshots> {
  const taken: TakenPage[] = [];
  const keep = (one: TakenPage) => {
    taken.push(one);
    onProgress(`${one.look}  ${one.name}${one.wrong.length === 0 ? "" : `  ${one.wrong.join("; ")}`}`);
  };
  const light = await browser.newContext(LIGHT);
  const lit = new PageExaminer(await light.newPage(), axe);
  await lit.page.goto(demo.signIn);
  await lit.page.getByRole("button", { name: /sign in/i }).click();
  await lit.page.waitForURL(`${demo.origin}/`);
  const wizard = await walkWizard(lit.page, demo.origin, WAITING_ACCOUNT);
  const mailed = await mailedPages(lit.page, demo.origin);
  const found = await crawl(
    lit,
    demo.origin,
    ["/", ...wizard, ...mailed, "/sign-in", NO_SUCH_PAGE],
    async (one) => keep(await shoot(lit.page, one, out, "light 1280")),
    expectedOf,
  );
  // The same session on another screen: the sign-in link works once.
  const dark = await browser.newContext({ ...DARK, storageState: await light.storageState() });
  const dim = new PageExaminer(await dark.newPage(), axe);
  for (const { shape, path } of found) {
    const examined = await dim.open(`${demo.origin}${path}`, expectedOf(shape));
    if (examined !== null) keep(await shoot(dim.page, { shape, path, examined }, out, "dark 390"));
  }
  const reached = new Set(found.map(({ shape }) => shape));
  return { taken, unreached: EXPECTED.filter((shape) => !reached.has(shape)) };
}

const expectedOf = (shape: string): readonly number[] => (shape === NO_SUCH_PAGE ? [404] : [200]);

async function shoot(page: Page, found: FoundPage, out: string, look: string): Promise<TakenPage> {
  const { examined, shape } = found;
  await photograph(page, out, shapeFile(shape), look);
  const wrong = wrongWith(examined, expectedOf(shape));
  return { name: shape, look, bytes: examined.bytes, overflow: examined.overflow, wrong };
}

async function photograph(page: Page, out: string, name: string, look: string): Promise<void> {
  await page.screenshot({
    path: join(out, `${name}.${look.replace(" ", "-")}.png`),
    fullPage: true,
    animations: "disabled",
  });
}

async function takeMails(browser: Browser, axe: string, asked: ScreenshotsAsked): Promise<TakenPage[]> {
  const kinds = await mailKinds(asked.sequences);
  const taken: TakenPage[] = [];
  for (const look of ["light 640", "dark 390"] as const) {
    const context = await browser.newContext(
      look === "dark 390" ? DARK : { ...LIGHT, viewport: { width: 640, height: 900 } },
    );
    const examiner = new PageExaminer(await context.newPage(), axe);
    for (const { name, html } of kinds) {
      const examined = await examiner.look(html);
      await photograph(examiner.page, asked.out, `mail-${name}`, look);
      // A mail has no first heading of a page's and no title: its subject is both.
      const wrong = wrongWith({ ...examined, headings: 1, title: name });
      taken.push({ name: `mail ${name}`, look, bytes: examined.bytes, overflow: examined.overflow, wrong });
      asked.onProgress(`${look}  mail ${name}${wrong.length === 0 ? "" : `  ${wrong.join("; ")}`}`);
    }
    await context.close();
  }
  return taken;
}
