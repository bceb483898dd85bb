import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { dkimRecord, loadDkimKey, localDkimKey } from "../../../src/drivers/mail/dkim.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dkim-"));
  folders.push(folder);
  return join(folder, "keys", "dkim.pem");
}

describe("the DKIM key of the local mode", () => {
  it("is made once, also by processes that start together, and read by its owner alone", async () => {
    const path = await place();
    const keys = await Promise.all([1, 2, 3].map(() => localDkimKey(path, "fernwick.example", "baton")));
    const again = await localDkimKey(path, "fernwick.example", "baton");
    expect(new Set([...keys, again].map((key) => key.privateKey)).size).toBe(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(dkimRecord(again)).toMatch(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/=]{300,}$/);
  });

  it("is refused with the remedy when it is missing, no key, or too short", async () => {
    const path = join(await place(), "..", "..", "other.pem");
    await expect(loadDkimKey(path, "x.example", "s")).rejects.toThrow(/check the path/);
    await writeFile(path, "hello");
    await expect(loadDkimKey(path, "x.example", "s")).rejects.toThrow(/PEM/);
    const other = generateKeyPairSync("ed25519").privateKey;
    await writeFile(path, other.export({ type: "pkcs8", format: "pem" }));
    await expect(loadDkimKey(path, "x.example", "s")).rejects.toThrow(/must be RSA/);
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    await writeFile(path, weak.export({ type: "pkcs8", format: "pem" }));
    await expect(loadDkimKey(path, "x.example", "s")).rejects.toThrow(/2048/);
  });
});
