import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { repositoryRoot } from "../repository-root.ts";

export interface WorkerProcess {
  readonly pid: number;
  /** Resolves when it takes jobs. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
  /** Resident memory of it and of every process it started; nothing when it has ended. */
  memory(): { readonly processes: number; readonly bytes: number };
}

export interface SpawnOptions {
  readonly nodeArguments?: readonly string[];
  /** Another JavaScript main file, from the repository's root, and what it is given. */
  readonly main?: string;
  readonly mainArguments?: readonly string[];
  readonly onLine?: (line: string) => void;
}

/** A real worker process, started as its user starts it, with exactly these settings. */
export function spawnWorker(
  env: Readonly<Record<string, string>>,
  options: SpawnOptions = {},
): WorkerProcess {
  const asItsUser = startedByItsUser();
  const main = resolve(repositoryRoot, options.main ?? asItsUser.main);
  const child = spawn(
    process.execPath,
    [...asItsUser.nodeArguments, ...(options.nodeArguments ?? []), main, ...(options.mainArguments ?? [])],
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
    memory: () => {
      const each = residentBytes(child.pid);
      return { processes: each.length, bytes: each.reduce((sum, bytes) => sum + bytes, 0) };
    },
  };
}

/** What `npm run worker` says, so that nothing else is ever measured or tested. */
function startedByItsUser(): { main: string; nodeArguments: readonly string[] } {
  const file = join(repositoryRoot, "package.json");
  const words = String(JSON.parse(readFileSync(file, "utf8")).scripts.worker).split(" ");
  const main = words.at(-1);
  if (words[0] !== "node" || main === undefined) {
    throw new Error(`The script "worker" in ${file} is not: node, its arguments, the main file.`);
  }
  return { main, nodeArguments: words.slice(1, -1) };
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

function residentBytes(pid: number | undefined): readonly number[] {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    if (kilobytes === undefined) return [];
    return [Number(kilobytes) * 1024, ...childrenOf(pid).flatMap(residentBytes)];
  } catch {
    // It ended while it was looked at.
    return [];
  }
}

/** Linux keeps the children with the thread that started them. */
function childrenOf(pid: number | undefined): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8"));
  return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}
