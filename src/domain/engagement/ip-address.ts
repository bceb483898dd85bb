/** An address as a number, so that networks can be compared. IPv4 written as IPv6 is IPv4. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface IpNetwork extends IpAddress {
  /** Leading bits that all its addresses share. */
  readonly prefix: number;
}

/** Null for what is no address. */
export function readIp(text: string): IpAddress | null {
  const plain = text.trim().toLowerCase().replace(/%.*$/, "");
  const four = readFour(plain.replace(/^::ffff:(?=\d+\.)/, ""));
  if (four !== null) return { bits: 32, value: four };
  const six = readSix(plain);
  return six === null ? null : { bits: 128, value: six };
}

/** "40.92.0.0/15", "2a01:111::/32", or one address. Null unless the bits after the prefix are all zero. */
export function readNetwork(text: string): IpNetwork | null {
  const [base = "", length, ...rest] = text.trim().split("/");
  const address = readIp(base);
  if (address === null || rest.length > 0) return null;
  if (length === undefined) return { ...address, prefix: address.bits };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (prefix < 0 || prefix > address.bits) return null;
  const free = BigInt(address.bits - prefix);
  return (address.value >> free) << free === address.value ? { ...address, prefix } : null;
}

function readFour(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return null;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readSix(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  // "::" stands for at least one group of zeros; without it all eight must be there.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
