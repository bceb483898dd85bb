import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "../browser.ts";
import type { FoundPage } from "./crawl.ts";
import { shapeFile } from "./page-shape.ts";

interface Picture {
  readonly file: string;
  readonly title: string;
  /** The page's address, or the mail's kind. */
  readonly name: string;
}

/** Good enough to read, small enough to live in a repository. */
const QUALITY = 55;
/** A screen's picture is shown at half its width at most. */
const SMALLER = 0.8;
/** One light picture of each kind of page is enough, but these are shown as a phone has them too. */
const ON_A_PHONE = ["/p/:token (the contact's)", "/", "/cases/:id"];

/** The first screen of each kind of page and mail as a small picture, with a page in Markdown that shows them all. */
export class Gallery {
  readonly #folder: string;
  readonly #pages: Picture[] = [];
  readonly #phones: Picture[] = [];
  readonly #mails: Picture[] = [];
  readonly #shown = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Pages that are no longer there must not stay as pictures. */
  async begin(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true });
  }

  async addPage(
    page: Page,
    { route, shape, examined }: FoundPage,
    look: "light 1280" | "dark 390",
  ): Promise<void> {
    const title = examined.title.replace(/ · Baton$/, "");
    if (look === "dark 390") {
      if (!ON_A_PHONE.includes(shape)) return;
      const file = `${shapeFile(shape)}.phone.jpg`;
      this.#phones.push({ file, title, name: shape });
      return this.#shoot(page, file);
    }
    // One of each: what a filter or another word shows looks alike.
    const whose = /\(.*\)$/.exec(shape)?.[0] ?? "";
    const kind = `${route ?? shape} ${whose}`.trim();
    if (this.#shown.has(kind)) return;
    this.#shown.add(kind);
    const file = `${shapeFile(kind)}.jpg`;
    this.#pages.push({ file, title, name: kind });
    return this.#shoot(page, file, SMALLER);
  }

  async addMail(page: Page, kind: string, subject: string): Promise<void> {
    const file = `mail-${kind}.jpg`;
    this.#mails.push({ file, title: subject, name: kind });
    await this.#shoot(page, file);
  }

  async end(): Promise<void> {
    const pages = [...this.#pages].sort((a, b) => (a.name < b.name ? -1 : 1));
    const text = [
      "# What it looks like",
      "Made by `npm run screenshots -- --readme` from the demo. Every page is also looked at in the dark and at 390 pixels; `npm run screenshots` writes those pictures, whole, to `screenshots/`.",
      "## Pages",
      rows(pages, 2),
      "## On a phone, in the dark",
      rows(this.#phones, 3),
      "## Mails",
      rows(this.#mails, 3),
    ];
    await writeFile(join(this.#folder, "README.md"), `${text.join("\n\n")}\n`);
  }

  async #shoot(page: Page, file: string, scale = 1): Promise<void> {
    const size = page.viewportSize();
    if (size === null) throw new Error("A page without a window has no first screen.");
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send("Page.captureScreenshot", {
      format: "jpeg",
      quality: QUALITY,
      clip: { x: 0, y: 0, ...size, scale },
    });
    await session.detach();
    await writeFile(join(this.#folder, file), Buffer.from(data, "base64"));
  }
}

/** As HTML: Markdown's tables need a head, and give pictures no width. */
function rows(pictures: readonly Picture[], beside: number): string {
  const cells = pictures.map(
    ({ file, title, name }) =>
      `<td width="${Math.floor(100 / beside)}%" valign="top">${escaped(title)}<br><code>${escaped(name)}</code><br><img src="${file}" alt="${escaped(title)}"></td>`,
  );
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += beside)
    lines.push(`<tr>${cells.slice(at, at + beside).join("")}</tr>`);
  return `<table>\n${lines.join("\n")}\n</table>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
