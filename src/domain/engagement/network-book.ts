import { readIp, readNetwork } from "./ip-address.ts";
import { NETWORK_RANGES } from "./network-ranges.ts";
import { NETWORKS } from "./networks.ts";

/** The name of the published network that an address belongs to; null for the open internet. */
export type NetworkBook = (address: string) => string | null;

export interface NamedRange {
  readonly name: string;
  readonly bits: 32 | 128;
  readonly prefix: number;
  readonly value: bigint;
}

/** Reads lines of "name block"; a line with a block alone names a scanner. Everything wrong is told at once. */
export function readRanges(text: string): { ranges: NamedRange[]; problems: string[] } {
  const ranges: NamedRange[] = [];
  const problems: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/#.*$/, "").trim();
    if (line === "") continue;
    const words = line.split(/\s+/);
    const block = words.at(-1) ?? "";
    const name = (words.length > 1 ? words[0] : "scanner")?.toLowerCase() ?? "";
    const network = readNetwork(block);
    if (words.length > 2) problems.push(`line ${index + 1}: write a name and one block`);
    else if (!Object.hasOwn(NETWORKS, name))
      problems.push(
        `line ${index + 1}: no network is called "${name}"; use ${Object.keys(NETWORKS).join(", ")}`,
      );
    else if (network === null)
      problems.push(`line ${index + 1}: "${block}" is no network such as 192.0.2.0/24`);
    else ranges.push({ name, ...network });
  }
  return { ranges, problems };
}

/**
 * Looks an address up among the shipped ranges and those of the operator. The narrowest block that holds it
 * wins, and of two equal ones the operator's. One look per prefix length, so that a long list costs no more.
 */
export function networkBook(own: readonly NamedRange[] = []): NetworkBook {
  const shelves = new Map<string, { bits: 32 | 128; prefix: number; names: Map<bigint, string> }>();
  for (const { name, bits, prefix, value } of [...shipped(), ...own]) {
    const key = `${bits}/${prefix}`;
    const shelf = shelves.get(key) ?? { bits, prefix, names: new Map<bigint, string>() };
    shelves.set(key, shelf);
    shelf.names.set(value >> BigInt(bits - prefix), name);
  }
  const narrowestFirst = [...shelves.values()].sort((a, b) => b.prefix - a.prefix);
  return (text) => {
    const address = readIp(text);
    if (address === null) return null;
    for (const { bits, prefix, names } of narrowestFirst) {
      if (bits !== address.bits) continue;
      const name = names.get(address.value >> BigInt(bits - prefix));
      if (name !== undefined) return name;
    }
    return null;
  };
}

function shipped(): NamedRange[] {
  const { ranges, problems } = readRanges(NETWORK_RANGES);
  if (problems.length > 0) throw new Error(`The shipped networks: ${problems.join("; ")}`);
  return ranges;
}
