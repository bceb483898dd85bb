import { describe, expect, it } from "vitest";
import { classifyHits, RULE_SET_VERSION, readHits } from "../../../../src/domain/engagement/classify-hits.ts";
import type { RawHit } from "../../../../src/domain/engagement/raw-hit.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36";
const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 Version/18.2 Mobile/15E148 Safari/604.1";

/** A person's click, `seconds` after 30 March 2026, 14:00 UTC. */
function hit(seconds: number, facts: Partial<RawHit> = {}): RawHit {
  return {
    sendId: "send-1",
    at: new Date(Date.UTC(2026, 2, 30, 14) + seconds * 1000).toISOString(),
    method: "GET",
    target: "link",
    position: 1,
    userAgent: CHROME,
    acceptLanguage: "en-US",
    ipHash: "office",
    ...facts,
  };
}
const labels = (hits: RawHit[]) => classifyHits(hits).map((one) => one.label);
const rules = (hits: RawHit[]) => classifyHits(hits).map((one) => one.rules);

describe("the hit classifier (trust.md 2)", () => {
  it("lets a single click with nothing against it be human", () => {
    expect(classifyHits([hit(0, { id: "h1" })])).toEqual([
      {
        id: "h1",
        sendId: "send-1",
        at: hit(0).at,
        label: "human",
        rules: [],
        ruleSetVersion: RULE_SET_VERSION,
      },
    ]);
  });

  it("labels a burst backwards: the first click too becomes machine when the second comes", () => {
    expect(labels([hit(0)])).toEqual(["human"]);
    expect(labels([hit(0), hit(0.6, { position: 2 })])).toEqual(["machine", "machine"]);
    expect(rules([hit(0), hit(1.4, { position: 2 }), hit(2.9, { position: 3 })])).toEqual([
      ["burst"],
      ["burst"],
      ["burst"],
    ]);
  });

  it("lets a person open two links ten seconds apart, or the same link twice", () => {
    expect(labels([hit(0), hit(10, { position: 2 }), hit(40), hit(40.5)])).toEqual([
      "human",
      "human",
      "human",
      "human",
    ]);
  });

  it("takes every link of a mail within ten seconds for a sweep", () => {
    const hits = [0, 4, 8].map((seconds, position) => hit(seconds, { position, links: 3 }));
    expect(rules(hits)).toEqual([["sweep"], ["sweep"], ["sweep"]]);
    expect(labels(hits.map((one) => ({ ...one, links: 8 })))).toEqual(["human", "human", "human"]);
  });

  it("believes nothing that comes from the address, or within ten seconds, of a honeypot hit", () => {
    const trap = hit(100, { target: "honeypot", position: null, ipHash: "gateway" });
    expect(labels([hit(0, { ipHash: "gateway" }), hit(95), hit(130), trap])).toEqual([
      "machine",
      "machine",
      "human",
      "machine",
    ]);
  });

  it("never counts HEAD, nor the GET of the same link right after it", () => {
    expect(labels([hit(0, { method: "HEAD" }), hit(1.5), hit(60)])).toEqual(["machine", "machine", "human"]);
  });

  it("reads the headers: prefetch, and no language at all; not recorded is not absent", () => {
    const { acceptLanguage: _, ...unrecorded } = hit(200);
    expect(
      labels([hit(0, { purpose: "prefetch;prerender" }), hit(100, { acceptLanguage: null }), unrecorded]),
    ).toEqual(["machine", "machine", "human"]);
  });

  it("doubts a shared network, and believes it when a form follows", () => {
    const cloud = { network: "microsoft", ipHash: "cloud-pc", submittedAt: hit(-900).at };
    expect(rules([hit(0, cloud)])).toEqual([["shared-network"]]);
    expect(labels([hit(0, cloud), hit(90, { ...cloud, method: "POST", target: "page" })])).toEqual([
      "human",
      "human",
    ]);
    expect(labels([hit(0, { ...cloud, submittedAt: hit(-20).at })])).toEqual(["machine"]);
    expect(labels([hit(0, { network: "scanner" }), hit(99, { network: "icloud-relay" })])).toEqual([
      "machine",
      "human",
    ]);
  });

  it("takes the second of two equal clicks from another network and system for an echo", () => {
    expect(rules([hit(0), hit(12, { ipHash: "cloud", userAgent: SAFARI })])).toEqual([[], ["echo"]]);
    expect(labels([hit(0), hit(50, { ipHash: "cloud", userAgent: SAFARI })])).toEqual(["human", "human"]);
  });

  it("knows robots, and browsers that do not exist yet or any more", () => {
    const agents = [
      "curl/8.5.0",
      "",
      CHROME.replace("145", "999"),
      CHROME.replace("145", "12"),
      CHROME.replace("NT 10.0", "NT 11.0"),
      CHROME.replace("Chrome", "HeadlessChrome"),
    ];
    expect(agents.map((userAgent) => labels([hit(0, { userAgent })])[0])).toEqual(
      agents.map(() => "machine"),
    );
  });

  it("sees one address click for three people of two accounts", () => {
    const people = ["ann", "ben", "cleo"].map((recipient, number) =>
      hit(number * 100, {
        sendId: recipient,
        recipient,
        account: recipient === "ann" ? "halden" : "corvane",
        ipHash: "filter",
      }),
    );
    expect(labels(people)).toEqual(["machine", "machine", "machine"]);
    expect(labels(people.map((one) => ({ ...one, account: "halden" })))).toEqual(["human", "human", "human"]);
  });

  it("remembers a domain whose mails meet bursts: a lone click there is uncertain", () => {
    const recipientDomain = "corvane.example";
    const burst = [0, 0.2].map((seconds, position) => hit(seconds, { position, recipientDomain }));
    const lone = hit(500, { sendId: "send-2", recipientDomain });
    expect(classifyHits([...burst, lone])[2]).toMatchObject({ label: "uncertain", rules: ["domain-memory"] });
    expect(labels([lone])).toEqual(["human"]);
  });

  it("holds a click within five seconds of acceptance for uncertain, no more", () => {
    expect(rules([hit(0, { submittedAt: hit(-3).at })])).toEqual([["too-soon"]]);
    expect(labels([hit(0, { submittedAt: hit(-3).at })])).toEqual(["uncertain"]);
  });

  it("never lets an open be human", () => {
    const agents = ["Mozilla/5.0", "Mozilla/5.0 (via ggpht.com GoogleImageProxy)", CHROME];
    expect(agents.map((userAgent) => labels([hit(0, { target: "open", userAgent })])[0])).toEqual([
      "machine",
      "machine",
      "uncertain",
    ]);
  });

  it("gives the same bytes again, whatever the order of the lines", () => {
    const hits = [
      hit(0, { id: "a" }),
      hit(0.5, { id: "b", position: 2 }),
      hit(70, { id: "c", network: "aws" }),
      hit(900, { id: "d" }),
    ];
    const byId = (input: RawHit[]) =>
      JSON.stringify(classifyHits(input).sort((a, b) => ((a.id ?? "") < (b.id ?? "") ? -1 : 1)));
    expect(byId([...hits].reverse())).toBe(byId(hits));
  });

  it("names the line that it cannot read", () => {
    const text = `${JSON.stringify(hit(0))}\n\nnot json\n{"sendId":"x"}\n`;
    const { hits, problems } = readHits(text);
    expect(hits).toHaveLength(1);
    expect(problems.map((problem) => problem.line)).toEqual([3, 4]);
  });
});
