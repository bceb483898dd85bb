import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type App, openApp } from "../app.ts";
import { loadConfig } from "../config.ts";
import { startEmbeddedPostgres } from "../drivers/local/embedded-postgres.ts";
import { MailboxFolder } from "../drivers/local/mailbox-folder.ts";
import { createLog } from "../log.ts";
import { issueSignInLink } from "../operations/issue-sign-in-link.ts";
import { type Asking, askingOf, percentile } from "./pages/ask.ts";
import { furnish } from "./pages/page-furniture.ts";
import { findPageRows, findShownEnrollment, type PageRows } from "./pages/page-rows.ts";
import { emailOf, LEAD, makePageWorld } from "./pages/page-world.ts";
import { openPainting, type Painting } from "./pages/paint.ts";
import { type Place, placesOf } from "./pages/places.ts";
import { BATON_WEB, startServer } from "./started-server.ts";

export interface PagesBenchOptions {
  readonly accounts?: number;
  readonly contacts?: number;
  readonly events?: number;
  /** Measured requests of each page, one after the other. */
  readonly requests?: number;
  /** Keep the database and the pages as they were answered; their folder is in the result. */
  readonly keepFolder?: boolean;
  readonly onProgress?: (text: string) => void;
}

export interface PageFigures {
  readonly name: string;
  readonly status: number;
  /** Null where something else was answered than belongs there. */
  readonly measured: {
    readonly p50: number;
    readonly p95: number;
    /** A bare Fastify that answers the same bytes from memory, in the same run. */
    readonly bareP50: number;
    readonly bareP95: number;
    readonly htmlBytes: number;
    /** With the stylesheets and scripts that it links, uncompressed. */
    readonly allBytes: number;
    readonly firstPaintMs: number | null;
    /** Bars that it misses: "time", "size", "paint". */
    readonly misses: readonly string[];
  } | null;
}

export interface PagesBench {
  readonly rows: Readonly<Record<string, number>>;
  readonly secondsToWrite: number;
  readonly requests: number;
  readonly pages: readonly PageFigures[];
  /** Why there are no figures of first paint; null when there are. */
  readonly noPaint: string | null;
  readonly folder: string | null;
  readonly allMet: boolean;
}

export const PAGE_BARS = { p95Ms: 100, bytes: 60 * 1024, firstPaintMs: 500 } as const;
const WARM_UP = 5;
/** In the captured mailbox, which is files and not rows. */
const MAILS = 500;
const PAINTS = 3;

/**
 * Server time, weight and first paint of every page in a workspace of the size that the product promises,
 * asked from outside over loopback: what is measured holds the client's side too. The database gives up
 * safety against power cuts, which reading does not notice.
 */
export async function benchPages(options: PagesBenchOptions = {}): Promise<PagesBench> {
  const { requests = 40, onProgress = () => undefined } = options;
  const folder = mkdtempSync(join(tmpdir(), "baton-pages-"));
  const log = createLog({ level: "error" });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const postgres = await startEmbeddedPostgres({
      directory: join(folder, "postgres"),
      log,
      durable: false,
    });
    closing.push(() => postgres.stop());
    const env = pagesEnv(postgres.url, folder);
    const app = await openApp(loadConfig(env), { log, captureMail: false });
    closing.push(() => app.close());
    onProgress("writing the crowd");
    const written = performance.now();
    const { workspaceId, csmId } = await makePageWorld(app, options);
    const secondsToWrite = (performance.now() - written) / 1000;
    const counts = await countRows(app);
    onProgress(`written in ${secondsToWrite.toFixed(0)} s`);

    const baton = await startServer("product", BATON_WEB, env);
    closing.push(() => baton.stop());
    const asking = askingOf(baton.port);
    closing.push(async () => asking.close());
    const cookies = {
      csm: await signIn(app, asking, workspaceId, emailOf(1)),
      lead: await signIn(app, asking, workspaceId, LEAD),
      nobody: null,
    };
    const rows = await furnished(app, workspaceId, csmId, join(folder, "mail"));
    const places = placesOf(rows);
    const painting = await openPainting(`http://127.0.0.1:${baton.port}`);
    const noPaint = "missing" in painting ? painting.missing : null;
    const brush = "missing" in painting ? null : painting;
    if (brush !== null) closing.push(() => brush.close());

    const answered = join(folder, "answered");
    mkdirSync(answered);
    const measured: Measured[] = [];
    for (const [index, place] of places.entries()) {
      onProgress(place.name);
      const file = join(answered, `${index}.html`);
      measured.push(await measure(place, cookies[place.as], asking, brush, requests, file));
    }
    const bare = await startServer("bare server", ["./pages/bare-pages-main.ts", answered], {});
    closing.push(() => bare.stop());
    const pages = await beside(measured, bare.port, requests);
    return {
      rows: counts,
      secondsToWrite,
      requests,
      pages,
      noPaint,
      folder: options.keepFolder === true ? folder : null,
      allMet: noPaint === null && pages.every(({ measured }) => measured?.misses.length === 0),
    };
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    if (options.keepFolder !== true) rmSync(folder, { recursive: true, force: true });
  }
}

async function furnished(app: App, workspaceId: string, csmId: string, mail: string): Promise<PageRows> {
  const { parts } = app;
  const lead = await parts.db.user.findFirstOrThrow({ where: { workspaceId, email: LEAD } });
  const shown = await findShownEnrollment(parts, workspaceId, csmId);
  const furniture = await furnish(parts, {
    workspaceId,
    csmId,
    authorId: lead.id,
    shownEnrollmentId: shown.id,
    mailbox: new MailboxFolder(mail),
    mails: MAILS,
  });
  return findPageRows(parts, workspaceId, csmId, furniture);
}

async function countRows(app: App): Promise<Record<string, number>> {
  const tables = ["account", "contact", "turnover_case", "enrollment", "send", "engagement_event", "hit"];
  const counts: Record<string, number> = {};
  for (const table of [...tables, "audit_entry"]) {
    const { rows } = await app.parts.sql.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
}

/** The way a person takes: a link, and its button. */
async function signIn(app: App, asking: Asking, workspaceId: string, email: string): Promise<string> {
  const { url } = await issueSignInLink(app.parts, { workspaceId, email, byMail: false });
  const answer = await asking.press(new URL(url ?? "").pathname, new URL(app.parts.baseUrl).origin);
  const [cookie] = answer.cookies;
  if (cookie === undefined)
    throw new Error(`Nobody was signed in: ${answer.status} ${answer.body.slice(0, 200)}`);
  return cookie;
}

interface Measured {
  place: Place;
  status: number;
  file: string | null;
  times: number[];
  htmlBytes: number;
  allBytes: number;
  firstPaintMs: number | null;
}

async function measure(
  place: Place,
  cookie: string | null,
  asking: Asking,
  painting: Painting | null,
  requests: number,
  file: string,
): Promise<Measured> {
  const get = () => asking.get(place.path, cookie ?? undefined);
  const first = await get();
  const times: number[] = [];
  let { status } = first;
  for (let n = 0; n < WARM_UP + requests && status === place.status; n += 1) {
    const answer = await get();
    ({ status } = answer);
    if (n >= WARM_UP) times.push(answer.ms);
  }
  if (status !== place.status) {
    return { place, status, file: null, times: [], htmlBytes: 0, allBytes: 0, firstPaintMs: null };
  }
  writeFileSync(file, first.body);
  const paints: number[] = [];
  for (let n = 0; painting !== null && n < PAINTS; n += 1) {
    const ms = await painting.firstPaint(place.path, cookie);
    if (ms !== null) paints.push(ms);
  }
  const htmlBytes = Buffer.byteLength(first.body);
  return {
    place,
    status,
    file: basename(file),
    times,
    htmlBytes,
    allBytes: htmlBytes + (await linkedBytes(asking, first.body)),
    firstPaintMs: paints.length === 0 ? null : percentile(paints, 0.5),
  };
}

/** Stylesheets and scripts that the page names; pictures and frames are not counted. */
async function linkedBytes(asking: Asking, html: string): Promise<number> {
  const found = [
    ...html.matchAll(/<link\b[^>]*\brel="stylesheet"[^>]*>/g),
    ...html.matchAll(/<script\b[^>]*\bsrc="[^>]*>/g),
  ].flatMap(([tag]) => /\b(?:href|src)="(\/[^"]+)"/.exec(tag)?.[1] ?? []);
  let bytes = 0;
  for (const address of new Set(found)) {
    const { status, body } = await asking.get(address.replaceAll("&amp;", "&"));
    if (status !== 200) throw new Error(`A page links ${address}, which answers ${status}.`);
    bytes += Buffer.byteLength(body);
  }
  return bytes;
}

/** The same bytes from memory, after the product's turn: both have the machine for themselves. */
async function beside(measured: readonly Measured[], port: number, requests: number): Promise<PageFigures[]> {
  const bare = askingOf(port);
  const pages: PageFigures[] = [];
  for (const { place, status, file, times, htmlBytes, allBytes, firstPaintMs } of measured) {
    if (file === null) {
      pages.push({ name: place.name, status, measured: null });
      continue;
    }
    const bareTimes: number[] = [];
    for (let n = 0; n < requests + WARM_UP; n += 1) {
      const { ms } = await bare.get(`/${file}`);
      if (n >= WARM_UP) bareTimes.push(ms);
    }
    const p95 = percentile(times, 0.95);
    const misses = [
      ...(p95 < PAGE_BARS.p95Ms ? [] : ["time"]),
      ...(allBytes <= PAGE_BARS.bytes ? [] : ["size"]),
      ...(firstPaintMs !== null && firstPaintMs < PAGE_BARS.firstPaintMs ? [] : ["paint"]),
    ];
    pages.push({
      name: place.name,
      status,
      measured: {
        p50: percentile(times, 0.5),
        p95,
        bareP50: percentile(bareTimes, 0.5),
        bareP95: percentile(bareTimes, 0.95),
        htmlBytes,
        allBytes,
        firstPaintMs,
        misses,
      },
    });
  }
  bare.close();
  return pages;
}

function pagesEnv(databaseUrl: string, folder: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    BATON_SECRET: "kf83-Lq0z-Wm4v-Tn7c-Xb2y-Hp6d-Rj9s-Ga1e",
    BATON_DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "error",
  };
}
