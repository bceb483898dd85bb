/** The part of the Links port that addresses need. */
export interface AddressSigner {
  sign(purpose: "bounce" | "reply", subject: string, position?: number): string;
}

/** RFC 5321 4.5.3.1.1: servers may refuse a longer local part. */
const LOCAL_PART_LIMIT = 64;

/**
 * Per-send return path: a bounce that comes back to it names its send, whatever the bounce's
 * body looks like (46 % of real ones have no machine-readable part, trust.md 0.11).
 */
export function returnPath(signer: AddressSigner, sendId: string, bounceDomain: string): string {
  return signedAddress("b", signer.sign("bounce", sendId), bounceDomain);
}

/** Per-send Reply-To, so that a reply finds its enrollment even when the Message-ID was replaced on the way. */
export function replyAddress(signer: AddressSigner, sendId: string, inboundDomain: string): string {
  return signedAddress("reply", signer.sign("reply", sendId), inboundDomain);
}

function signedAddress(prefix: string, token: string, domain: string): string {
  const local = `${prefix}+${token}`;
  if (local.length > LOCAL_PART_LIMIT) {
    throw new Error(
      `A ${prefix} token of ${token.length} characters does not fit a local part of ${LOCAL_PART_LIMIT}`,
    );
  }
  return `${local}@${domain}`;
}

/**
 * The token in an address made above, or null. Only takes the address apart: the caller must
 * read the token with the signer, which refuses forgeries.
 */
export function tokenInAddress(prefix: "b" | "reply", address: string): string | null {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  return local.startsWith(`${prefix}+`) ? local.slice(prefix.length + 1) : null;
}
