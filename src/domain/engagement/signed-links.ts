import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What a link is for. A token made for one purpose is noise for every other. */
export const LINK_PURPOSES = [
  "page",
  "link",
  "unsubscribe",
  "open",
  "bounce",
  "reply",
  "sign-in",
  "value",
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

export interface LinkClaims {
  readonly subject: string;
  readonly position: number;
  /** Midnight UTC of the day on which the token was made. Who reads decides whether that is too old. */
  readonly issuedAt: Date;
}

/** Signs and reads the links in mails (trust.md 3): one key per purpose, destinations never in the request. */
export interface Links {
  /** `subject` is a UUID (send, page key); `position` 0–65535. Opaque, URL-safe, < 90 characters. */
  sign(purpose: LinkPurpose, subject: string, position?: number): string;
  /** null for anything not made by `sign` with this purpose. Never throws on attacker input. */
  read(purpose: LinkPurpose, token: string): LinkClaims | null;
}

export interface LinkSecret {
  /** 1–8 letters or digits; names the secret in the token so that two can live side by side. */
  readonly kid: string;
  readonly secret: string;
}

const PAYLOAD_BYTES = 16 + 2 + 4;
/** 144 bits: more than the 128 that trust.md 3 asks, and a whole number of base64url characters. */
const MAC_BYTES = 18;
const MS_PER_DAY = 86_400_000;
const TOKEN = /^([A-Za-z0-9]{1,8})\.([A-Za-z0-9_-]{30})\.([A-Za-z0-9_-]{24})$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * `<kid>.<payload>.<mac>`: payload is 16 bytes of subject, 2 of position, 4 of day issued; the mac is
 * HMAC-SHA256 over kid and payload with an HKDF subkey per purpose. The first secret signs, all of
 * them read: to rotate, put the new one first and drop the old one when its links have aged out.
 */
export function makeLinks(secrets: readonly LinkSecret[], now: () => Date): Links {
  const [current] = secrets;
  if (current === undefined) throw new Error("No secret to sign links with: set BATON_SECRET.");
  const keys = new Map(secrets.map((secret) => [secret.kid, subkeys(secret)]));
  if (keys.size !== secrets.length) throw new Error("Two link secrets share a kid: give each its own.");
  const signing = subkeys(current);

  return {
    sign(purpose, subject, position = 0) {
      const payload = encode(subject, position, now());
      return `${current.kid}.${payload}.${mac(signing[purpose], current.kid, payload)}`;
    },
    read(purpose, token) {
      const match = TOKEN.exec(token);
      const [, kid, payload, given] = match ?? [];
      if (kid === undefined || payload === undefined || given === undefined) return null;
      // An unknown kid costs the same work as a wrong mac, so timing tells nobody which kids live.
      const known = keys.get(kid);
      const expected = mac((known ?? signing)[purpose], kid, payload);
      // Encoded strings are compared: decoding first would accept several spellings of the same bytes.
      const genuine = timingSafeEqual(Buffer.from(expected), Buffer.from(given));
      return genuine && known !== undefined ? decode(payload) : null;
    },
  };
}

type Subkeys = Readonly<Record<LinkPurpose, Buffer>>;

function subkeys({ kid, secret }: LinkSecret): Subkeys {
  if (!/^[A-Za-z0-9]{1,8}$/.test(kid)) throw new Error(`Link secret id "${kid}": use 1–8 letters or digits.`);
  if (secret.length < 32) throw new Error(`Link secret "${kid}" is too short: use at least 32 characters.`);
  const key = (purpose: LinkPurpose) => Buffer.from(hkdfSync("sha256", secret, "baton-links-1", purpose, 32));
  return {
    page: key("page"),
    link: key("link"),
    unsubscribe: key("unsubscribe"),
    open: key("open"),
    bounce: key("bounce"),
    reply: key("reply"),
    "sign-in": key("sign-in"),
    value: key("value"),
  };
}

function mac(key: Buffer, kid: string, payload: string): string {
  return createHmac("sha256", key)
    .update(`${kid}.${payload}`)
    .digest()
    .subarray(0, MAC_BYTES)
    .toString("base64url");
}

function encode(subject: string, position: number, at: Date): string {
  if (!UUID.test(subject)) throw new Error("A link's subject must be a UUID.");
  if (!Number.isInteger(position) || position < 0 || position > 0xffff)
    throw new Error(`A link's position must be 0–65535, not ${position}.`);
  const bytes = Buffer.alloc(PAYLOAD_BYTES);
  bytes.write(subject.replaceAll("-", ""), 0, "hex");
  bytes.writeUInt16BE(position, 16);
  bytes.writeUInt32BE(Math.floor(at.getTime() / MS_PER_DAY), 18);
  return bytes.toString("base64url");
}

function decode(payload: string): LinkClaims | null {
  const bytes = Buffer.from(payload, "base64url");
  if (bytes.length !== PAYLOAD_BYTES || bytes.toString("base64url") !== payload) return null;
  const hex = bytes.toString("hex", 0, 16);
  return {
    subject: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
      "-",
    ),
    position: bytes.readUInt16BE(16),
    issuedAt: new Date(bytes.readUInt32BE(18) * MS_PER_DAY),
  };
}
