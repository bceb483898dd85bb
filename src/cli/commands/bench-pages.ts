import type { Command } from "commander";
import { benchPages, PAGE_BARS, type PageFigures, type PagesBench } from "../../lab/bench-pages.ts";
import { print, printJson, progress, refusal } from "../output.ts";

interface PagesOptions {
  accounts: string;
  contacts: string;
  events: string;
  requests: string;
  json?: boolean;
  keepDir?: boolean;
}

export function addPagesBench(bench: Command): void {
  bench
    .command("pages")
    .description(
      "Server time, weight and first paint of every page in a large workspace, beside a bare Fastify that answers the same bytes. Fails when a page misses a bar.",
    )
    .option("--accounts <number>", "accounts", "10000")
    .option("--contacts <number>", "contacts, over all accounts", "100000")
    .option("--events <number>", "engagement events", "1000000")
    .option("--requests <number>", "measured requests of each page", "40")
    .option("--keep-dir", "keep the database and the answered pages, and say where")
    .option("--json", "print JSON")
    .action(pages);
}

async function pages(options: PagesOptions): Promise<void> {
  const result = await benchPages({
    accounts: count("--accounts", options.accounts),
    contacts: count("--contacts", options.contacts),
    events: count("--events", options.events),
    requests: count("--requests", options.requests),
    keepFolder: options.keepDir === true,
    onProgress: progress,
  });
  if (options.json) printJson(result);
  else print(report(result));
  if (!result.allMet) process.exitCode = 1;
}

function report(result: PagesBench): string {
  const heads = ["page", "p50 ms", "p95 ms", "bare p95", "HTML KB", "all KB", "paint ms", ""];
  const rows = result.pages.map(cells);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`.trimEnd();
  const sizes = Object.entries(result.rows).map(([table, n]) => `${table} ${n}`);
  const { p95Ms, bytes, firstPaintMs } = PAGE_BARS;
  return [
    `pages, ${result.requests} requests each, one after the other, over loopback; the database gives up safety against power cuts`,
    `rows (written in ${result.secondsToWrite.toFixed(0)} s): ${sizes.join(", ")}`,
    "",
    line(heads),
    ...rows.map(line),
    "",
    `bars: p95 under ${p95Ms} ms, at most ${bytes / 1024} KB of HTML, CSS and script uncompressed, first contentful paint under ${firstPaintMs} ms (median of 3, empty cache)`,
    result.noPaint === null ? "" : `first paint was not measured, so that bar is not met: ${result.noPaint}`,
    result.folder === null ? "" : `kept: ${result.folder}`,
    result.allMet ? `all met by ${result.pages.length} pages` : notMet(result),
  ]
    .filter((text, index) => text !== "" || index === 2 || index === 5)
    .join("\n");
}

function notMet({ pages, noPaint }: PagesBench): string {
  const over = pages.filter(({ measured }) => measured === null || measured.misses.length > 0).length;
  return over === 0 && noPaint !== null
    ? "NOT all met: there was no browser"
    : `NOT all met: ${over} of ${pages.length} pages`;
}

function cells({ name, status, measured }: PageFigures): string[] {
  if (measured === null) {
    return [name, "", "", "", "", "", "", `OVER: answers ${status}`];
  }
  const { p50, p95, bareP95, htmlBytes, allBytes, firstPaintMs, misses } = measured;
  return [
    name,
    p50.toFixed(1),
    p95.toFixed(1),
    bareP95.toFixed(1),
    (htmlBytes / 1024).toFixed(1),
    (allBytes / 1024).toFixed(1),
    firstPaintMs === null ? "-" : firstPaintMs.toFixed(0),
    misses.length === 0 ? "ok" : `OVER: ${misses.join(", ")}`,
  ];
}

function count(place: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw refusal("bad-number", place, `"${text}" is no count.`, "Use a whole number above 0.");
}
