import {
  type Hits,
  indexes,
  isConfirmed,
  isFetch,
  isWithin,
  linkOf,
  MINUTE,
  SECOND,
  type Timed,
  unconfirmed,
} from "./hit-groups.ts";
import { networkClass } from "./networks.ts";
import { isBareMozilla, isDeclaredBot, isImageProxy, isImpossible, operatingSystem } from "./user-agents.ts";

/** A rule gives the indexes it holds for. `strong` makes a hit machine, `weak` only uncertain. */
export interface HitRule {
  readonly id: string;
  readonly weight: "strong" | "weak";
  find(hits: Hits): Iterable<number>;
}

/** How many different things are in a window that moves. */
class Tally {
  private readonly counts = new Map<string, number>();
  get size(): number {
    return this.counts.size;
  }
  add(name: string | null): void {
    if (name !== null) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
  remove(name: string | null): void {
    if (name === null) return;
    const left = (this.counts.get(name) ?? 0) - 1;
    if (left > 0) this.counts.set(name, left);
    else this.counts.delete(name);
  }
}

/** Every window in which `distinct` different links of one send were fetched within `ms`: all hits inside. */
function* windows(
  sends: Hits["bySend"],
  distinct: (send: readonly Timed[]) => number,
  ms: number,
): Generator<number> {
  for (const send of sends.values()) {
    const fetches = send.filter(isFetch);
    const wanted = distinct(fetches);
    if (wanted > fetches.length) continue;
    // One pass: the window moves over the hits in time order, and each hit is named once.
    const links = new Tally();
    let end = 0;
    let named = 0;
    for (const [start, first] of fetches.entries()) {
      for (let next = fetches[end]; next !== undefined && next.time - first.time <= ms; next = fetches[++end])
        links.add(linkOf(next));
      if (links.size >= wanted) {
        for (const inside of fetches.slice(Math.max(start, named), end)) yield inside.index;
        named = end;
      }
      links.remove(linkOf(first));
    }
  }
}

const burst: HitRule = {
  id: "burst",
  weight: "strong",
  *find({ bySend }) {
    yield* windows(bySend, () => 2, SECOND);
    yield* windows(bySend, () => 3, 3 * SECOND);
  },
};

/** Every link of a mail within ten seconds: nobody reads like that (domain.md B3). */
const sweep: HitRule = {
  id: "sweep",
  weight: "strong",
  find: ({ bySend }) =>
    windows(
      bySend,
      (send) => Math.max(3, ...send.map(({ hit }) => hit.links ?? Number.POSITIVE_INFINITY)),
      10 * SECOND,
    ),
};

/** The link nobody can see was followed: same send, and same address or the same ten seconds. */
const honeypot: HitRule = {
  id: "honeypot",
  weight: "strong",
  *find({ bySend }) {
    for (const send of bySend.values()) {
      const traps = send.filter(({ hit }) => hit.target === "honeypot");
      for (const timed of send)
        if (
          isFetch(timed) &&
          traps.some(
            (trap) => trap.hit.ipHash === timed.hit.ipHash || Math.abs(trap.time - timed.time) <= 10 * SECOND,
          )
        )
          yield timed.index;
    }
  },
};

const head: HitRule = {
  id: "head",
  weight: "strong",
  find: ({ all }) => indexes(all, ({ hit }) => hit.method === "HEAD"),
};

const headThenGet: HitRule = {
  id: "head-then-get",
  weight: "strong",
  *find({ bySend }) {
    for (const send of bySend.values())
      for (const [place, probe] of send.entries()) {
        if (probe.hit.method !== "HEAD") continue;
        for (const later of send.slice(place + 1)) {
          if (later.time - probe.time > 2 * SECOND) break;
          if (later.hit.method === "GET" && linkOf(later) === linkOf(probe)) yield later.index;
        }
      }
  },
};

const prefetch: HitRule = {
  id: "prefetch",
  weight: "strong",
  find: ({ all }) => indexes(all, ({ hit }) => /prefetch|prerender|preview/i.test(hit.purpose ?? "")),
};

/** Every browser says which languages it wants. Not recorded is not absent. */
const noLanguage: HitRule = {
  id: "no-language",
  weight: "strong",
  find: ({ all }) =>
    indexes(
      all,
      (timed) =>
        isFetch(timed) &&
        timed.hit.acceptLanguage !== undefined &&
        (timed.hit.acceptLanguage ?? "").trim() === "",
    ),
};

const scannerNetwork: HitRule = {
  id: "scanner-network",
  weight: "strong",
  find: (hits) => unconfirmed(hits, ({ hit }) => networkClass(hit.network) === "scanner"),
};

/** Cloud desktops browse from here too: doubt, not a verdict. */
const sharedNetwork: HitRule = {
  id: "shared-network",
  weight: "weak",
  find: (hits) => unconfirmed(hits, ({ hit }) => networkClass(hit.network) === "shared"),
};

/** From a machine room within a minute of acceptance, and no page ever answered. */
const sharedNetworkSoon: HitRule = {
  id: "shared-network-soon",
  weight: "strong",
  find: (hits) =>
    unconfirmed(hits, (timed) => networkClass(timed.hit.network) === "shared" && isWithin(timed, MINUTE)),
};

const echo: HitRule = {
  id: "echo",
  weight: "strong",
  *find({ bySend }) {
    for (const send of bySend.values())
      for (const [place, second] of send.entries())
        if (isFetch(second) && hasEcho(send, place, second)) yield second.index;
  },
};

/** Looks back over the seconds in which an echo can follow, and no further. */
function hasEcho(send: readonly Timed[], place: number, second: Timed): boolean {
  for (let before = place - 1; before >= 0; before -= 1) {
    const first = send[before];
    if (first === undefined || second.time - first.time > 20 * SECOND) return false;
    if (isFetch(first) && isEcho(first, second)) return true;
  }
  return false;
}

function isEcho(first: Timed, second: Timed): boolean {
  const after = second.time - first.time;
  return (
    after >= 5 * SECOND &&
    after <= 20 * SECOND &&
    linkOf(first) === linkOf(second) &&
    first.hit.ipHash !== second.hit.ipHash &&
    operatingSystem(first.hit.userAgent) !== operatingSystem(second.hit.userAgent)
  );
}

const declaredBot: HitRule = {
  id: "declared-bot",
  weight: "strong",
  find: ({ all }) =>
    indexes(all, (timed) => timed.hit.target !== "open" && isDeclaredBot(timed.hit.userAgent)),
};

const impossibleAgent: HitRule = {
  id: "impossible-agent",
  weight: "strong",
  find: ({ all }) =>
    indexes(all, ({ hit, time }) => isBareMozilla(hit.userAgent) || isImpossible(hit.userAgent, time)),
};

const personOf = ({ hit }: Timed): string => hit.recipient ?? hit.sendId;

/** One address that clicks for three people of two accounts within ten minutes. */
const fanIn: HitRule = {
  id: "fan-in",
  weight: "strong",
  *find({ byAddress }) {
    for (const address of byAddress.values()) {
      const fetches = address.filter(isFetch);
      const people = new Tally();
      const accounts = new Tally();
      let end = 0;
      let named = 0;
      for (const [start, first] of fetches.entries()) {
        for (
          let next = fetches[end];
          next !== undefined && next.time - first.time <= 10 * MINUTE;
          next = fetches[++end]
        ) {
          people.add(personOf(next));
          accounts.add(next.hit.account ?? null);
        }
        if (people.size >= 3 && accounts.size >= 2) {
          for (const inside of fetches.slice(Math.max(start, named), end)) yield inside.index;
          named = end;
        }
        people.remove(personOf(first));
        accounts.remove(first.hit.account ?? null);
      }
    }
  },
};

/** Where a third of a domain's mails meet bursts, a click that stands alone proves little. */
const domainMemory: HitRule = {
  id: "domain-memory",
  weight: "weak",
  *find({ all, bySend }) {
    const domains = new Map<string, { sends: Set<string>; bursts: Set<string> }>();
    const bursting = new Set(burst.find({ all, bySend, byAddress: new Map() }));
    for (const { hit, index } of all) {
      if (hit.recipientDomain == null) continue;
      const domain = domains.get(hit.recipientDomain) ?? { sends: new Set(), bursts: new Set() };
      domains.set(hit.recipientDomain, domain);
      domain.sends.add(hit.sendId);
      if (bursting.has(index)) domain.bursts.add(hit.sendId);
    }
    for (const send of bySend.values()) {
      const fetches = send.filter(isFetch);
      const [only] = fetches;
      const domain = domains.get(only?.hit.recipientDomain ?? "");
      if (only === undefined || domain === undefined || new Set(fetches.map(linkOf)).size !== 1) continue;
      if (domain.bursts.size > 0.3 * domain.sends.size && !isConfirmed(only, send))
        yield* fetches.map((f) => f.index);
    }
  },
};

/** Weak on its own: some people sit in front of their inbox. */
const tooSoon: HitRule = {
  id: "too-soon",
  weight: "weak",
  find: (hits) => unconfirmed(hits, (timed) => isWithin(timed, 5 * SECOND)),
};

const openMachine: HitRule = {
  id: "open-machine",
  weight: "strong",
  find: ({ all }) =>
    indexes(
      all,
      ({ hit }) =>
        hit.target === "open" && (isBareMozilla(hit.userAgent) || networkClass(hit.network) === "mail-proxy"),
    ),
};

const openProxy: HitRule = {
  id: "open-proxy",
  weight: "strong",
  find: ({ all }) => indexes(all, ({ hit }) => hit.target === "open" && isImageProxy(hit.userAgent)),
};

/** No open says that anybody read anything. */
const openUnproved: HitRule = {
  id: "open-unproved",
  weight: "weak",
  find: ({ all }) => indexes(all, ({ hit }) => hit.target === "open"),
};

/** In the order of their worth (trust.md 2); a hit's rule ids come out in this order. */
export const HIT_RULES: readonly HitRule[] = [
  burst,
  sweep,
  honeypot,
  head,
  headThenGet,
  prefetch,
  noLanguage,
  scannerNetwork,
  sharedNetworkSoon,
  sharedNetwork,
  echo,
  declaredBot,
  impossibleAgent,
  fanIn,
  domainMemory,
  tooSoon,
  openMachine,
  openProxy,
  openUnproved,
];
