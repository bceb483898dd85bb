import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const ServerStateFile = z.object({ port: z.number().int(), password: z.string().min(1) });

/** What a later process must know to join or restart the server. Kept readable by its owner only. */
export type ServerState = z.infer<typeof ServerStateFile>;

export async function readServerState(directory: string): Promise<ServerState | null> {
  const path = join(directory, "server.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Error(`Cannot read ${path}`, { cause: error });
  });
  if (text === null) return null;
  try {
    return ServerStateFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is damaged. Restore it from a backup; it holds the database's password.`, {
      cause,
    });
  }
}

/** Written beside and renamed: a reader never sees half a file. */
export async function writeServerState(directory: string, state: ServerState): Promise<void> {
  const path = join(directory, "server.json");
  await writeFile(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
