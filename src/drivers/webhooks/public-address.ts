import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Networks that are nobody's public address (IANA special-purpose registries): requests there would reach our own house. */
const PRIVATE_4 = new BlockList();
/** Apart from the other: Node checks IPv4 addresses against wrapped IPv6 networks too, and would find them all. */
const PRIVATE_6 = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  PRIVATE_4.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  // Addresses that wrap an IPv4 one are refused as a whole: nobody publishes a webhook behind them.
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  PRIVATE_6.addSubnet(network, prefix, "ipv6");
}

export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return family === 6 ? PRIVATE_6.check(address, "ipv6") : PRIVATE_4.check(address, "ipv4");
}

/** Every address of a name, as the machine's own resolver gives them. Throws for an unknown name. */
export type Resolver = (host: string) => Promise<{ address: string; family: number }[]>;

const ofTheMachine: Resolver = (host) => lookup(host, { all: true });

export type PublicAddress = { ok: true; address: string; family: 4 | 6 } | { ok: false; message: string };

/**
 * The address to connect to, checked: the caller must connect to exactly this one, or a second look-up
 * could give another (DNS rebinding, trust.md A10).
 */
export async function resolveSafely(
  url: URL,
  { allowPrivateNetworks, timeoutMs, resolver = ofTheMachine }: ResolveOptions,
): Promise<PublicAddress> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found =
    isIP(host) === 0 ? await inTime(resolver(host), timeoutMs) : [{ address: host, family: isIP(host) }];
  if (found === "unknown") return { ok: false, message: `The name ${host} is not known.` };
  if (found === "late") return { ok: false, message: `The name ${host} was not found in time.` };
  const [first] = found;
  if (first === undefined) return { ok: false, message: `The name ${host} has no address.` };
  // One private address among several is reason enough: which one a client takes is chance.
  if (!allowPrivateNetworks && found.some(({ address }) => isPrivateAddress(address))) {
    return { ok: false, message: `${host} is an address of a private network.` };
  }
  return { ok: true, address: first.address, family: first.family === 6 ? 6 : 4 };
}

interface ResolveOptions {
  readonly allowPrivateNetworks: boolean;
  readonly timeoutMs: number;
  readonly resolver?: Resolver;
}

/** A name server that never answers must not hold a delivery longer than its lease. */
async function inTime<T>(asked: Promise<T>, timeoutMs: number): Promise<T | "unknown" | "late"> {
  const over = new AbortController();
  try {
    const answered = asked.catch(() => "unknown" as const);
    const late = sleep(timeoutMs, "late" as const, { signal: over.signal, ref: false }).catch(
      () => "late" as const,
    );
    return await Promise.race([answered, late]);
  } finally {
    over.abort();
  }
}

/** What is wrong with the form of a webhook's address; null when it may be kept. */
export function badWebhookUrl(text: string, allowPrivateNetworks: boolean): string | null {
  if (!URL.canParse(text)) return "This is not an address.";
  const url = new URL(text);
  if (url.protocol !== "https:" && !(allowPrivateNetworks && url.protocol === "http:")) {
    return "The address must begin with https://.";
  }
  if (url.username !== "" || url.password !== "") return "The address must not hold a name or a password.";
  return null;
}
