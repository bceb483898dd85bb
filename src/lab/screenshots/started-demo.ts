import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../drivers/local/free-port.ts";

export interface StartedDemo {
  readonly origin: string;
  /** Works once. */
  readonly signIn: string;
  stop(): Promise<void>;
}

/**
 * The demo as its user starts it, on a data folder that goes with it, played until `until`: then its
 * clock stands, and the pages stay. Throws with what the demo said when it ends before that.
 *
 * @param onLine what the demo tells, line by line
 */
export async function startDemo(until: Date, onLine: (line: string) => void): Promise<StartedDemo> {
  const folder = await mkdtemp(join(tmpdir(), "baton-screenshots-"));
  // Known before: the links of the mails hold it.
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      fileURLToPath(new URL("../../cli/main.ts", import.meta.url)),
      "demo",
      "--day-seconds",
      "0.2",
      "--until",
      until.toISOString(),
    ],
    // Nothing of the caller's setting: the demo must be the same everywhere.
    {
      env: { PATH: "/usr/bin:/bin", HOME: folder, BATON_DATA_DIR: folder, PORT: String(port) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const signIn = await told(child.stderr, ended, onLine);
    return { origin: new URL(signIn).origin, signIn, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

/** The sign-in link, once the story is told. */
async function told(
  stream: NodeJS.ReadableStream,
  ended: Promise<number | null>,
  onLine: (line: string) => void,
): Promise<string> {
  let said = "";
  let shown = 0;
  const story = new Promise<string>((resolve, reject) => {
    stream.setEncoding("utf8");
    stream.on("data", (words: string) => {
      said += words;
      for (let end = said.indexOf("\n", shown); end >= 0; end = said.indexOf("\n", shown)) {
        onLine(said.slice(shown, end));
        shown = end + 1;
      }
      const link = /Watch it: +(\S+)/.exec(said)?.[1];
      if (link !== undefined && said.includes("The story is told")) resolve(link);
    });
    void ended.then((code) => reject(new Error(`The demo ended (exit code ${code}): ${said.slice(-2000)}`)));
  });
  return story;
}
