import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { axeSource, type Browser, type BrowserContextOptions, openBrowser, type Page } from "../browser.ts";
import { mailKinds } from "../mail-kinds.ts";
import { PAGE_ROUTES } from "../pages/page-routes.ts";
import { crawl, type FoundPage } from "./crawl.ts";
import { PageExaminer } from "./examine-page.ts";
import { Gallery } from "./gallery.ts";
import { shapeFile } from "./page-shape.ts";
import { wrongWith } from "./page-verdict.ts";
import { startDemo } from "./started-demo.ts";
import {
  confirmValue,
  mailedPages,
  makeByForm,
  moveOf,
  numberOf,
  programOf,
  readingOf,
  voidLinks,
  walkWizard,
} from "./ways-in.ts";

export interface ScreenshotsAsked {
  readonly out: string;
  readonly sequences: string;
  /** How far the demo's story is played. */
  readonly until: Date;
  readonly chromium?: string;
  /** Where the small pictures go that a reader of the repository sees; nowhere when absent. */
  readonly gallery?: string;
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
  /** Pages of the product that no link led to. */
  readonly unreached: readonly string[];
}

/** Has a case that waits for a successor all through the story (domain.md G). */
const WAITING_ACCOUNT = "Penhallow Credit Union";
const NO_SUCH_PAGE = "/no-such-page";
const OLD_LINK = "/p/:token (an old link)";
const LIGHT: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const DARK: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };

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
    const gallery = asked.gallery === undefined ? null : new Gallery(asked.gallery);
    await gallery?.begin();
    const mails = await takeMails(browser, axe, asked, gallery);
    const { taken, unreached } = await takePages(browser, axe, asked, gallery);
    await gallery?.end();
    return { taken: [...taken, ...mails], unreached };
  } finally {
    await browser.close();
  }
}

async function takePages(
  browser: Browser,
  axe: string,
  asked: ScreenshotsAsked,
  gallery: Gallery | null,
): Promise<Screenshots> {
  const demo = await startDemo(asked.until, asked.onProgress);
  try {
    return await takePagesOf(demo, browser, axe, asked, gallery);
  } finally {
    await demo.stop();
  }
}

/** The pages of a demo that is told already. */
async function takePagesOf(
  demo: { readonly origin: string; readonly signIn: string },
  browser: Browser,
  axe: string,
  { out, onProgress }: ScreenshotsAsked,
  gallery: Gallery | null,
): Promise<Screenshots> {
  const { origin } = demo;
  const taken: TakenPage[] = [];
  const light = await browser.newContext(LIGHT);
  const lit = new PageExaminer(await light.newPage(), axe);
  await lit.page.goto(demo.signIn);
  await lit.page.getByRole("button", { name: /sign in/i }).click();
  await lit.page.waitForURL(`${origin}/`);
  // The same session on another screen: the sign-in link works once.
  const dark = await browser.newContext({ ...DARK, storageState: await light.storageState() });
  const dim = new PageExaminer(await dark.newPage(), axe);
  const keep = async ({ page }: PageExaminer, found: FoundPage) => {
    const look = page === lit.page ? "light 1280" : "dark 390";
    const one = await shoot(page, found, out, look);
    taken.push(one);
    onProgress(`${look}  ${one.name}${one.wrong.length === 0 ? "" : `  ${one.wrong.join("; ")}`}`);
    await gallery?.addPage(page, found, look);
  };
  const { starts, expired } = await findStarts(lit.page, origin);
  const found = await crawl(lit, origin, starts, (one) => keep(lit, one), expectedOf);
  for (const one of found) {
    const examined = await dim.open(`${origin}${one.path}`, expectedOf(one.shape));
    if (examined !== null) await keep(dim, { ...one, examined });
  }
  // Last, since the contact's page is gone by it.
  await voidLinks(lit.page, origin, expired.program);
  for (const examiner of [lit, dim]) {
    const route = "/p/:token";
    const examined = await examiner.open(`${origin}${expired.path}`, expectedOf(OLD_LINK));
    if (examined !== null) await keep(examiner, { route, shape: OLD_LINK, path: expired.path, examined });
  }
  const reached = new Set(found.map(({ route }) => route));
  return { taken, unreached: Object.keys(PAGE_ROUTES).filter((route) => !reached.has(route)) };
}

/** What no link leads to: pages behind a form, in a mail, or whose address people are told. */
async function findStarts(page: Page, origin: string) {
  const wizard = await walkWizard(page, origin, WAITING_ACCOUNT);
  const { contact, sponsor, unsubscribe, contactAddress } = await mailedPages(page, origin);
  const program = await programOf(page, origin, contactAddress);
  const reading = await readingOf(page, origin, contact);
  await confirmValue(page, origin, contact);
  const value = await numberOf(page, origin, contactAddress);
  const made = [...(await makeByForm(page, origin)), await moveOf(page, origin, program)];
  const looked = ["page", "stop", "switch", `page/${reading}`].map((below) => `${program}/${below}`);
  const paths = [
    "/",
    ...wizard,
    ...made,
    ...looked,
    value,
    unsubscribe,
    "/sign-in",
    "/sign-in/a-mailed-link",
  ];
  return {
    starts: [
      ...[...paths, "/api/docs", NO_SUCH_PAGE].map((path) => ({ path })),
      { path: contact, name: "the contact's" },
      { path: `${contact}/${reading}` },
      { path: sponsor, name: "the sponsor's" },
    ],
    expired: { path: contact, program },
  };
}

function expectedOf(shape: string): readonly number[] {
  if (shape === OLD_LINK) return [410];
  return shape === NO_SUCH_PAGE ? [404] : [200];
}

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

async function takeMails(
  browser: Browser,
  axe: string,
  asked: ScreenshotsAsked,
  gallery: Gallery | null,
): Promise<TakenPage[]> {
  const kinds = await mailKinds(asked.sequences);
  const taken: TakenPage[] = [];
  for (const look of ["light 640", "dark 390"] as const) {
    const context = await browser.newContext(
      look === "dark 390" ? DARK : { ...LIGHT, viewport: { width: 640, height: 900 } },
    );
    const examiner = new PageExaminer(await context.newPage(), axe);
    for (const { name, subject, html } of kinds) {
      const examined = await examiner.look(html);
      await photograph(examiner.page, asked.out, `mail-${name}`, look);
      if (look === "light 640") await gallery?.addMail(examiner.page, name, subject);
      // A mail has no first heading of a page's and no title: its subject is both.
      const wrong = wrongWith({ ...examined, headings: 1, title: name });
      taken.push({ name: `mail ${name}`, look, bytes: examined.bytes, overflow: examined.overflow, wrong });
      asked.onProgress(`${look}  mail ${name}${wrong.length === 0 ? "" : `  ${wrong.join("; ")}`}`);
    }
    await context.close();
  }
  return taken;
}
