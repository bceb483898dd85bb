import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, openApp } from "../app.ts";
import { loadConfig } from "../config.ts";
import { startEmbeddedPostgres } from "../drivers/local/embedded-postgres.ts";
import { createLog } from "../log.ts";
import { median } from "./bench-send.ts";
import { makeCrowd, makeWorld } from "./crowd.ts";
import { httpLoad } from "./http-load.ts";
import { BATON_WEB, startServer } from "./started-server.ts";

export interface TrackBenchOptions {
  /** Requests in each run of the bare side; Baton's sides get as many. */
  readonly requests?: number;
  readonly runs?: number;
  readonly connections?: number;
}

export interface TrackBench {
  readonly requests: number;
  readonly connections: number;
  /** Requests per second of each run, in order; the three took turns. */
  readonly bare: readonly number[];
  readonly redirect: readonly number[];
  readonly page: readonly number[];
  readonly bareMedian: number;
  readonly redirectMedian: number;
  readonly pageMedian: number;
  /** Median of the ratios of the runs: signed redirect with a hit row each, to a redirect and nothing else. */
  readonly ratio: number;
  /** Rows that the measured redirects and pages left; each request must have left one. */
  readonly hits: number;
}

/** Enough mails that no one of them is asked for more often than hits are kept of it. */
const MAILS = 500;

/**
 * Requests per second of the signed redirect and of the contact's page, each keeping a raw hit in
 * PostgreSQL, beside a Fastify that only redirects. Every request comes from a visitor of its own mail.
 */
export async function benchTrack(options: TrackBenchOptions = {}): Promise<TrackBench> {
  const { requests = 1_000, runs = 5, connections = 20 } = options;
  const folder = mkdtempSync(join(tmpdir(), "baton-track-"));
  const log = createLog({ level: "error" });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const postgres = await startEmbeddedPostgres({ directory: join(folder, "postgres"), log });
    closing.push(() => postgres.stop());
    const env = trackEnv(postgres.url, folder);
    const app = await openApp(loadConfig(env), { log, captureMail: false });
    closing.push(() => app.close());
    const paths = await trackedPaths(app);
    const bare = await startServer("bare redirect", ["./bare-redirect-main.ts"], {});
    closing.push(() => bare.stop());
    const baton = await startServer("product", BATON_WEB, env);
    closing.push(() => baton.stop());

    let asked = 0;
    const ask = async (port: number, all: readonly string[], count: number, status: number) => {
      const from = asked;
      asked += count;
      const seconds = await httpLoad({
        port,
        connections,
        requests: count,
        expect: status,
        request: (n) => ({ path: all[(from + n) % all.length] ?? "/", visitor: visitorOf(from + n) }),
      });
      return count / seconds;
    };
    await ask(bare.port, paths.links, 500, 302);
    await ask(baton.port, paths.links, 200, 302);
    await ask(baton.port, paths.pages, 200, 200);
    const before = await app.parts.db.hit.count();
    const figures: { bare: number; redirect: number; page: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      figures.push({
        bare: await ask(bare.port, paths.links, requests, 302),
        redirect: await ask(baton.port, paths.links, requests, 302),
        page: await ask(baton.port, paths.pages, Math.ceil(requests / 10), 200),
      });
    }
    const hits = (await app.parts.db.hit.count()) - before;
    const expected = runs * (requests + Math.ceil(requests / 10));
    if (hits !== expected) throw new Error(`${expected} requests left ${hits} hits.`);
    return { ...summary(figures), requests, connections, hits };
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary(figures: readonly { bare: number; redirect: number; page: number }[]) {
  const all = (side: "bare" | "redirect" | "page") => figures.map((figure) => Math.round(figure[side]));
  return {
    bare: all("bare"),
    redirect: all("redirect"),
    page: all("page"),
    bareMedian: median(all("bare")),
    redirectMedian: median(all("redirect")),
    pageMedian: median(all("page")),
    ratio: Number(median(figures.map((figure) => figure.redirect / figure.bare)).toFixed(3)),
  };
}

/** Submitted mails with one tracked link each, and their signed addresses. */
async function trackedPaths(app: App): Promise<{ links: string[]; pages: string[] }> {
  const { db, sql, links } = app.parts;
  const world = await makeWorld(db);
  const now = new Date();
  await makeCrowd(sql, world, { people: MAILS, enrollmentDueAt: null, sendDueAt: now });
  await sql.query(
    `update send set status = 'submitted', "submittedAt" = now() at time zone 'UTC' - interval '1 day'`,
  );
  await db.link.create({
    data: {
      workspaceId: world.workspaceId,
      versionId: world.versionId,
      stepKey: world.firstStepKey,
      variant: "a",
      position: 1,
      url: "https://insight.example/where-it-leads",
    },
  });
  await sql.query("analyze");
  const { rows } = await sql.query<{ id: string }>("select id from send");
  return {
    links: rows.map(({ id }) => `/c/${links.sign("link", id, 1)}`),
    pages: rows.map(({ id }) => `/p/${links.sign("page", id, 1)}`),
  };
}

/** As many addresses as mails: one visitor who follows everybody's links would be a machine, and labelled at length. */
function visitorOf(n: number): string {
  const mail = n % MAILS;
  return `198.18.${mail >> 8}.${mail & 255}`;
}

function trackEnv(databaseUrl: string, folder: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    BATON_SECRET: "kf83-Lq0z-Wm4v-Tn7c-Xb2y-Hp6d-Rj9s-Ga1e",
    BATON_DATA_DIR: folder,
    TRUSTED_PROXIES: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "error",
  };
}
