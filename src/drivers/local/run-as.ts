import { execFileSync } from "node:child_process";

/** The system user a server runs as when Baton itself runs as root. */
export interface RunAs {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Null for an ordinary user. An existing user is taken rather
 * than a new one made: starting a program should not change the machine's list of users.
 */
export function serverUser(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid !== null && gid !== null) return { name, uid, gid };
  }
  throw new Error(
    "PostgreSQL does not run as root and this machine has neither a user `postgres` nor `nobody`. " +
      "Start Baton as an ordinary user, or set DATABASE_URL.",
  );
}

function idOf(flag: "-u" | "-g", name: string): number | null {
  try {
    const id = Number.parseInt(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }), 10);
    return Number.isInteger(id) && id > 0 ? id : null;
  } catch {
    // `id` answers an unknown name with an exit code: the next name is tried.
    return null;
  }
}
