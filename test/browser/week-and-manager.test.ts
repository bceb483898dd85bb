// biome-ignore-all lint/performance/useDomNodeTextContent: what a person sees is asked for, hidden text is not
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../src/drivers/local/free-port.ts";
import { issueSignInLink } from "../../src/operations/issue-sign-in-link.ts";
import { proposeOverride } from "../../src/operations/propose-override.ts";
import type { CapturedMail } from "../../src/web/web-parts.ts";
import { aHandover, enrolled } from "../support/desk.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aMail, aWebHouse, postForm, type WebHouse } from "../support/web-house.ts";

const MAIL: CapturedMail = {
  id: "m1",
  receivedAt: new Date("2026-03-02T08:00:00Z"),
  from: "dana@fernwick.test",
  to: ["imani@customer.test"],
  subject: "محمد عبد الرحمن الخطيب takes over",
  html: "<html><head></head><body><p>Hello</p></body></html>",
  text: "Hello",
  headers: [{ name: "From", value: "Dana <dana@fernwick.test>" }],
  source: "Subject: Hello\r\n\r\nHello",
};

describe.skipIf(!hasChromium())("the CSM's morning and the manager's look, in a real browser", () => {
  let house: WebHouse;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    // Known before the server is built: it takes forms only from the address it was told.
    const port = await freePort();
    base = `http://localhost:${port}`;
    house = await aWebHouse({
      baseUrl: base,
      mailbox: {
        list: async () => [MAIL],
        get: async (id) => (id === MAIL.id ? MAIL : null),
        forget: async () => 0,
      },
    });
    await house.server.listen({ host: "127.0.0.1", port });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  /** Comes in as a person does: the link, then its one button. */
  async function comeIn(
    email: string,
    options: { script?: boolean; dark?: boolean; width?: number } = {},
  ): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 844 },
      javaScriptEnabled: options.script ?? true,
      colorScheme: options.dark === true ? "dark" : "light",
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() !== "log") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    const { url } = await issueSignInLink(house.parts, {
      workspaceId: house.workspaceId,
      email,
      byMail: false,
    });
    await page.goto(url ?? "");
    await page.getByRole("button", { name: "Sign in to Baton" }).click();
    return { page, context, complaints };
  }

  async function somebody(name: string, roles: string[]): Promise<string> {
    const email = `${name.toLowerCase()}@fernwick.test`;
    await house.parts.db.user.create({ data: { workspaceId: house.workspaceId, name, email, roles } });
    return email;
  }

  it("the CSM's morning without script: the queue, one button, the answer, and the queue is shorter", async () => {
    const { enrollment } = await enrolled(house, { account: { name: "Halden Outdoor" } });
    const mail = await aMail(house, enrollment, "the-job");
    await postForm(house, mail.page, "question", { text: "Which list is right?" });
    const { page, context, complaints } = await comeIn(house.csm.email, { script: false, width: 390 });
    expect(await page.locator("h1").innerText()).toBe("Good morning, Dana");
    const row = page.locator("#queue .need", { hasText: "Which list is right?" });
    await row.getByRole("link", { name: /^Answer\s*: Imani Okafor/ }).click();
    const question = page.locator("[id^=question-]", { hasText: "Which list is right?" });
    await question.locator("textarea").fill("The second one.");
    await question.getByRole("button", { name: /answer/i }).click();
    expect(await page.locator("[role=status]").first().innerText()).toContain("answer");
    await page.getByRole("link", { name: "My week" }).click();
    expect(await page.locator("#queue").innerText()).not.toContain("Which list is right?");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("the manager signs in, filters the board for who is ready, looks before scheduling, opens the case", async () => {
    const ready = await enrolled(house, {
      account: { name: "Ravello Tiles" },
      contact: { name: "Chiara Fontana" },
    });
    await enrolled(house, { account: { name: "Dunmore Dairy" }, contact: { name: "Fergus Walsh" } });
    await house.parts.db.enrollment.update({
      where: { id: ready.enrollment.id },
      data: { verdict: "ready", score: 78 },
    });
    const email = await somebody("Mona", ["manager"]);
    const { page, context, complaints } = await comeIn(email);
    await page.getByRole("link", { name: "Manager board" }).click();
    await page
      .getByRole("navigation", { name: "Filter by verdict" })
      .getByRole("link", { name: /^Ready/ })
      .click();
    const rows = page.locator("#cases tbody tr");
    expect(await rows.count()).toBe(1);
    await rows.getByRole("link", { name: /^Before you schedule\s*: Chiara Fontana/ }).click();
    expect(await page.locator(".five dt").count()).toBe(5);
    await page.getByRole("link", { name: "Open the case" }).click();
    expect(new URL(page.url()).pathname).toBe(`/cases/${ready.turnover.id}`);
    expect(await page.locator("h1").innerText()).toContain("Chiara Fontana");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("the manager's look without script, by keyboard, on a phone: an outlook is approved, capacity is set", async () => {
    const { turnover } = await enrolled(house, { account: { name: "Corvane Logistics" } });
    await proposeOverride(house.parts, {
      workspaceId: house.workspaceId,
      caseId: turnover.id,
      outlook: "expect_save",
      reason: "They renewed by hand.",
      untilOn: house.parts.clock.now().toISOString().slice(0, 10),
      actor: `user:${house.csm.id}`,
    });
    const email = await somebody("Morgan", ["manager"]);
    const { page, context, complaints } = await comeIn(email, { script: false, width: 390 });
    await page.goto(`${base}/manager`);
    const root = "document.documentElement";
    expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
    const approve = page.getByRole("button", { name: /^Approve\s*: Corvane Logistics/ });
    await approve.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/said=override-approved/);
    expect(await page.locator("[role=status]").first().innerText()).toContain("Approved");
    await page.goto(`${base}/cases/${turnover.id}`);
    expect(await page.locator("#outlook").innerText()).toContain("approved by Morgan");
    await page.goto(`${base}/manager/capacity`);
    expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
    await page.getByLabel("Cases they can carry: Dana Whitlock").focus();
    await page.keyboard.type("0");
    await page.keyboard.press("Enter");
    await page.waitForURL(/said=saved/);
    await page.goto(`${base}/manager`);
    expect(await page.locator("#by-csm").innerText()).toMatch(/of 0, too many/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("is done by keyboard alone: an account that nobody owns is taken", async () => {
    await aHandover(house, { account: { name: "Osprey Legal", csmId: null } });
    const { page, context } = await comeIn(house.csm.email);
    const focused = () => page.evaluate("document.activeElement.innerText");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("To the content");
    for (let press = 0; press < 80; press++) {
      await page.keyboard.press("Tab");
      if (String(await focused()).startsWith("Take it")) break;
    }
    expect(await focused()).toContain("Osprey Legal");
    await page.keyboard.press("Enter");
    await page.waitForURL(/said=taken/);
    expect(await page.locator("[role=status]").innerText()).toContain("yours now");
    await context.close();
  });

  it("has no fault that axe can find on any of the pages, in both lights and at both widths", async () => {
    const { enrollment } = await enrolled(house, {
      account: { name: "A".repeat(80) },
      contact: { name: "محمد عبد الرحمن الخطيب" },
    });
    await aMail(house, enrollment, "start", { status: "uncertain", submittedAt: null, subject: "Hello" });
    const axe = (await import("axe-core")).default;
    const paths = [
      "/",
      "/?who=all",
      "/cases",
      "/cases?state=closed",
      "/manager",
      "/manager?search=nothing",
      "/manager/thin",
      `/manager/${enrollment.id}`,
      "/mailbox",
      "/mailbox/m1",
      "/mailbox/m1?view=headers",
      "/sign-in",
      "/sign-in/x",
      "/cases/nothing",
    ];
    for (const dark of [false, true])
      for (const width of [390, 1280]) {
        const { page, context } = await comeIn(house.csm.email, { dark, width });
        for (const path of paths) {
          const answer = await page.goto(`${base}${path}`);
          expect([path, answer?.status()]).toEqual([path, path === "/cases/nothing" ? 404 : 200]);
          // Through the debugger, not as a script of the page: the page's own policy stays as it is.
          await page.evaluate(axe.source);
          const found = (await page.evaluate("axe.run(document, { iframes: false })")) as {
            violations: { id: string; nodes: { html: string }[] }[];
          };
          const words = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
          expect([path, width, dark, words]).toEqual([path, width, dark, []]);
          const root = "document.documentElement";
          const over = await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`);
          expect([path, width, over]).toEqual([path, width, 0]);
        }
        await context.close();
      }
  }, 120_000);
});
