import { Resolver } from "node:dns/promises";
import { isAligned, modesOf, organisationalDomain } from "./alignment.ts";
import { type DkimKey, dkimRecord } from "./dkim.ts";

/** One thing that receivers look at before they believe a sender (trust.md 1). */
export interface DnsFinding {
  readonly what: "spf" | "dkim" | "dmarc" | "alignment";
  readonly state: "ok" | "broken";
  /** Where the record belongs; of an alignment, the From domain. */
  readonly name: string;
  /** What was found there, or that nothing was. */
  readonly found: string;
  /** What to publish, of an alignment what to change; empty when it is right. */
  readonly remedy: string;
}

export interface SenderDomains {
  /** Of the return path, where SPF is asked for. */
  readonly mailDomain: string;
  /** Of every From: where DMARC is asked for, and what everything else must align with. */
  readonly fromDomains: readonly string[];
}

/** The TXT records of a name; none when nothing is there. */
export type AskTxt = (name: string) => Promise<string[]>;

const ABSENT = ["ENOTFOUND", "ENODATA", "ESERVFAIL", "ETIMEOUT", "ECONNREFUSED", "EAI_AGAIN", "EREFUSED"];

/**
 * SPF of the return path, DKIM of the key, and for each From domain its DMARC record and whether signature
 * and return path align with it: receivers judge a mail by the domain its reader sees. Nobody to ask and
 * nothing there are the same for a receiver, so both are "no record found".
 */
export async function checkDns(
  senders: SenderDomains,
  dkim: DkimKey | null,
  ask: AskTxt = askDns(),
): Promise<DnsFinding[]> {
  const { mailDomain, fromDomains } = senders;
  const keyName = dkim === null ? "" : `${dkim.keySelector}._domainkey.${dkim.domainName}`;
  const [own, keys, ...policies] = await Promise.all([
    ask(mailDomain),
    dkim === null ? [] : ask(keyName),
    ...fromDomains.map((from) => policyOf(from, ask)),
  ]);
  const spf = own.find((text) => /^v=spf1(\s|$)/i.test(text));
  return [
    finding("spf", mailDomain, spf, `v=spf1 include:<your mail server> -all`),
    dkim === null
      ? {
          what: "dkim",
          state: "broken",
          name: mailDomain,
          found: "no key is set",
          remedy: "Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE, and start again.",
        }
      : keyFinding(keyName, keys, dkimRecord(dkim)),
    ...withoutRepeats(policies.map(policyFinding)),
    ...policies.map((policy) => alignmentFinding(policy, mailDomain, dkim)),
  ];
}

interface Policy {
  readonly from: string;
  /** Where the record stands, or belongs. */
  readonly name: string;
  readonly record: string | undefined;
}

/** Of the From domain itself, else of the organisation it belongs to. */
async function policyOf(from: string, ask: AskTxt): Promise<Policy> {
  const organisation = organisationalDomain(from);
  const names = [...new Set([`_dmarc.${from}`, `_dmarc.${organisation}`])];
  for (const name of names) {
    const record = (await ask(name)).find((text) => /^v=DMARC1(\s|;|$)/.test(text));
    if (record !== undefined) return { from, name, record };
  }
  return { from, name: `_dmarc.${organisation}`, record: undefined };
}

function policyFinding({ name, record }: Policy): DnsFinding {
  const organisation = name.replace(/^_dmarc\./, "");
  return finding("dmarc", name, record, `v=DMARC1; p=none; rua=mailto:dmarc@${organisation}`);
}

/** Two From domains of one organisation ask for the same record. */
function withoutRepeats(findings: readonly DnsFinding[]): DnsFinding[] {
  return findings.filter(({ name }, index) => findings.findIndex((one) => one.name === name) === index);
}

/** DMARC passes with one of the two. The signature is the one that outlives forwarding. */
function alignmentFinding(policy: Policy, mailDomain: string, dkim: DkimKey | null): DnsFinding {
  const { from, record } = policy;
  const modes = modesOf(record);
  const signed = dkim !== null && isAligned(from, dkim.domainName, modes.dkim);
  const returned = isAligned(from, mailDomain, modes.spf);
  const signature = dkim === null ? "no DKIM signature" : `the DKIM signature (d=${dkim.domainName})`;
  const path = `the return path (${mailDomain})`;
  const found = signed
    ? returned
      ? `${signature} and ${path} belong to it`
      : `${signature} belongs to it; ${path} does not, and one is enough`
    : returned
      ? `${path} belongs to it, ${signature} does: a mail that is forwarded fails`
      : `neither ${dkim === null ? "a DKIM signature" : signature} nor ${path} belongs to it`;
  if (signed || returned) return { what: "alignment", state: "ok", name: from, found, remedy: "" };
  const target = modes.dkim === "strict" ? from : organisationalDomain(from);
  const remedy = `Sign for ${target}: set DKIM_DOMAIN to it. Or let the mail domain be a name of ${organisationalDomain(from)}.`;
  return { what: "alignment", state: "broken", name: from, found, remedy };
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

/** Asks for at most two seconds each. */
function askDns(): AskTxt {
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  return async (name) => {
    try {
      return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(""));
    } catch (cause) {
      if (ABSENT.includes((cause as NodeJS.ErrnoException).code ?? "")) return [];
      throw new Error(`Cannot ask for the TXT records of ${name}`, { cause });
    }
  };
}
