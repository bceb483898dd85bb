import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envExample, loadConfig } from "../../src/config.ts";
import { repositoryRoot } from "../../src/repository-root.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "baton-config-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = "pV3kq9Zt2wXy7LmNbRfGhJcD5sA8uE1oQ4iT6vKxWz";
const load = (env: NodeJS.ProcessEnv = {}) => loadConfig({ BATON_DATA_DIR: folder, ...env });

describe("the configuration", () => {
  it("needs no setting at all: embedded database, captured mail, loopback", () => {
    const config = load();
    expect(config).toMatchObject({
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
      host: "127.0.0.1",
      inboundSmtp: { host: "127.0.0.1" },
    });
  });

  it("makes a secret once, readable by its owner only, and keeps it", () => {
    const first = load().secret;
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(load().secret).toBe(first);
    expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  });

  it("reads a file of networks that scan mail, and refuses one with a wrong line by its number", () => {
    const file = join(folder, "networks.txt");
    writeFileSync(file, "proofpoint 192.0.2.0/24\n");
    expect(load({ SCANNER_NETWORKS_FILE: file }).scannerNetworks).toMatchObject([{ name: "proofpoint" }]);
    writeFileSync(file, "proofpoint 192.0.2.0/24\nproofpoint 192.0.2.0/99\n");
    expect(() => load({ SCANNER_NETWORKS_FILE: file })).toThrow(/SCANNER_NETWORKS_FILE: .*line 2/);
    expect(() => load({ SCANNER_NETWORKS_FILE: join(folder, "none.txt") })).toThrow(/cannot read/);
  });

  it("reports every complaint at once, each with its setting and remedy", () => {
    const load4 = () =>
      load({ DATABASE_URL: "mysql://db", PORT: "99999", SMTP_TLS: "maybe", DKIM_DOMAIN: "example.com" });
    for (const part of [
      /DATABASE_URL: must be an address that begins with postgres:/,
      /PORT: must lie between 0 and 65535/,
      /SMTP_TLS: /,
      /DKIM_SELECTOR: required when/,
      /DKIM_KEY_FILE: required when/,
      /BATON_SECRET: required with DATABASE_URL; make one with/,
    ]) {
      expect(load4).toThrow(part);
    }
  });

  it("refuses short, repeated and well-known secrets", () => {
    for (const weak of [
      "short",
      "a".repeat(40),
      "changeme-changeme-changeme-changeme-42",
      `${SECRET}-password`,
    ]) {
      expect(() => load({ BATON_SECRET: weak })).toThrow(/BATON_SECRET: /);
    }
    expect(load({ BATON_SECRET: SECRET }).secret).toBe(SECRET);
  });

  it("accepts a previous secret for a change-over, but not the same one twice", () => {
    expect(load({ BATON_SECRET: SECRET, BATON_SECRET_PREVIOUS: `${SECRET}x` }).previousSecret).toBe(
      `${SECRET}x`,
    );
    expect(() => load({ BATON_SECRET: SECRET, BATON_SECRET_PREVIOUS: SECRET })).toThrow(
      /same as BATON_SECRET/,
    );
  });

  it("names the setting that a misspelt one was meant to be", () => {
    expect(() => load({ BATON_SECRT: SECRET })).toThrow(
      /BATON_SECRT: no such setting; did you mean BATON_SECRET\?/,
    );
  });

  it("demands STARTTLS from a real server and none from loopback", () => {
    expect(load({ SMTP_URL: "smtp://mail.example.com:587" }).smtpTls).toBe("required");
    expect(load({ SMTP_URL: "smtp://127.0.0.1:2525" }).smtpTls).toBe("off");
    expect(load({ SMTP_URL: "smtp://mail.example.com", SMTP_TLS: "opportunistic" }).smtpTls).toBe(
      "opportunistic",
    );
  });

  it("takes an empty setting for an unset one", () => {
    expect(load({ DATABASE_URL: "", SMTP_URL: "", PORT: "" })).toMatchObject({
      databaseUrl: null,
      port: 4400,
    });
  });

  it("refuses a DKIM key that receivers would refuse", () => {
    const file = join(folder, "dkim.pem");
    const dkim = { DKIM_DOMAIN: "example.com", DKIM_SELECTOR: "b1", DKIM_KEY_FILE: file };
    expect(() => load(dkim)).toThrow(/DKIM_KEY_FILE: cannot read/);
    const pem = (modulusLength: number) =>
      generateKeyPairSync("rsa", { modulusLength }).privateKey.export({ type: "pkcs8", format: "pem" });
    writeFileSync(file, pem(1024));
    expect(() => load(dkim)).toThrow(/RSA key of 1024 bits/);
    for (const { privateKey } of [
      generateKeyPairSync("ed25519"),
      generateKeyPairSync("rsa-pss", { modulusLength: 2048 }),
      generateKeyPairSync("ec", { namedCurve: "P-256" }),
    ]) {
      writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }));
      expect(() => load(dkim), privateKey.asymmetricKeyType).toThrow(/must hold an RSA key.*openssl genrsa/);
    }
    writeFileSync(file, pem(2048));
    expect(load(dkim).dkim).toMatchObject({ domain: "example.com", selector: "b1" });
  });

  it("says how answers come in: never by nothing that was not set", () => {
    const smtp = { SMTP_URL: "smtp://mail.example.com:587" };
    expect(load({}).inbound).toEqual(["captured"]);
    expect(load(smtp).inbound).toEqual([]);
    expect(load({ ...smtp, INBOUND_SMTP_PORT: "2525" }).inbound).toEqual(["smtp"]);
    const inbox = "imaps://me:word@mail.example.com/INBOX";
    expect(load({ ...smtp, INBOUND_IMAP_URL: inbox }).inbound).toEqual(["imap"]);
    expect(() => load({ ...smtp, INBOUND_IMAP_URL: "imaps://mail.example.com" })).toThrow(
      /INBOUND_IMAP_URL: names no user or no password/,
    );
  });

  it("takes a certificate for receiving only with its own key", () => {
    const pem = (name: string) => join(repositoryRoot, "test/data/tls", name);
    const cert = { INBOUND_SMTP_CERT_FILE: pem("cert.pem") };
    expect(() => load(cert)).toThrow(/INBOUND_SMTP_KEY_FILE: required with INBOUND_SMTP_CERT_FILE/);
    expect(() => load({ ...cert, INBOUND_SMTP_KEY_FILE: pem("none.pem") })).toThrow(
      /INBOUND_SMTP_KEY_FILE: cannot read/,
    );
    const other = join(folder, "other.pem");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(other, privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(() => load({ ...cert, INBOUND_SMTP_KEY_FILE: other })).toThrow(/do not work together/);
    expect(load({ ...cert, INBOUND_SMTP_KEY_FILE: pem("key.pem") }).inboundSmtp.tls?.key).toContain(
      "PRIVATE KEY",
    );
  });

  it("is described whole in the committed .env.example", () => {
    expect(readFileSync(join(repositoryRoot, ".env.example"), "utf8")).toBe(envExample());
  });
});
