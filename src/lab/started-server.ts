import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The product's pages, from outside, as its user starts them. */
export const BATON_WEB = ["../cli/main.ts", "web"] as const;

export interface StartedServer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a program of this folder in a process of its own. It must say on standard error where it is
 * ("... is at http://localhost:<port>"); throws with what it said when it ends before that.
 */
export async function startServer(
  name: string,
  [main, ...rest]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): Promise<StartedServer> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL(main, import.meta.url)), ...rest],
    { env: { ...env }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (words: string) => {
      said += words;
      const found = / is at http:\/\/localhost:(\d+)/.exec(said);
      if (found) resolve(Number(found[1]));
    });
    child.once("exit", (code) => reject(new Error(`The ${name} ended (exit code ${code}): ${said}`)));
  });
  return {
    port,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
