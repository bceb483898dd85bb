import type { Examined, PageExaminer } from "./examine-page.ts";
import { pageShape } from "./page-shape.ts";

export interface FoundPage {
  readonly route: string | null;
  readonly shape: string;
  /** With its query, without the server's name. */
  readonly path: string;
  readonly examined: Examined;
}

/** Where a crawl begins. */
export interface Start {
  readonly path: string;
  /** Whose it is, where one kind of address shows different people different pages: part of its kind, and of all below it. */
  readonly name?: string;
}

/** More kinds than this is a key in an address that page-shape.ts does not know yet. */
const MOST_KINDS = 200;

/**
 * Every kind of page that can be reached by links from the given ones, one example of each, in the order
 * found. A page that is opened by a form alone must be among the given ones.
 */
export async function crawl(
  examiner: PageExaminer,
  origin: string,
  starts: readonly Start[],
  look: (found: FoundPage) => Promise<void>,
  expectedOf: (shape: string) => readonly number[] = () => [200],
): Promise<FoundPage[]> {
  const seen = new Set<string>();
  const waiting: Omit<FoundPage, "examined">[] = [];
  const offer = (address: string) => {
    if (!URL.canParse(address, origin)) return;
    const url = new URL(address, origin);
    const found = url.origin === origin ? pageShape(url) : null;
    if (found === null) return;
    const name = nameOf(url.pathname, starts);
    const shape = name === null ? found.shape : `${found.shape} (${name})`;
    if (seen.has(shape)) return;
    seen.add(shape);
    waiting.push({ route: found.route, shape, path: `${url.pathname}${url.search}` });
  };
  for (const { path } of starts) offer(path);
  const found: FoundPage[] = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (found.length >= MOST_KINDS)
      throw new Error(
        `More than ${MOST_KINDS} kinds of page, the last ${next.shape}: teach src/lab/screenshots/page-shape.ts its key.`,
      );
    const examined = await examiner.open(`${origin}${next.path}`, expectedOf(next.shape));
    if (examined === null) continue;
    const one = { ...next, examined };
    found.push(one);
    await look(one);
    for (const link of await linksOf(examiner)) offer(link);
  }
  return found;
}

function nameOf(path: string, starts: readonly Start[]): string | null {
  const start = starts.find(
    (one) => one.name !== undefined && (path === one.path || path.startsWith(`${one.path}/`)),
  );
  return start?.name ?? null;
}

async function linksOf({ page }: PageExaminer): Promise<string[]> {
  return (await page.evaluate(
    `[...document.querySelectorAll("a[href]:not([download])")].map((one) => new URL(one.getAttribute("href"), document.baseURI).href)`,
  )) as string[];
}
