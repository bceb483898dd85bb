// biome-ignore-all lint/performance/useDomNodeTextContent: what a person sees is asked for, hidden text is not
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proposePlan } from "../../src/operations/accept-plan.ts";
import { enrolled } from "../support/desk.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aMail, aWebHouse, postForm, type WebHouse } from "../support/web-house.ts";

const GOALS = [
  { key: "waiting", statement: "Keep waiting under 35 minutes", status: "on_track" as const },
  { key: "lists", statement: "One clean list", status: "on_track" as const },
];

describe.skipIf(!hasChromium())("the sponsor's page in a real browser", () => {
  let house: WebHouse;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    house = await aWebHouse({ baseUrl: "http://localhost" });
    await house.server.listen({ host: "127.0.0.1", port: 0 });
    base = `http://127.0.0.1:${(house.server.server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  /** A sponsor who has the mail of this step, and a plan to agree to. */
  async function aSponsor(stepKey: string) {
    const handover = await enrolled(house);
    const { sponsorEnrollment, account } = handover;
    if (sponsorEnrollment === null) throw new Error("The handover has a sponsor.");
    const { workspaceId } = house;
    await proposePlan(house.parts, { workspaceId, accountId: account.id, goals: GOALS, actor: "cli" });
    const mail = await aMail(house, sponsorEnrollment, stepKey);
    return { ...handover, sponsorEnrollment, mail };
  }

  async function aTab(options: { script: boolean; width?: number; dark?: boolean }): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 390, height: 844 },
      javaScriptEnabled: options.script,
      colorScheme: options.dark === true ? "dark" : "light",
    });
    return context.newPage();
  }

  /** What is filled with the accent colour: the buttons that ask for something first. */
  const solid = (page: Page) =>
    page.evaluate(`[...document.querySelectorAll("button, a.button")]
      .filter((one) => one.checkVisibility() && !one.matches(".quiet, .danger, .link, [data-move]"))
      .map((one) => one.textContent.trim())`);

  async function faults(page: Page): Promise<string[]> {
    const axe = (await import("axe-core")).default;
    await page.evaluate(axe.source);
    const found = (await page.evaluate("axe.run()")) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  }

  it.each([
    ["what-changed", "I have introduced Imani"],
    ["agree-the-plan", "I agree to these goals as they stand"],
    ["half-way", "Save this order"],
    ["the-result", "Ask for a review"],
  ])(
    "asks one thing in the step %s: one solid button, whatever else can be said is folded",
    async (step, ask) => {
      const { mail } = await aSponsor(step);
      for (const dark of [false, true]) {
        const page = await aTab({ script: true, dark });
        await page.goto(`${base}${mail.page}`);
        expect(await solid(page)).toEqual([ask]);
        expect(await page.locator("details.part[open]").count()).toBe(0);
        const root = "document.documentElement";
        expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
        expect(await faults(page)).toEqual([]);
        await page.context().close();
      }
    },
  );

  it("is read from the mail on a phone without a script: answers the ask, agrees to the goals, changes one", async () => {
    const { mail, account, sponsorEnrollment, enrollment } = await aSponsor("what-changed");
    await postForm(house, (await aMail(house, enrollment, "the-job")).page, "question", {
      text: "Does my sponsor read this?",
    });
    const page = await aTab({ script: false });
    await page.goto(`${base}${mail.page}?open=endorse#endorse`);
    expect(await page.locator("main").innerText()).not.toContain("Does my sponsor read this?");
    await page.getByLabel("What you told the team").fill("Imani looks after it now.");
    await page.getByRole("button", { name: "I have introduced Imani" }).click();
    expect(await page.locator("#endorse").innerText()).toContain("Imani looks after it now.");
    // The ask is answered; what is left is the yes to the goals.
    expect(await solid(page)).toEqual(["I agree to these goals as they stand"]);
    await page.getByRole("button", { name: "I agree to these goals as they stand" }).click();
    expect(await page.locator("#agreement").innerText()).toMatch(/You\s+Agreed on/);
    expect(await solid(page)).toEqual([]);
    await page.getByText("Change or drop a goal").click();
    await page.locator("fieldset", { hasText: "One clean list" }).getByLabel("Drop it").check();
    await page.getByRole("button", { name: "Save what you decided" }).click();
    expect(await page.locator("#goals [role=status]").innerText()).toContain("saved");
    const { db } = house.parts;
    const plan = await db.successPlan.findFirstOrThrow({
      where: { accountId: account.id },
      orderBy: { version: "desc" },
    });
    expect(plan.version).toBe(2);
    const kinds = await db.engagementEvent.findMany({
      where: { enrollmentId: sponsorEnrollment.id, source: "page" },
      select: { kind: true },
    });
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["endorsed", "agreement-accepted", "goal-confirmed"]),
    );
    await page.context().close();
  });

  it("answers every ask of its mails where the mail leads, the next review too", async () => {
    const { mail, sponsorEnrollment } = await aSponsor("the-result");
    const page = await aTab({ script: false });
    await page.goto(`${base}${mail.page}?open=meeting#meeting`);
    await page.getByLabel("Times that suit you, or who should be there").fill("In July, with our CFO");
    await page.getByRole("button", { name: "Ask for a review" }).click();
    expect(await page.locator("#meeting").innerText()).toContain("In July, with our CFO");
    const meeting = await house.parts.db.meeting.findFirstOrThrow({
      where: { enrollmentId: sponsorEnrollment.id },
    });
    expect([meeting.state, meeting.note]).toEqual(["requested", "In July, with our CFO"]);
    await page.context().close();
  });

  it("is answered by keyboard alone", async () => {
    const { mail, account } = await aSponsor("agree-the-plan");
    const page = await aTab({ script: true, width: 1280 });
    await page.goto(`${base}${mail.page}`);
    const reach = async (words: RegExp) => {
      for (let press = 0; press < 60; press++) {
        await page.keyboard.press("Tab");
        const at = String(await page.evaluate("document.activeElement.textContent"));
        if (words.test(at)) return;
      }
      throw new Error(`Tab never comes to ${words}.`);
    };
    await reach(/^I agree to these goals/);
    await page.keyboard.press("Enter");
    await page.locator("#saved-f-agreement").waitFor();
    await page.goto(`${base}${mail.page}`);
    await reach(/A question\?/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("When do we meet?");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("#saved-f-question").waitFor();
    expect(await page.locator("#question").isVisible()).toBe(true);
    const { db } = house.parts;
    expect(await db.agreement.count({ where: { plan: { accountId: account.id }, party: "sponsor" } })).toBe(
      1,
    );
    await page.context().close();
  });

  it("prints what it says, the goals and the ranking with it, and none of what is pressed", async () => {
    const { mail } = await aSponsor("half-way");
    await postForm(house, mail.page, "priorities", { "priority.1": "Pipeline attribution" });
    await postForm(house, mail.page, "measure", { text: "Two clinics more" });
    for (const script of [true, false]) {
      const page = await aTab({ script, width: 1280 });
      await page.goto(`${base}${mail.page}`);
      await page.emulateMedia({ media: "print" });
      const main = page.locator("main");
      for (const words of [
        "Keep waiting under 35 minutes",
        "One clean list",
        "Who has agreed",
        "Two clinics more",
      ])
        expect(await main.innerText()).toContain(words);
      const ranked = page.getByRole("textbox", { name: "Priority 1" });
      expect([await ranked.isVisible(), await ranked.inputValue()]).toEqual([true, "Pipeline attribution"]);
      // What is folded on the screen is on the paper.
      expect(await page.locator("#measure blockquote").isVisible()).toBe(true);
      expect(
        await page.locator("button:visible, textarea:visible, select:visible, label:visible").count(),
      ).toBe(0);
      await page.context().close();
    }
  });
});
