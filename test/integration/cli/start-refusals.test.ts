import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../../src/drivers/local/embedded-postgres.ts";
import { createLog } from "../../../src/log.ts";
import { runBaton, workFolder } from "./run-baton.ts";

const folder = workFolder();
afterAll(() => folder.remove());

describe("what cannot start says so and ends", () => {
  it.each(["start", "demo"])("baton %s on a taken port, before anything is opened", async (command) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { code, err } = await runBaton([command], { BATON_DATA_DIR: folder.path, PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(err).toBe(
      `PORT ${port}: Something else listens there.\n  → Stop it, or set PORT to another number.\n`,
    );
  });

  it("a second demo in the same folder, which leaves the first one its database", async () => {
    const directory = join(folder.path, "demo", "postgres");
    const postgres = await startEmbeddedPostgres({ directory, log: createLog({ level: "error" }) });
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query("create database demo");
    await admin.end();
    const first = new pg.Client({ connectionString: postgres.url.replace(/\/baton$/, "/demo") });
    await first.connect();
    try {
      const { code, err } = await runBaton(["demo"], { BATON_DATA_DIR: folder.path, PORT: "0" });
      expect(code).toBe(1);
      expect(err).toContain("Another demo runs here.\n  → Stop it, or set BATON_DATA_DIR to another folder.");
      expect((await first.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    } finally {
      await first.end();
      await postgres.stop();
    }
  });
});
