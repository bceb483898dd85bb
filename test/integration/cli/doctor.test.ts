import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { runBaton, settings, workFolder } from "./run-baton.ts";

interface Found {
  what: string;
  state: string;
  found: string;
  remedy: string;
}

let database: TestDatabase;
const folder = workFolder();
let env: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  env = settings(database.url, folder.path);
});
afterAll(async () => {
  await database.close();
  folder.remove();
});

async function doctor(more: Record<string, string>): Promise<{ code: number; found: Found[]; err: string }> {
  const { code, out, err } = await runBaton(["doctor", "--json"], { ...env, ...more });
  return { code, found: JSON.parse(out) as Found[], err };
}

const broken = (found: Found[]) => found.filter(({ state }) => state === "broken").map(({ what }) => what);

describe("doctor", () => {
  it.each([
    [
      "database",
      { DATABASE_URL: "postgresql://nobody:hush-hush@127.0.0.1:1/none" },
      /^DATABASE_URL: .*ECONNREFUSED/,
      /DATABASE_URL/,
    ],
    ["queue", { REDIS_URL: "redis://127.0.0.1:1" }, /^REDIS_URL: .*ECONNREFUSED/, /REDIS_URL/],
    ["smtp", { SMTP_URL: "smtp://127.0.0.1:1" }, /ECONNREFUSED/, /SMTP_URL/],
    [
      "answers",
      { SMTP_URL: "smtp://127.0.0.1:1", INBOUND_IMAP_URL: "imap://me:hush-hush@127.0.0.1:1/INBOX" },
      /inbox at 127.0.0.1: .*ECONNREFUSED/,
      /INBOUND_IMAP_URL/,
    ],
  ])(
    "reports its %s that does not answer, says what to do, and ends with 1",
    async (what, more, why, remedy) => {
      const { code, found, err } = await doctor(more);
      expect(code).toBe(1);
      expect(broken(found)).toContain(what);
      const finding = found.find((one) => one.what === what);
      expect(finding?.found).toMatch(why);
      expect(finding?.remedy).toMatch(remedy);
      expect(err).toContain(finding?.remedy);
      expect(JSON.stringify(found) + err).not.toContain("hush-hush");
    },
  );

  it("finds everything that is wrong at once", async () => {
    const { code, found } = await doctor({
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
      REDIS_URL: "redis://127.0.0.1:1",
      SMTP_URL: "smtp://127.0.0.1:1",
    });
    expect(code).toBe(1);
    expect(broken(found)).toEqual(["database", "queue", "smtp"]);
  });

  it("says by which way answers come in, or that they go to the CSM", async () => {
    const smtp = { SMTP_URL: "smtp://127.0.0.1:1" };
    const none = (await doctor(smtp)).found.find(({ what }) => what === "answers");
    expect(none).toMatchObject({ state: "warning", found: expect.stringContaining("the CSM's own address") });
    const receiver = (await doctor({ ...smtp, INBOUND_SMTP_PORT: "9" })).found.find(
      ({ what }) => what === "answers",
    );
    expect(receiver).toMatchObject({
      state: "warning",
      found: expect.stringContaining("by SMTP on 127.0.0.1:9"),
    });
  });
});
