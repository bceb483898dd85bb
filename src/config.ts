import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";
import { z } from "zod";
import { type NamedRange, readRanges } from "./domain/engagement/network-book.ts";
import { closestWord } from "./domain/sequences/closest-word.ts";
import { keptSecret } from "./kept-secret.ts";
import { repositoryRoot } from "./repository-root.ts";

const KNOWN_DEFAULTS = /change[-_ ]?me|secret|password|example|default|0123456789|12345678/i;

/** Empty counts as unset: `KEY=` in an .env file means "not set". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T> & string) =>
  z.preprocess((given) => (given === "" || given === undefined ? value : given), schema);
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((number) => number >= min && number <= max, `must lie between ${min} and ${max}`);
const address = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });
const hostName = z
  .string()
  .toLowerCase()
  .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/, "must be a domain name, such as mail.example.com");

const secret = z
  .string()
  .min(32, "must have at least 32 characters; make one with: openssl rand -base64 48")
  .refine((text) => !KNOWN_DEFAULTS.test(text) && new Set(text).size >= 10, {
    error: "looks like an example, not a secret; make one with: openssl rand -base64 48",
  });

/** Every setting there is, in the order of .env.example. */
const Environment = z.object({
  DATABASE_URL: optional(address(["postgres:", "postgresql:"])).describe(
    "Your PostgreSQL (13 or newer). Unset: an embedded PostgreSQL in BATON_DATA_DIR. Needs BATON_SECRET.",
  ),
  DATABASE_POOL_SIZE: withDefault(wholeNumber(2, 200), "10").describe(
    "Database connections each process may hold.",
  ),
  REDIS_URL: optional(address(["redis:", "rediss:"])).describe(
    "Redis for the queue. Unset: the queue uses PostgreSQL.",
  ),
  SMTP_URL: optional(address(["smtp:", "smtps:"])).describe(
    "Where mail is handed over: smtp://user:password@host:587. Unset: mail is captured and shown in the app.",
  ),
  SMTP_TLS: optional(z.enum(["required", "opportunistic", "off"])).describe(
    "STARTTLS on smtp:// servers: required, opportunistic or off. Unset: required, except on loopback.",
  ),
  SMTP_CONNECTIONS: withDefault(wholeNumber(1, 100), "10").describe(
    "SMTP connections each worker keeps open.",
  ),
  SMTP_RATE_PER_SECOND: withDefault(wholeNumber(0, 100_000), "0").describe(
    "Mails per second of all workers together; 0: no limit.",
  ),
  SMTP_RATE_PER_DOMAIN: withDefault(wholeNumber(0, 100_000), "0").describe(
    "Mails per second of all workers together to one recipient domain; 0: no limit.",
  ),
  MAIL_DOMAIN: withDefault(hostName, "baton.localhost").describe(
    "Domain of the return path, the reply addresses and the Message-IDs at the first start; later it is changed in Settings.",
  ),
  DKIM_DOMAIN: optional(hostName).describe("Domain of the DKIM signature; set together with the next two."),
  DKIM_SELECTOR: optional(z.string().regex(/^[A-Za-z0-9._-]+$/, "must be a DNS label")).describe(
    "DKIM selector: the public key is published at <selector>._domainkey.<domain>.",
  ),
  DKIM_KEY_FILE: optional(z.string()).describe("File with the private key: PEM, RSA of 2048 bits or more."),
  INBOUND_SMTP_HOST: withDefault(z.string().min(1), "127.0.0.1").describe(
    "Address on which replies and bounces are received by SMTP; without SMTP_URL the captured mailbox listens there.",
  ),
  INBOUND_SMTP_PORT: withDefault(wholeNumber(0, 65_535), "0").describe(
    "Its port. 0: with SMTP_URL nothing is received by SMTP, without it any free one.",
  ),
  INBOUND_SMTP_CERT_FILE: optional(z.string()).describe(
    "Certificate chain (PEM) with which STARTTLS is offered there; set together with the next one.",
  ),
  INBOUND_SMTP_KEY_FILE: optional(z.string()).describe("Private key (PEM) of that certificate."),
  INBOUND_IMAP_URL: optional(address(["imap:", "imaps:"])).describe(
    "Inbox that workers read for replies and bounces: imaps://user:password@host/INBOX. One that nobody else reads.",
  ),
  BATON_SECRET: optional(secret).describe(
    "Signs links and sessions; at least 32 characters. Unset: made and kept in BATON_DATA_DIR. Required with DATABASE_URL.",
  ),
  BATON_SECRET_PREVIOUS: optional(secret).describe(
    "The secret before the present one: links signed with it stay good while you change over.",
  ),
  BATON_DATA_DIR: withDefault(z.string().min(1), ".baton").describe(
    "Folder of the embedded database, the captured mail and the kept secret.",
  ),
  BASE_URL: optional(address(["http:", "https:"])).describe(
    "Address of the pages as the contacts see it. Unset: http://localhost:PORT.",
  ),
  HOST: withDefault(z.string().min(1), "127.0.0.1").describe(
    "Address on which the pages are served; loopback by default.",
  ),
  PORT: withDefault(wholeNumber(0, 65_535), "4400").describe("Port of the pages; 0: any free one."),
  TRUSTED_PROXIES: withDefault(z.string(), "").describe(
    "Addresses or networks of your reverse proxies, with commas between: only they may name the visitor's address.",
  ),
  SCANNER_NETWORKS_FILE: optional(z.string()).describe(
    "File with networks that scan mail, beside those that ship with Baton: lines of a name and a block, such as: proofpoint 192.0.2.0/24.",
  ),
  LOG_LEVEL: withDefault(
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
    "info",
  ).describe("fatal, error, warn, info, debug, trace or silent."),
});

type Environment = z.output<typeof Environment>;
type Key = keyof Environment;

export interface Dkim {
  readonly domain: string;
  readonly selector: string;
  /** PEM. Never log it. */
  readonly privateKey: string;
}

export interface InboundTls {
  readonly cert: string;
  /** PEM. Never log it. */
  readonly key: string;
}

/** The settings as the program uses them. Holds secrets: never log it whole. */
export interface Config {
  /** null: embedded. */
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  readonly redisUrl: string | null;
  /** null: captured. */
  readonly smtpUrl: string | null;
  readonly smtpTls: "required" | "opportunistic" | "off";
  readonly smtpConnections: number;
  /** Mails per second; null: no limit. */
  readonly smtpRatePerSecond: number | null;
  readonly smtpRatePerDomain: number | null;
  readonly mailDomain: string;
  readonly dkim: Dkim | null;
  readonly inboundSmtp: { readonly host: string; readonly port: number; readonly tls: InboundTls | null };
  /** Holds a password: never log it. null: no inbox is read. */
  readonly inboundImapUrl: string | null;
  /** How answers come in; empty: they do not, and go to the CSM's own address instead. */
  readonly inbound: readonly ("captured" | "smtp" | "imap")[];
  readonly secret: string;
  readonly previousSecret: string | null;
  /** Absolute path. */
  readonly dataDir: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly trustedProxies: readonly string[];
  /** Networks that scan mail, beside the shipped ones. */
  readonly scannerNetworks: readonly NamedRange[];
  readonly logLevel: Environment["LOG_LEVEL"];
}

/** Reads every setting and reports all that is wrong at once, each with its remedy. Makes the local secret if needed. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  const complaints = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
  complaints.push(...unknownKeys(env), ...contradictions(env));
  const dkim = parsed.success ? readDkim(parsed.data, complaints) : null;
  const inboundTls = parsed.success ? readInboundTls(parsed.data, complaints) : null;
  const networks = parsed.success ? readScannerNetworks(parsed.data, complaints) : [];
  if (!parsed.success || complaints.length > 0) {
    const list = complaints.map((complaint) => `  - ${complaint}`).join("\n");
    throw new Error(`Invalid configuration:\n${list}\nEvery setting is explained in .env.example.`);
  }
  return toConfig(parsed.data, { dkim, inboundTls, scannerNetworks: networks });
}

/** The text of .env.example: generated, so that it cannot drift. */
export function envExample(): string {
  const entries = Object.entries(Environment.shape).map(([key, schema]) => {
    const preset = schema.safeParse(undefined);
    const value = preset.success && preset.data !== undefined ? String(preset.data) : "";
    return `# ${schema.description ?? ""}\n# ${key}=${value}\n`;
  });
  return [
    "# Every setting of Baton. None is needed to try it. Made from src/config.ts by `npm run docs:generate`.\n",
    ...entries,
  ].join("\n");
}

interface ReadFiles {
  readonly dkim: Dkim | null;
  readonly inboundTls: InboundTls | null;
  readonly scannerNetworks: readonly NamedRange[];
}

function toConfig(env: Environment, { dkim, inboundTls, scannerNetworks }: ReadFiles): Config {
  const dataDir = resolve(repositoryRoot, env.BATON_DATA_DIR);
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redisUrl: env.REDIS_URL ?? null,
    smtpUrl: env.SMTP_URL ?? null,
    smtpTls: env.SMTP_TLS ?? (env.SMTP_URL === undefined || isLoopback(env.SMTP_URL) ? "off" : "required"),
    smtpConnections: env.SMTP_CONNECTIONS,
    smtpRatePerSecond: env.SMTP_RATE_PER_SECOND || null,
    smtpRatePerDomain: env.SMTP_RATE_PER_DOMAIN || null,
    mailDomain: env.MAIL_DOMAIN,
    dkim,
    inboundSmtp: { host: env.INBOUND_SMTP_HOST, port: env.INBOUND_SMTP_PORT, tls: inboundTls },
    inboundImapUrl: env.INBOUND_IMAP_URL ?? null,
    inbound: [
      ...(env.SMTP_URL === undefined ? (["captured"] as const) : []),
      ...(env.SMTP_URL !== undefined && env.INBOUND_SMTP_PORT > 0 ? (["smtp"] as const) : []),
      ...(env.INBOUND_IMAP_URL === undefined ? [] : (["imap"] as const)),
    ],
    secret: env.BATON_SECRET ?? keptSecret(join(dataDir, "secret")),
    previousSecret: env.BATON_SECRET_PREVIOUS ?? null,
    dataDir,
    baseUrl: (env.BASE_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ""),
    host: env.HOST,
    port: env.PORT,
    trustedProxies: env.TRUSTED_PROXIES.split(",")
      .map((part) => part.trim())
      .filter(Boolean),
    scannerNetworks,
    logLevel: env.LOG_LEVEL,
  };
}

/** A misspelt setting would silently do nothing. */
function unknownKeys(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(Environment.shape);
  return Object.keys(env)
    .filter((key) => key.startsWith("BATON_") && !known.includes(key))
    .map((key) => {
      const suggestion = closestWord(key, known);
      return `${key}: no such setting${suggestion === null ? "; remove it" : `; did you mean ${suggestion}?`}`;
    });
}

/** What each setting allows alone, but not together with another. */
function contradictions(env: NodeJS.ProcessEnv): string[] {
  const given = (key: Key): string => env[key] ?? "";
  const found: string[] = [];
  if (given("DATABASE_URL") !== "" && given("BATON_SECRET") === "") {
    found.push("BATON_SECRET: required with DATABASE_URL; make one with: openssl rand -base64 48");
  }
  if (given("BATON_SECRET") !== "" && given("BATON_SECRET") === given("BATON_SECRET_PREVIOUS")) {
    found.push("BATON_SECRET_PREVIOUS: is the same as BATON_SECRET; leave it empty when there was no other");
  }
  const dkim: readonly Key[] = ["DKIM_DOMAIN", "DKIM_SELECTOR", "DKIM_KEY_FILE"];
  const missing = dkim.filter((key) => given(key) === "");
  if (missing.length > 0 && missing.length < dkim.length) {
    found.push(...missing.map((key) => `${key}: required when one of the DKIM settings is set`));
  }
  const tls: readonly Key[] = ["INBOUND_SMTP_CERT_FILE", "INBOUND_SMTP_KEY_FILE"];
  for (const [mine, other] of [tls, tls.toReversed()] as [Key, Key][]) {
    if (given(mine) === "" && given(other) !== "") found.push(`${mine}: required with ${other}`);
  }
  const inbox = given("INBOUND_IMAP_URL");
  if (URL.canParse(inbox) && (new URL(inbox).username === "" || new URL(inbox).password === "")) {
    found.push(
      "INBOUND_IMAP_URL: names no user or no password; write it like imaps://user:password@host/INBOX",
    );
  }
  if (given("SMTP_URL").startsWith("smtps:") && given("SMTP_TLS") === "off") {
    found.push("SMTP_TLS: off contradicts smtps://; remove it, or use smtp://");
  }
  return found;
}

function readDkim(env: Environment, complaints: string[]): Dkim | null {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = env;
  if (domain === undefined || selector === undefined || file === undefined) return null;
  const path = resolve(repositoryRoot, file);
  try {
    const privateKey = readFileSync(path, "utf8");
    const problem = keyProblem(privateKey);
    if (problem !== null) complaints.push(`DKIM_KEY_FILE: ${path} ${problem}`);
    return { domain, selector, privateKey };
  } catch (error) {
    complaints.push(
      `DKIM_KEY_FILE: cannot read ${path} (${error instanceof Error ? error.message : String(error)})`,
    );
    return null;
  }
}

function readScannerNetworks(env: Environment, complaints: string[]): readonly NamedRange[] {
  if (env.SCANNER_NETWORKS_FILE === undefined) return [];
  const path = resolve(repositoryRoot, env.SCANNER_NETWORKS_FILE);
  try {
    const { ranges, problems } = readRanges(readFileSync(path, "utf8"));
    complaints.push(...problems.map((problem) => `SCANNER_NETWORKS_FILE: ${path} ${problem}`));
    return ranges;
  } catch (error) {
    complaints.push(
      `SCANNER_NETWORKS_FILE: cannot read ${path} (${error instanceof Error ? error.message : String(error)})`,
    );
    return [];
  }
}

const MAKE_KEY = "make one with: openssl genrsa -out dkim.pem 2048";

function readInboundTls(env: Environment, complaints: string[]): InboundTls | null {
  const { INBOUND_SMTP_CERT_FILE: certFile, INBOUND_SMTP_KEY_FILE: keyFile } = env;
  if (certFile === undefined || keyFile === undefined) return null;
  const read = (key: Key, file: string): string => {
    const path = resolve(repositoryRoot, file);
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      complaints.push(
        `${key}: cannot read ${path} (${error instanceof Error ? error.message : String(error)})`,
      );
      return "";
    }
  };
  const tls = { cert: read("INBOUND_SMTP_CERT_FILE", certFile), key: read("INBOUND_SMTP_KEY_FILE", keyFile) };
  if (tls.cert === "" || tls.key === "") return tls;
  try {
    createSecureContext(tls);
  } catch (error) {
    complaints.push(
      `INBOUND_SMTP_CERT_FILE: this certificate and the key of INBOUND_SMTP_KEY_FILE do not work together (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return tls;
}

function keyProblem(pem: string): string | null {
  try {
    const key = createPrivateKey(pem);
    // An Ed25519 signature is one that many receivers cannot read (RFC 8463), and a key that cannot sign would
    // let every mail leave unsigned.
    if (key.asymmetricKeyType !== "rsa") {
      return `must hold an RSA key, and holds ${key.asymmetricKeyType ?? "another"}; ${MAKE_KEY}`;
    }
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= 2048
      ? null
      : `holds an RSA key of ${bits} bits; receivers want 2048 or more (RFC 8301); ${MAKE_KEY}`;
  } catch {
    return `holds no private key in PEM form; ${MAKE_KEY}`;
  }
}

function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
