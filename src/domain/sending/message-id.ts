import { createHmac } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ID_LENGTH = 26;

/**
 * `<26 letters@domain>`, the same for a send on every attempt: a server or a reader that sees it
 * twice can tell it is one mail. Keyed, so an outsider who knows a send id cannot compute it and
 * forge a reply that points at it. 26 letters of base32 are 130 bits.
 *
 * @param domain aligned with From, without a trailing dot
 */
export function messageId(secret: string, sendId: string, domain: string): string {
  const digest = createHmac("sha256", secret).update(`message-id\0${sendId}`).digest();
  let letters = "";
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && letters.length < ID_LENGTH) {
      bits -= 5;
      letters += ALPHABET.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
    if (letters.length === ID_LENGTH) break;
  }
  return `<${letters}@${domain}>`;
}
