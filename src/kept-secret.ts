import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The secret of a local installation: made once, readable by its owner only. */
export function keptSecret(path: string): string {
  const found = readSecret(path);
  if (found !== null) return found;
  mkdirSync(dirname(path), { recursive: true });
  // Written whole beside, then linked: of two processes that start at once, both use the first one's.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(mine, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw new Error(`Cannot keep the secret in ${path}. Make the folder writable, or set BATON_SECRET.`, {
        cause: error,
      });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const kept = readSecret(path);
  if (kept === null) throw new Error(`The secret in ${path} disappeared. Start again, or set BATON_SECRET.`);
  return kept;
}

function readSecret(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new Error(`Cannot read the secret in ${path}. Make it readable to this user.`, { cause: error });
  }
  if (text.length < 32) {
    throw new Error(`The secret in ${path} is damaged. Restore it, or delete the file (old links end then).`);
  }
  chmodSync(path, 0o600);
  return text;
}
