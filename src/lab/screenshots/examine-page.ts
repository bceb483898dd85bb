import type { Page, Response } from "../browser.ts";

/** What a page was found to be, once it was open. */
export interface Examined {
  readonly status: number;
  /** HTML, stylesheets and scripts, uncompressed; the browser's cache does not make it smaller. */
  readonly bytes: number;
  /** Pixels by which the document is wider than the window. */
  readonly overflow: number;
  readonly headings: number;
  readonly title: string;
  /** Serious and critical findings of axe, each with where it is. */
  readonly faults: readonly string[];
  /** Errors of the console and of scripts. */
  readonly complaints: readonly string[];
}

/** Opens pages in one tab and remembers what was loaded and said. */
export class PageExaminer {
  readonly #page: Page;
  readonly #axe: string;
  readonly #weights = new Map<string, number>();
  #complaints: string[] = [];

  constructor(page: Page, axe: string) {
    this.#page = page;
    this.#axe = axe;
    page.on("console", (message) => {
      if (message.type() === "error") this.#complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.#complaints.push(error.message));
  }

  get page(): Page {
    return this.#page;
  }

  /**
   * Opens the address and looks at it. Null when it answers with something else than a page.
   *
   * @param expected statuses that are no fault: a problem page is opened on purpose
   */
  async open(address: string, expected: readonly number[] = [200]): Promise<Examined | null> {
    this.#complaints = [];
    const answer = await this.#page.goto(address, { waitUntil: "load" });
    if (answer === null) throw new Error(`${address} gave no answer.`);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) return null;
    const status = answer.status();
    const html = (await answer.body()).byteLength;
    await this.#page.evaluate(this.#axe);
    const looked = (await this.#page.evaluate(LOOK)) as Looked;
    const parts = await Promise.all(looked.parts.map((part) => this.#weigh(part)));
    return {
      status,
      bytes: parts.reduce((sum, bytes) => sum + bytes, html),
      overflow: looked.overflow,
      headings: looked.headings,
      title: looked.title,
      faults: looked.faults,
      complaints: this.#complaints.filter((text) => !isOf(text, answer, expected)),
    };
  }

  /** Looks at HTML that has no address, such as a mail's. */
  async look(html: string): Promise<Examined> {
    this.#complaints = [];
    await this.#page.setContent(html);
    await this.#page.evaluate(this.#axe);
    const { parts: _none, ...looked } = (await this.#page.evaluate(LOOK)) as Looked;
    return { ...looked, status: 200, bytes: Buffer.byteLength(html), complaints: this.#complaints };
  }

  async #weigh(part: string): Promise<number> {
    const known = this.#weights.get(part);
    if (known !== undefined) return known;
    const bytes = (await (await this.#page.request.get(part)).body()).byteLength;
    this.#weights.set(part, bytes);
    return bytes;
  }
}

interface Looked {
  readonly overflow: number;
  readonly headings: number;
  readonly title: string;
  readonly parts: readonly string[];
  readonly faults: readonly string[];
}

const LOOK = `(async () => {
  const root = document.documentElement;
  // A mail in its sandboxed frame is looked at by itself.
  const { violations } = await axe.run({ exclude: [["iframe"]] }, { resultTypes: ["violations"], iframes: false });
  return {
    overflow: Math.max(0, root.scrollWidth - root.clientWidth),
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    parts: [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src),
    faults: violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target }) => id + " at " + target.join(" "))),
  };
})()`;

/** A browser says of every answer of 400 and more that it failed: that is the page we asked for. */
function isOf(text: string, answer: Response, expected: readonly number[]): boolean {
  const status = answer.status();
  return expected.includes(status) && status >= 400 && text.includes(`status of ${status}`);
}
