import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isAligned, organisationalDomain } from "../../../../src/drivers/mail/alignment.ts";
import { dkimRecord } from "../../../../src/drivers/mail/dkim.ts";
import { checkDns } from "../../../../src/drivers/mail/dns-check.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const keyOf = (domainName: string) => ({ domainName, keySelector: "baton", privateKey });
const DMARC = "v=DMARC1; p=reject";

/** A name server that knows these records, and remembers what it was asked. */
function aNameServer(records: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const ask = async (name: string) => {
    asked.push(name);
    const record = records[name];
    return record === undefined ? [] : [record];
  };
  return { ask, asked };
}
const told = (findings: Awaited<ReturnType<typeof checkDns>>) =>
  findings.map(({ what, state, name }) => `${what} ${name} ${state}`);

describe("what receivers check", () => {
  it("asks for DMARC where the reader sees the sender, not at the mail domain", async () => {
    const key = keyOf("fernwick.com");
    const { ask, asked } = aNameServer({
      "bounce.mailer.net": "v=spf1 -all",
      "baton._domainkey.fernwick.com": dkimRecord(key),
      "_dmarc.fernwick.com": DMARC,
    });
    const senders = { mailDomain: "bounce.mailer.net", fromDomains: ["fernwick.com", "eu.fernwick.com"] };
    const findings = await checkDns(senders, key, ask);
    expect(told(findings)).toEqual([
      "spf bounce.mailer.net ok",
      "dkim baton._domainkey.fernwick.com ok",
      "dmarc _dmarc.fernwick.com ok",
      "alignment fernwick.com ok",
      "alignment eu.fernwick.com ok",
    ]);
    expect(findings[3]?.found).toContain("the return path (bounce.mailer.net) does not, and one is enough");
    expect(asked).not.toContain("_dmarc.bounce.mailer.net");
  });

  it("names each From domain that has no policy, and that nothing belongs to", async () => {
    const { ask } = aNameServer({ "_dmarc.fernwick.com": DMARC });
    const senders = { mailDomain: "mail.fernwick.com", fromDomains: ["fernwick.com", "partner.co.uk"] };
    const findings = await checkDns(senders, keyOf("fernwick.com"), ask);
    expect(told(findings).slice(2)).toEqual([
      "dmarc _dmarc.fernwick.com ok",
      "dmarc _dmarc.partner.co.uk broken",
      "alignment fernwick.com ok",
      "alignment partner.co.uk broken",
    ]);
    expect(findings[3]?.remedy).toBe("v=DMARC1; p=none; rua=mailto:dmarc@partner.co.uk");
    expect(findings[5]?.remedy).toContain("set DKIM_DOMAIN to it");
  });

  it("takes a record's word when it wants domains compared strictly", async () => {
    const { ask } = aNameServer({ "_dmarc.fernwick.com": "v=DMARC1; p=none; adkim=s; aspf=s" });
    const senders = { mailDomain: "mail.fernwick.com", fromDomains: ["fernwick.com"] };
    const strict = await checkDns(senders, keyOf("mail.fernwick.com"), ask);
    expect(strict.at(-1)).toMatchObject({ what: "alignment", state: "broken" });
    expect((await checkDns(senders, keyOf("fernwick.com"), ask)).at(-1)).toMatchObject({ state: "ok" });
  });

  it("says that a mail which nobody signs does not survive forwarding", async () => {
    const { ask } = aNameServer({ "_dmarc.fernwick.com": DMARC });
    const senders = { mailDomain: "mail.fernwick.com", fromDomains: ["fernwick.com"] };
    expect((await checkDns(senders, null, ask)).at(-1)).toMatchObject({
      state: "ok",
      found: expect.stringContaining("forwarded fails"),
    });
  });

  it("relaxed means one registered domain, and a shared suffix is none", () => {
    expect(organisationalDomain("Mail.Fernwick.co.uk")).toBe("fernwick.co.uk");
    expect(isAligned("a.fernwick.com", "b.fernwick.com", "relaxed")).toBe(true);
    expect(isAligned("fernwick.co.uk", "partner.co.uk", "relaxed")).toBe(false);
    expect(isAligned("fernwick.com", "notfernwick.com", "relaxed")).toBe(false);
    expect(isAligned("fernwick.com", "mail.fernwick.com", "strict")).toBe(false);
  });
});
