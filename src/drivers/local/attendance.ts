import { readdirSync, rmSync } from "node:fs";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./is-alive.ts";

let joined = 0;

/** Who uses a shared local server: one file per user, named by process, so the last to leave can stop it. */
export class Attendance {
  readonly #folder: string;
  readonly #name: string;
  #present = true;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  static async join(folder: string): Promise<Attendance> {
    await mkdir(folder, { recursive: true });
    const name = `${process.pid}-${++joined}`;
    await writeFile(join(folder, name), "");
    return new Attendance(folder, name);
  }

  /** True when this was the last user. Call it inside the folder's lock. */
  async leave(): Promise<boolean> {
    return this.leaveSync();
  }

  /** The same for an `exit` listener, which may not wait. */
  leaveSync(): boolean {
    if (!this.#present) return false;
    this.#present = false;
    rmSync(join(this.#folder, this.#name), { force: true });
    let others = 0;
    for (const name of readdirSync(this.#folder)) {
      const pid = Number.parseInt(name, 10);
      if (isAlive(pid)) others++;
      else rmSync(join(this.#folder, name), { force: true }); // killed without leaving
    }
    return others === 0;
  }
}

const LOCK_TIMEOUT_MS = 150_000;

/** Runs `act` while this process alone holds the folder. A lock whose holder has died is taken over. */
export async function withFolderLock<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const lock = join(folder, "lock");
  const mine = join(folder, `lock.${process.pid}.${++joined}`);
  await writeFile(mine, String(process.pid));
  try {
    const deadline = Date.now() + LOCK_TIMEOUT_MS;
    // A hard link either makes the name or fails, with the content already in it.
    while (!(await tryLink(mine, lock))) {
      await removeIfAbandoned(lock, `${mine}.taken`);
      if (Date.now() > deadline)
        throw new Error(`${lock} is held by another process. Stop it, or delete the file.`);
      await sleep(50);
    }
    try {
      return await act();
    } finally {
      await rm(lock, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function removeIfAbandoned(lock: string, aside: string): Promise<void> {
  const holder = await pidIn(lock);
  if (holder === null || isAlive(holder)) return;
  const moved = await rename(lock, aside).then(
    () => true,
    () => false, // somebody else was quicker
  );
  if (!moved) return;
  const taken = await pidIn(aside);
  // Between our look and the move a living process may have taken the lock: it gets it back.
  if (taken !== null && isAlive(taken)) await tryLink(aside, lock);
  await rm(aside, { force: true });
}

async function pidIn(path: string): Promise<number | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}
