import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RULE_SET_VERSION } from "../../../src/domain/engagement/classify-hits.ts";
import type { Hit } from "../../../src/drivers/store/generated/client.ts";
import { recordHit } from "../../../src/operations/record-hit.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, FORM, type WebHouse } from "../../support/web-house.ts";

/** Of Safe Links' block; each its own, so that no test makes another's click one address for many people. */
let machines = 0;
const microsoft = (): string => `40.107.22.${++machines}`;
/** Somebody at home. */
const HOME = "93.184.216.34";
const BROWSER = {
  "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
  "accept-language": "en",
};

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse({ trustedProxies: ["127.0.0.1"] });
});
afterAll(() => house.close());

const hitsOf = (sendId: string): Promise<Hit[]> =>
  house.parts.db.hit.findMany({ where: { sendId }, orderBy: [{ at: "asc" }, { id: "asc" }] });
/** A click on a mail that was accepted a quarter of an hour ago. */
async function mailed(more: object = {}) {
  const { enrollment } = await enrolled(house);
  const submittedAt = new Date(house.desk.clock.now().getTime() - 15 * 60_000);
  return aMail(house, enrollment, "the-job", { submittedAt, ...more });
}
const open = (page: string, from: string, peer = "127.0.0.1") =>
  house.server.inject({
    url: page,
    remoteAddress: peer,
    headers: { ...BROWSER, "x-forwarded-for": from },
  });

describe("a click from a network that scans mail", () => {
  it("is doubted, not dropped: a Cloud PC browses from there, too", async () => {
    const from = microsoft();
    const { page, sendId } = await mailed();
    await open(page, from);
    expect(await hitsOf(sendId)).toMatchObject([
      { network: "microsoft", label: "uncertain", rules: ["shared-network"] },
    ]);
  });

  it("is a machine's within a minute of acceptance", async () => {
    const from = microsoft();
    const { page, sendId } = await mailed({
      submittedAt: new Date(house.desk.clock.now().getTime() - 20_000),
    });
    await open(page, from);
    expect(await hitsOf(sendId)).toMatchObject([{ label: "machine" }]);
  });

  it("is believed when a form follows from the same place", async () => {
    const from = microsoft();
    const { page, sendId } = await mailed();
    await open(page, from);
    const posted = await house.server.inject({
      method: "POST",
      url: page,
      remoteAddress: "127.0.0.1",
      headers: { ...BROWSER, ...FORM, "x-forwarded-for": from },
      payload: new URLSearchParams({ act: "no-question", because: "All is clear" }).toString(),
    });
    expect(posted.statusCode).toBe(303);
    expect((await hitsOf(sendId)).map(({ method, label }) => [method, label])).toEqual([
      ["GET", "human"],
      ["POST", "human"],
    ]);
  });

  it("is a machine's from a gateway's own network, whenever it comes", async () => {
    const { page, sendId } = await mailed();
    await open(page, "148.163.140.1");
    expect(await hitsOf(sendId)).toMatchObject([
      { network: "proofpoint", label: "machine", rules: ["scanner-network"] },
    ]);
  });

  it("is told by the visitor's address behind a trusted proxy, and by nothing that a stranger claims", async () => {
    const from = microsoft();
    const home = await mailed();
    await open(home.page, HOME);
    expect(await hitsOf(home.sendId)).toMatchObject([{ network: null, label: "human" }]);
    const claimed = await mailed();
    await open(claimed.page, from, "203.0.113.5");
    expect(await hitsOf(claimed.sendId)).toMatchObject([{ network: null }]);
  });

  it("leaves the network's name and a hash, never the address", async () => {
    const from = microsoft();
    const { page, sendId } = await mailed();
    await open(page, from);
    const [hit] = await hitsOf(sendId);
    expect(JSON.stringify(hit)).not.toContain(from);
    expect(hit?.ipHash).toMatch(/^[\w-]{22}$/);
  });

  it("gets the same label again, byte for byte, when it is labelled again", async () => {
    const from = microsoft();
    const { page, sendId } = await mailed();
    await open(page, from);
    await open(page, HOME);
    const before = JSON.stringify(await hitsOf(sendId));
    // A second person's mail: the first one's hits are looked at again, and nothing about them changed.
    await recordHit(house.desk, {
      sendId,
      method: "HEAD",
      target: "link",
      position: 3,
      at: new Date(house.desk.clock.now().getTime() + 3_600_000),
      ipHash: "elsewhere",
    });
    const again = (await hitsOf(sendId)).filter(({ ipHash }) => ipHash !== "elsewhere");
    expect(JSON.stringify(again)).toBe(before);
    expect(again.every(({ ruleSetVersion }) => ruleSetVersion === RULE_SET_VERSION)).toBe(true);
  });
});

describe("who fetches every link of a mail within ten seconds", () => {
  it.each([
    [3, ["machine", "machine", "machine"]],
    [8, ["human", "human", "human"]],
  ])("of the %i it has, is judged %j", async (links, labels) => {
    const { sendId } = await mailed({ links });
    const at = house.desk.clock.now().getTime();
    for (const position of [0, 1, 2]) {
      await recordHit(house.desk, {
        sendId,
        method: "GET",
        target: "link",
        position,
        at: new Date(at + position * 4_000),
        userAgent: BROWSER["user-agent"],
        acceptLanguage: "en",
        ipHash: `sweeper-${links}`,
      });
    }
    expect((await hitsOf(sendId)).map(({ label }) => label)).toEqual(labels);
  });
});
