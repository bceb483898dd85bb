import pg from "pg";

/** Somebody works in the database that was to be made anew. */
export class ScratchInUse extends Error {}

/**
 * An empty database beside the kept one on the embedded server, made anew: whatever an earlier run
 * left in it is thrown away. Returns its postgresql:// address. Throws `ScratchInUse` rather than take
 * it from under a run that still goes on.
 */
export async function scratchDatabase(serverUrl: string, name: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no name for a database.`);
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ any: boolean }>(
      "select exists (select from pg_stat_activity where datname = $1 and backend_type = 'client backend') as any",
      [name],
    );
    if (rows[0]?.any) throw new ScratchInUse(`The database "${name}" is in use.`);
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
