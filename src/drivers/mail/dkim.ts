import { createPrivateKey, createPublicKey, generateKeyPair } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

export interface DkimKey {
  readonly domainName: string;
  readonly keySelector: string;
  /** PEM, PKCS#8 or PKCS#1. */
  readonly privateKey: string;
}

/**
 * What the signature covers. nodemailer's own list leaves out List-Unsubscribe-Post, and RFC 8058
 * one-click asks for both unsubscribe headers in `h=` (trust.md 0.1).
 */
export const SIGNED_HEADERS = [
  "from",
  "to",
  "subject",
  "date",
  "message-id",
  "reply-to",
  "references",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "list-id",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "feedback-id",
  "auto-submitted",
].join(":");

const SMALLEST_BITS = 2048;

/** Reads a private key file. Throws with the remedy: a mail system that signs wrongly must not start. */
export async function loadDkimKey(path: string, domainName: string, keySelector: string): Promise<DkimKey> {
  let privateKey: string;
  try {
    privateKey = await readFile(path, "utf8");
  } catch (cause) {
    throw new Error(`Cannot read the DKIM key ${path}: check the path and that this user may read it`, {
      cause,
    });
  }
  checkKey(privateKey, path);
  return { domainName, keySelector, privateKey };
}

/** Local mode: the key in `path`, made on first use and readable by its owner alone. */
export async function localDkimKey(path: string, domainName: string, keySelector: string): Promise<DkimKey> {
  const kept = await readFile(path, "utf8").catch((problem: NodeJS.ErrnoException) => {
    if (problem.code === "ENOENT") return null;
    throw new Error(`Cannot read the DKIM key ${path}`, { cause: problem });
  });
  if (kept !== null) {
    checkKey(kept, path);
    return { domainName, keySelector, privateKey: kept };
  }
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: SMALLEST_BITS });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await mkdir(dirname(path), { recursive: true });
  try {
    // "wx": of two processes that start together one makes the key, the other reads it.
    await writeFile(path, pem, { mode: 0o600, flag: "wx" });
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "EEXIST") {
      return loadDkimKey(path, domainName, keySelector);
    }
    throw new Error(`Cannot keep a DKIM key in ${path}`, { cause: problem });
  }
  return { domainName, keySelector, privateKey: pem };
}

/** The TXT record to publish at `<selector>._domainkey.<domain>`. */
export function dkimRecord(key: DkimKey): string {
  const spki = createPublicKey(key.privateKey).export({ type: "spki", format: "der" });
  return `v=DKIM1; k=rsa; p=${spki.toString("base64")}`;
}

function checkKey(pem: string, path: string): void {
  let bits: number | undefined;
  let kind: string | undefined;
  try {
    const key = createPrivateKey(pem);
    kind = key.asymmetricKeyType;
    bits = key.asymmetricKeyDetails?.modulusLength;
  } catch (cause) {
    throw new Error(`${path} is not a private key in PEM form`, { cause });
  }
  if (kind !== "rsa" || bits === undefined || bits < SMALLEST_BITS) {
    throw new Error(
      `The DKIM key ${path} must be RSA with at least ${SMALLEST_BITS} bits: make a new one and publish it`,
    );
  }
}
