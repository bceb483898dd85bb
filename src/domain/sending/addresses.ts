/**
 * One mail address, or a reason in words. Nothing else may stand where an address stands: a
 * comma, a comment or a line break there is how one recipient becomes two (trust.md 1, A7, A8).
 *
 * Narrower than RFC 5321 on purpose: quoted local parts, address literals, comments and groups
 * are legal but never seen in a customer's contact list, and mail software disagrees on them.
 */
export type AddressResult =
  | { readonly ok: true; readonly address: string; readonly domain: string }
  | { readonly ok: false; readonly problem: AddressProblem };

export interface AddressProblem {
  readonly code: "address-empty" | "address-too-long" | "address-control" | "address-form" | "address-domain";
  readonly message: string;
  readonly remedy: string;
}

const ADDRESS_LIMIT = 254;
const LOCAL_LIMIT = 64;
const WRITE_ONE = "Write exactly one plain address, like ana.silva@example.com.";

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u;
/** dot-atom of RFC 5321, ASCII only: a server without SMTPUTF8 could not take anything else. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

function bad(code: AddressProblem["code"], message: string, remedy = WRITE_ONE): AddressResult {
  return { ok: false, problem: { code, message, remedy } };
}

/**
 * Reads one address and normalises it: outer spaces trimmed, domain in lower case (and in
 * punycode when it was written in another script), local part untouched because only its own
 * server may say that case does not matter. Linear in the length; refuses by length first.
 */
export function readAddress(input: string): AddressResult {
  // Checked before trimming: trim() would quietly remove a trailing line break.
  if (CONTROL.test(input)) {
    return bad("address-control", "The address contains a line break or another invisible character.");
  }
  const trimmed = input.trim();
  if (trimmed === "") return bad("address-empty", "There is no address.");
  if (trimmed.length > ADDRESS_LIMIT) {
    return bad("address-too-long", `The address is longer than ${ADDRESS_LIMIT} characters.`);
  }
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, Math.max(at, 0));
  if (at <= 0 || !LOCAL.test(local)) {
    return bad(
      "address-form",
      "This is not one plain address: quotes, brackets, commas and spaces are not taken.",
    );
  }
  if (local.length > LOCAL_LIMIT) {
    return bad("address-too-long", `The part before the @ is longer than ${LOCAL_LIMIT} characters.`);
  }
  const domain = readDomain(trimmed.slice(at + 1));
  if (domain === null) {
    return bad(
      "address-domain",
      "The part after the @ is not a domain name.",
      "Check the domain, like example.com.",
    );
  }
  const address = `${local}@${domain}`;
  if (address.length > ADDRESS_LIMIT) {
    return bad("address-too-long", `The address is longer than ${ADDRESS_LIMIT} characters.`);
  }
  return { ok: true, address, domain };
}

/** A domain name in ASCII lower case, or null. Needs two labels, the last one not a number. */
function readDomain(input: string): string | null {
  if (input === "" || /[^\p{L}\p{M}\p{N}.-]/u.test(input)) return null;
  const ascii = toAscii(input);
  if (ascii === null || ascii.length > 253) return null;
  const labels = ascii.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || /^\d+$/.test(last)) return null;
  return labels.every((label) => label.length <= 63 && LABEL.test(label)) ? ascii : null;
}

function toAscii(domain: string): string | null {
  if (/^[A-Za-z0-9.-]*$/.test(domain)) return domain.toLowerCase();
  const url = `http://${domain}/`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}

/**
 * A name as it may stand in a header or an address: one line, no invisible characters. Line
 * breaks and control characters become one space; format characters that carry meaning in a
 * script (zero-width joiners) stay, bidirectional overrides go.
 */
export function readName(input: string): string {
  return input
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
