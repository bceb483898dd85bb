import { coalesce } from "../drivers/store/coalesce.ts";
import { forgetTurns, knowTurns, type TurnsAsked, takeTurns } from "../drivers/store/shared-turns.ts";
import type { Sql } from "../drivers/store/sql.ts";

export interface TurnLimits {
  /** Mails per second of all workers together; null: as fast as the server takes them. */
  readonly perSecond: number | null;
  /** Mails per second to one recipient domain. */
  readonly perDomainPerSecond: number | null;
  /** Longest wait for a turn. A send that waits is claimed, and its lease runs. */
  readonly longestWaitMs: number;
}

/** When each mail may leave, so that all workers together keep to the rates their mail server allows. */
export interface SendTurns {
  /** Milliseconds until its turn, or null: too many are waiting, and it is looked at again later. */
  take(domain: string): Promise<number | null>;
}

const ALL = "mail-turn";
const OF_DOMAIN = "mail-turn.";
const MOST_DOMAINS = 10_000;

/** Mails that ask at about the same time ask in one statement; without a rate nobody asks. */
export function openSendTurns(sql: Sql, limits: TurnLimits): SendTurns {
  const { perSecond, perDomainPerSecond, longestWaitMs } = limits;
  if (perSecond === null && perDomainPerSecond === null) return { take: async () => 0 };
  const known = new Set<string>();

  /** A wait for each of the keys, in their order; null where there is no turn in time. */
  async function turnsOf(keys: readonly string[], rate: number): Promise<(number | null)[]> {
    const gap = 1000 / rate;
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    await know([...counts.keys()]);
    const asked: TurnsAsked[] = [...counts].map(([key, n]) => ({ key, n, gap }));
    const given = new Map((await takeTurns(sql, asked, longestWaitMs)).map((one) => [one.key, one]));
    const used = new Map<string, number>();
    return keys.map((key) => {
      const turn = given.get(key);
      // Another worker forgot it: nothing went there for an hour, and the next look makes it anew.
      if (turn === undefined) known.delete(key);
      const place = used.get(key) ?? 0;
      used.set(key, place + 1);
      return turn === undefined || place >= turn.granted ? null : turn.waitMs + place * gap;
    });
  }

  async function know(keys: readonly string[]): Promise<void> {
    const fresh = keys.filter((key) => !known.has(key));
    if (fresh.length === 0) return;
    if (known.size > MOST_DOMAINS) {
      known.clear();
      await forgetTurns(sql, OF_DOMAIN);
    }
    await knowTurns(sql, fresh);
    for (const key of fresh) known.add(key);
  }

  const take = coalesce<string, number | null>(async (domains) => {
    // The domain first: a turn in all that a slow domain cannot use would be missing to the others.
    const own =
      perDomainPerSecond === null
        ? domains.map(() => 0)
        : await turnsOf(
            domains.map((domain) => `${OF_DOMAIN}${domain}`),
            perDomainPerSecond,
          );
    if (perSecond === null) return own;
    const wanting = own.flatMap((wait, place) => (wait === null ? [] : [place]));
    if (wanting.length === 0) return own;
    const common = await turnsOf(
      wanting.map(() => ALL),
      perSecond,
    );
    const waits: (number | null)[] = [...own];
    for (const [index, place] of wanting.entries()) {
      const wait = common[index] ?? null;
      waits[place] = wait === null ? null : Math.max(wait, own[place] ?? 0);
    }
    return waits;
  });
  return { take };
}
