// biome-ignore-all lint/performance/useDomNodeTextContent: what a person sees is asked for, hidden text is not
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proposePlan } from "../../src/operations/accept-plan.ts";
import { enrolled } from "../support/desk.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aMail, aWebHouse, postForm, signIn, type WebHouse } from "../support/web-house.ts";

describe.skipIf(!hasChromium())("what stands on paper", () => {
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

  const controls = (page: Page) =>
    page.locator(
      "button:visible, select:visible, textarea:visible, [type=radio]:visible, [type=checkbox]:visible",
    );

  it("is the contact's whole page, folded parts and the words inside forms too, without what is pressed", async () => {
    const { enrollment, account } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    const goals = [
      { key: "waiting", statement: "Keep waiting under 35 minutes", status: "on_track" as const },
    ];
    await proposePlan(house.parts, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      goals,
      actor: "cli",
    });
    await postForm(house, mail.page, "question", { text: "Who may send to all clinics?" });
    await postForm(house, mail.page, "priorities", { "priority.1": "Fewer no-shows" });
    for (const script of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled: script });
      const page = await context.newPage();
      await page.goto(`${base}${mail.page}`);
      await page.emulateMedia({ media: "print" });
      const said = await page.locator("main").innerText();
      for (const words of [
        "The job behind the tool",
        "Keep waiting under 35 minutes",
        "Who may send to all clinics?",
        "no hidden pictures",
      ])
        expect(said).toContain(words);
      const first = page.getByRole("textbox", { name: "Priority 1" });
      expect([await first.inputValue(), await first.isVisible()]).toEqual(["Fewer no-shows", true]);
      expect(await controls(page).count()).toBe(0);
      await context.close();
    }
  });

  it("is the table of people on a program, which stands in a form", async () => {
    await enrolled(house);
    const { cookie } = await signIn(house);
    const [name = "", value = ""] = cookie.split("=");
    const context = await browser.newContext();
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    await page.goto(`${base}/studio/external-new-function/people`);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("form table").isVisible()).toBe(true);
    expect(await page.locator("form table").innerText()).toContain("Imani Okafor");
    expect(await controls(page).count()).toBe(0);
    await context.close();
  });
});
