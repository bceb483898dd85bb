import { accessSync, constants } from "node:fs";

// Types of the driver, told here because this file is the one door to it.
export type Browser = import("playwright-core").Browser;
export type BrowserContextOptions = import("playwright-core").BrowserContextOptions;
export type Page = import("playwright-core").Page;
export type Response = import("playwright-core").Response;

/** Where Linux distributions and macOS put a Chromium. */
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/usr/local/bin/chromium",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium of this machine, started; or the reason why there is none, with what to do. The driver is
 * a development package and asked for here alone: whoever installed only the product can do the rest.
 *
 * @param path of another Chromium than the usual ones
 */
export async function openBrowser(path?: string): Promise<Browser | { missing: string }> {
  const executablePath = (path === undefined ? USUAL_PLACES : [path]).find(mayBeRun);
  if (executablePath === undefined) {
    return {
      missing:
        path === undefined
          ? "No Chromium was found. Install it (apt-get install -y chromium)."
          : `${path} is no program that can be run.`,
    };
  }
  const playwright = await import("playwright-core").catch(() => null);
  if (playwright === null) {
    return { missing: "playwright-core is not installed. Run npm install with development packages." };
  }
  return playwright.chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
}

/** The script that finds faults of accessibility, to be given to a page through the debugger. */
export async function axeSource(): Promise<string> {
  return (await import("axe-core")).default.source;
}

function mayBeRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
