// biome-ignore-all lint/performance/useDomNodeTextContent: what a person sees is asked for, hidden text is not
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../src/drivers/local/free-port.ts";
import { issueSignInLink } from "../../src/operations/issue-sign-in-link.ts";
import { aContact, anAccount } from "../support/builders.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aWebHouse, type WebHouse } from "../support/web-house.ts";

const SCREEN = { width: 1280, height: 800 };
const MOST_CLICKS = 12;

describe.skipIf(!hasChromium())("the enroll wizard in a real browser", () => {
  let house: WebHouse;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    // Forms name where they come from, so the address is known before the server is made.
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    house = await aWebHouse({ baseUrl: base });
    await house.server.listen({ host: "127.0.0.1", port });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  async function aCustomer(name: string): Promise<void> {
    const { db } = house.parts;
    const account = await anAccount(db, house.workspaceId, {
      name,
      productKey: "campaigns",
      csmId: house.csm.id,
      zone: "Europe/Oslo",
      holidayCountry: "NO",
    });
    await aContact(db, account, {
      name: "Sigrid Moe",
      firstName: "Sigrid",
      title: "Marketing lead",
      roles: ["poc"],
    });
    const sponsor = await aContact(db, account, {
      name: "Harald Vik",
      firstName: "Harald",
      roles: ["decision_maker"],
    });
    await aContact(db, account, {
      name: "Jonas Lie",
      firstName: "Jonas",
      title: "CRM specialist",
      roles: ["end_user"],
    });
    await aContact(db, account, {
      name: "Mona Berg",
      firstName: "Mona",
      title: "Designer",
      roles: ["end_user"],
    });
    await db.account.update({ where: { id: account.id }, data: { sponsorContactId: sponsor.id } });
  }

  async function signInAddress(): Promise<string> {
    const { url } = await issueSignInLink(house.parts, {
      workspaceId: house.workspaceId,
      email: house.csm.email,
      byMail: false,
    });
    return `${base}${new URL(url ?? "").pathname}`;
  }

  /** A browser that counts the presses of a pointer, on every page it opens. */
  async function aReader(options: Parameters<Browser["newContext"]>[0] = {}) {
    const context = await browser.newContext({ viewport: SCREEN, ...options });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    let clicks = 0;
    const click = async (what: ReturnType<Page["locator"]>) => {
      clicks += 1;
      await what.click();
      await page.waitForLoadState();
    };
    return { context, page, complaints, click, count: () => clicks };
  }

  async function fitsOneScreen(page: Page): Promise<void> {
    const [height, width] = (await page.evaluate(
      "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]",
    )) as [number, number];
    const step = await page.locator(".progress strong").innerText();
    expect([step, height <= SCREEN.height ? "fits" : height, width <= SCREEN.width]).toEqual([
      step,
      "fits",
      true,
    ]);
  }

  async function hasNoFault(page: Page): Promise<void> {
    const axe = (await import("axe-core")).default;
    await page.evaluate(axe.source);
    const found = (await page.evaluate("axe.run()")) as {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    };
    const said = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    expect([page.url(), said]).toEqual([page.url(), []]);
  }

  it("takes a first-time user from the sign-in link to an enrollment in at most 12 clicks, one screenful a step", async () => {
    await aCustomer("Halden Outdoor");
    const { context, page, click, count, complaints } = await aReader();
    await page.goto(await signInAddress());
    await click(page.getByRole("button", { name: /sign in/i }));
    await click(page.getByRole("link", { name: "Enroll a contact" }).first());
    await fitsOneScreen(page);
    await click(page.getByRole("link", { name: "Choose Halden Outdoor" }));
    await fitsOneScreen(page);
    await click(page.getByRole("button", { name: "Continue" }));
    await fitsOneScreen(page);
    await click(page.getByText("To another company"));
    await click(page.getByRole("button", { name: "Continue" }));
    await fitsOneScreen(page);
    await click(page.getByText("Jonas Lie"));
    // The longest of the tracks.
    await click(page.getByText("From outside, new to this job"));
    await click(page.getByRole("button", { name: "Continue" }));
    await fitsOneScreen(page);
    await click(page.getByRole("button", { name: "See every mail" }));
    await fitsOneScreen(page);
    await click(page.getByRole("button", { name: "Enroll Jonas" }));
    expect(new URL(page.url()).pathname).toMatch(/^\/cases\//);
    const made = await house.parts.db.enrollment.findMany({
      where: { contact: { name: "Jonas Lie" }, audience: "contact" },
    });
    expect(made.map(({ status }) => status)).toEqual(["active"]);
    expect(count()).toBeLessThanOrEqual(MOST_CLICKS);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("works without script, for somebody new who comes from a competitor, with the fields that belong to it", async () => {
    await aCustomer("Corvane Logistics");
    const { context, page } = await aReader({ javaScriptEnabled: false });
    await page.goto(await signInAddress());
    await page.getByRole("button", { name: /sign in/i }).click();
    await page.goto(`${base}/enroll`);
    await page.getByLabel("Search accounts").fill("corvane");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("link", { name: "Choose Corvane Logistics" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("To another company").click();
    await page.getByLabel("Which company, if known").fill("Tarn Robotics");
    await page.getByRole("button", { name: "Continue" }).click();
    expect(await page.getByLabel("Mail address").isVisible()).toBe(false);
    await page.getByText("Somebody new to us").click();
    await page.getByLabel("Name", { exact: true }).fill("Victor Lam");
    await page.getByLabel("Mail address").fill("victor@@corvane.example");
    await page.getByText("used another product").click();
    await page.getByLabel("Which product").selectOption({ label: "Mailharbor" });
    await page.getByLabel("For how many months").fill("36");
    await page.getByRole("button", { name: "Continue" }).click();
    // Refused at the field, with everything else still there.
    expect(await page.locator("#email-complaint").innerText()).toContain("not one plain address");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Victor Lam");
    expect(await page.getByLabel("For how many months").inputValue()).toBe("36");
    await page.getByLabel("Mail address").fill("victor@corvane.example");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "See every mail" }).click();
    await page.locator(".program-list a").first().click();
    expect(await page.frameLocator("iframe").locator("body").innerText()).toContain("Mailharbor");
    await page.getByRole("link", { name: "Text" }).click();
    expect(await page.locator("pre").innerText()).toContain("Hello Victor");
    await page.getByRole("link", { name: "Next mail" }).click();
    await page.getByRole("link", { name: "To the confirmation" }).click();
    await page.getByRole("button", { name: "Enroll Victor" }).click();
    expect(await house.parts.db.enrollment.count({ where: { contact: { name: "Victor Lam" } } })).toBe(1);
    await context.close();
  });

  it("works by keyboard alone", async () => {
    await aCustomer("Brightmoor Clinics");
    const { context, page, complaints } = await aReader();
    await page.goto(await signInAddress());
    /** Tab until this is focused. */
    const reach = async (what: ReturnType<Page["locator"]>) => {
      for (let presses = 0; presses < 80; presses++) {
        if ((await what.and(page.locator(":focus")).count()) === 1) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`never reached ${String(what)} on ${page.url()}`);
    };
    const press = async (what: ReturnType<Page["locator"]>, key = "Enter") => {
      await reach(what);
      await page.keyboard.press(key);
      await page.waitForLoadState();
    };
    await press(page.getByRole("button", { name: /sign in/i }));
    await press(page.getByRole("link", { name: "Enroll a contact" }).first());
    await reach(page.getByLabel("Search accounts"));
    await page.keyboard.type("brightmoor");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search=brightmoor/);
    await press(page.getByRole("link", { name: "Choose Brightmoor Clinics" }));
    await press(page.getByRole("button", { name: "Continue" }));
    await press(page.locator("input[name=destination]").first(), " ");
    await page.keyboard.press("ArrowDown");
    await press(page.getByRole("button", { name: "Continue" }));
    await reach(page.locator("input[name=who]").first());
    await page.keyboard.press(" ");
    await reach(page.locator("input[name=type]").first());
    await page.keyboard.press(" ");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/track/);
    await press(page.getByRole("button", { name: "See every mail" }));
    await press(page.getByRole("button", { name: /^Enroll / }));
    await page.waitForURL(/\/cases\//);
    expect(
      await house.parts.db.enrollment.count({
        where: { account: { name: "Brightmoor Clinics" }, audience: "contact" },
      }),
    ).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("has no fault that axe can find on any step, in light and dark, and is no wider than a phone", async () => {
    await aCustomer("A company with a name that is eighty characters long, to see where all of it goes");
    const first = await aReader();
    await first.page.goto(await signInAddress());
    await first.page.getByRole("button", { name: /sign in/i }).click();
    const state = await first.context.storageState();
    await first.page.goto(`${base}/enroll?search=eighty`);
    await first.page.getByRole("link", { name: /^Choose A company/ }).click();
    await first.page.getByRole("button", { name: "Continue" }).click();
    await first.page.waitForURL(/\/where/);
    const at = new URL(first.page.url()).pathname.replace("/where", "");
    await first.page.getByText("To another company").click();
    await first.page.getByRole("button", { name: "Continue" }).click();
    await first.page.waitForURL(/\/successor/);
    await first.page.getByText("Nobody is known yet").click();
    await first.page.getByRole("button", { name: "Continue" }).click();
    await first.page.waitForURL(/\/waiting/);
    await first.page.goto(`${base}${at}/successor`);
    await first.page.getByText("Jonas Lie").click();
    await first.page.getByText("From outside, new to this job").click();
    await first.page.getByRole("button", { name: "Continue" }).click();
    await first.page.waitForURL(/\/track/);
    await first.page.goto(`${base}${at}/confirm`);
    const mail = (await first.page.locator(".program-list a").first().getAttribute("href")) ?? "";
    const paths = [
      "/enroll",
      ...["left", "where", "successor", "waiting", "track", "confirm"].map((one) => `${at}/${one}`),
      mail,
    ];
    await first.context.close();
    const looks: [number, "light" | "dark"][] = [
      [1280, "light"],
      [1280, "dark"],
      [390, "light"],
      [390, "dark"],
    ];
    for (const [width, colorScheme] of looks) {
      const { context, page } = await newLook(state, width, colorScheme);
      for (const path of paths) {
        expect((await page.goto(`${base}${path}`))?.status()).toBe(200);
        await hasNoFault(page);
        const root = "document.documentElement";
        expect([path, await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)]).toEqual([path, 0]);
      }
      await context.close();
    }
  });

  async function newLook(
    storageState: Awaited<ReturnType<BrowserContext["storageState"]>>,
    width: number,
    colorScheme: "light" | "dark",
  ) {
    return aReader({
      storageState,
      colorScheme,
      viewport: { width, height: width === 390 ? 844 : SCREEN.height },
    });
  }
});
