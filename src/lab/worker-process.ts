import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { repositoryRoot } from "../repository-root.ts";
import { WORKER_NODE_FLAGS } from "../worker-flags.ts";

export interface WorkerProcess {
  readonly pid: number;
  /** Resolves when it takes jobs. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
  /** Resident memory, bytes; 0 when it has ended. */
  memory(): number;
}

export interface SpawnOptions {
  readonly nodeArguments?: readonly string[];
  /** Another main file, from the repository's root, and what it is given. JavaScript starts without tsx. */
  readonly main?: string;
  readonly mainArguments?: readonly string[];
  readonly onLine?: (line: string) => void;
}

/** A real worker process, as `npm run` would start it, with exactly these settings. */
export function spawnWorker(
  env: Readonly<Record<string, string>>,
  options: SpawnOptions = {},
): WorkerProcess {
  const main = resolve(repositoryRoot, options.main ?? "worker/main.ts");
  const child = spawn(
    process.execPath,
    [
      ...WORKER_NODE_FLAGS,
      ...(options.nodeArguments ?? []),
      ...(main.endsWith(".ts") ? ["--import", "tsx"] : []),
      main,
      ...(options.mainArguments ?? []),
    ],
    {
      cwd: repositoryRoot,
      env: { ...env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return {
    pid: child.pid ?? 0,
    ready: whenReady(child, options.onLine),
    ended: new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal ?? 1))),
    kill: (signal) => {
      child.kill(signal);
    },
    memory: () => residentBytes(child.pid),
  };
}

function whenReady(child: ChildProcess, onLine?: (line: string) => void): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    let rest = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString("utf8")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        onLine?.(line);
        if (line.includes("worker started")) resolve();
      }
    });
    child.once("exit", (code) =>
      reject(new Error(`The worker ended before it started (exit code ${code}).`)),
    );
  });
  // Who only wants to kill it never asks.
  ready.catch(() => undefined);
  return ready;
}

function residentBytes(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
