import { Resolver } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { authenticate } from "mailauth";

/** A mail as it came over SMTP from outside. */
export interface ArrivedMail {
  readonly raw: Buffer;
  /** MAIL FROM; "" for the null path. */
  readonly envelopeFrom: string;
  readonly ip: string;
  readonly helo: string;
}

/** Asks DNS: a record's texts, as node:dns gives them. */
export type AskDns = (name: string, type: string) => Promise<string[][] | string[]>;

/** True when the domain of the From header vouches for the mail (DMARC, RFC 9989). */
export type SenderCheck = (mail: ArrivedMail) => Promise<boolean>;

const LONGEST_MS = 15_000;
/** As if a domain without a policy had published the mildest one: then SPF or DKIM must still fit the From. */
const MILDEST = "v=DMARC1; p=none";

/** A check that fails, for want of DNS too, confirms nobody: the mail is kept, and counts in nobody's name (A18). */
export function createSenderCheck(ask: AskDns = askDns()): SenderCheck {
  return async (mail) => {
    const late = new AbortController();
    const answer = Promise.race([
      confirmed(mail, ask),
      sleep(LONGEST_MS, false, { signal: late.signal, ref: false }),
    ]);
    return answer.catch(() => false).finally(() => late.abort());
  };
}

async function confirmed(mail: ArrivedMail, ask: AskDns): Promise<boolean> {
  const found = await resultOf(mail, ask);
  if (found !== "none") return found === "pass";
  const mild: AskDns = async (name, type) => (name.startsWith("_dmarc.") ? [[MILDEST]] : ask(name, type));
  return (await resultOf(mail, mild)) === "pass";
}

async function resultOf({ raw, envelopeFrom, ip, helo }: ArrivedMail, ask: AskDns): Promise<string> {
  const { dmarc } = await authenticate(raw, {
    sender: envelopeFrom,
    ip,
    helo,
    resolver: ask,
    disableArc: true,
    disableBimi: true,
  });
  return dmarc === false || dmarc === undefined ? "fail" : dmarc.status.result;
}

function askDns(): AskDns {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  return async (name, type) => {
    switch (type) {
      case "TXT":
        return resolver.resolveTxt(name);
      case "A":
        return resolver.resolve4(name);
      case "AAAA":
        return resolver.resolve6(name);
      case "MX":
        return (await resolver.resolve(name, "MX")) as unknown as string[];
      case "PTR":
        return resolver.resolvePtr(name);
      default:
        throw new Error(`A sender check asks for no ${type} records.`);
    }
  };
}
