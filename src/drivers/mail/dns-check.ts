import { Resolver } from "node:dns/promises";
import { type DkimKey, dkimRecord } from "./dkim.ts";

/** One record that receivers look for before they believe a sender (trust.md 1). */
export interface DnsFinding {
  readonly what: "spf" | "dkim" | "dmarc";
  readonly state: "ok" | "broken";
  /** Where the record belongs. */
  readonly name: string;
  /** What was found there, or that nothing was. */
  readonly found: string;
  /** What to publish; empty when it is there. */
  readonly remedy: string;
}

const ABSENT = ["ENOTFOUND", "ENODATA", "ESERVFAIL", "ETIMEOUT", "ECONNREFUSED", "EAI_AGAIN", "EREFUSED"];

/**
 * SPF, DKIM and DMARC of the sender's domain. Asks DNS for at most two seconds each; nobody to ask
 * and nothing there are the same for a receiver, so both are "no record found".
 */
export async function checkDns(domain: string, dkim: DkimKey | null): Promise<DnsFinding[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  const keyName = dkim === null ? "" : `${dkim.keySelector}._domainkey.${dkim.domainName}`;
  const [own, policy, keys] = await Promise.all([
    textOf(resolver, domain),
    textOf(resolver, `_dmarc.${domain}`),
    dkim === null ? [] : textOf(resolver, keyName),
  ]);
  const spf = own.find((text) => /^v=spf1(\s|$)/i.test(text));
  const dmarc = policy.find((text) => /^v=DMARC1(\s|;|$)/.test(text));
  return [
    finding("spf", domain, spf, `v=spf1 include:<your mail server> -all`),
    dkim === null
      ? {
          what: "dkim",
          state: "broken",
          name: domain,
          found: "no key is set",
          remedy: "Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE, and start again.",
        }
      : keyFinding(keyName, keys, dkimRecord(dkim)),
    finding("dmarc", `_dmarc.${domain}`, dmarc, `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`),
  ];
}

/** A record that holds another key than the one we sign with is as bad as none: every signature fails. */
function keyFinding(name: string, records: readonly string[], expected: string): DnsFinding {
  const keyOf = (record: string) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replaceAll(/\s/g, "") ?? "";
  const published = records.find((record) => keyOf(record) !== "");
  if (published !== undefined && keyOf(published) !== keyOf(expected)) {
    return {
      what: "dkim",
      state: "broken",
      name,
      found: "the published key is not the one that signs",
      remedy: expected,
    };
  }
  return finding("dkim", name, published, expected);
}

function finding(
  what: DnsFinding["what"],
  name: string,
  record: string | undefined,
  remedy: string,
): DnsFinding {
  return record === undefined
    ? { what, state: "broken", name, found: "no record found", remedy }
    : { what, state: "ok", name, found: record, remedy: "" };
}

async function textOf(resolver: Resolver, name: string): Promise<string[]> {
  try {
    return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(""));
  } catch (cause) {
    if (ABSENT.includes((cause as NodeJS.ErrnoException).code ?? "")) return [];
    throw new Error(`Cannot ask for the TXT records of ${name}`, { cause });
  }
}
