import { resolve } from "node:path";
import type { Command } from "commander";
import { type Screenshots, type TakenPage, takeScreenshots } from "../../lab/screenshots/take-screenshots.ts";
import { repositoryRoot } from "../../repository-root.ts";
import { print, progress, refusal, table } from "../output.ts";

interface ScreenshotsOptions {
  out: string;
  until: string;
  chromium?: string;
  readme?: boolean;
}

export function addScreenshotsCommand(program: Command): void {
  program
    .command("screenshots")
    .description(
      "Every page of the demo and every kind of mail as a PNG file, in light and dark, on a screen and on a phone. Fails when a page is too wide or too heavy, when the console complains, or when axe finds a grave fault.",
    )
    .option("--out <folder>", "where the files go", "screenshots")
    .option("--until <iso>", "how far the demo's story is played", "2026-03-06T15:00:00Z")
    .option("--readme", "also make the small pictures of .screenshots/, which the README shows")
    .option("--chromium <path>", "another Chromium than the installed one")
    .action(screenshots);
}

async function screenshots(options: ScreenshotsOptions): Promise<void> {
  const until = new Date(options.until);
  if (Number.isNaN(until.getTime())) {
    throw refusal(
      "bad-instant",
      "--until",
      `"${options.until}" is no instant.`,
      "Use one such as 2026-03-06T15:00:00Z.",
    );
  }
  const out = resolve(options.out);
  const result = await takeScreenshots({
    out,
    sequences: resolve(repositoryRoot, "sequences"),
    until,
    ...(options.readme === true ? { gallery: resolve(repositoryRoot, ".screenshots") } : {}),
    ...(options.chromium === undefined ? {} : { chromium: options.chromium }),
    onProgress: progress,
  });
  if ("missing" in result) {
    throw refusal(
      "no-browser",
      "screenshots",
      "There is no browser to look with.",
      `${result.missing} Or name one with --chromium.`,
    );
  }
  print(report(result, out));
  if (result.unreached.length > 0 || result.taken.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
}

function report({ taken, unreached }: Screenshots, out: string): string {
  const wrong = taken.filter((one) => one.wrong.length > 0);
  return [
    table(["page", "look", "KB", "too wide", "faults"], taken.map(cells)),
    "",
    ...wrong.flatMap(({ name, look, wrong }) => wrong.map((what) => `${name} (${look}): ${what}`)),
    ...unreached.map((shape) => `${shape}: no link leads there`),
    `${taken.length} screenshots in ${out}; ${wrong.length === 0 ? "no page with a fault" : `${wrong.length} with a fault`}`,
  ].join("\n");
}

function cells({ name, look, bytes, overflow, wrong }: TakenPage): string[] {
  return [
    name,
    look,
    (bytes / 1024).toFixed(1),
    overflow > 0 ? `${overflow} px` : "no",
    wrong.length === 0 ? "none" : String(wrong.length),
  ];
}
