// biome-ignore-all lint/performance/useDomNodeTextContent: what a person sees is asked for, hidden text is not
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../src/drivers/local/free-port.ts";
import { publishSequences } from "../../src/operations/publish-sequence.ts";
import { enrolled, ownSequences } from "../support/desk.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aWebHouse, signIn, type WebHouse } from "../support/web-house.ts";

describe.skipIf(!hasChromium())("the studio in a real browser", () => {
  let house: WebHouse;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    // The address is known beforehand: forms are taken from there and from nowhere else.
    const port = await freePort();
    house = await aWebHouse({ baseUrl: `http://127.0.0.1:${port}` });
    await house.server.listen({ host: "127.0.0.1", port });
    base = `http://127.0.0.1:${(house.server.server.address() as AddressInfo).port}`;
    for (const role of ["author", "approver"])
      await house.parts.db.user.create({
        data: { workspaceId: house.workspaceId, name: role, email: `${role}@fernwick.test`, roles: [role] },
      });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  interface Seat {
    context: BrowserContext;
    page: Page;
    complaints: string[];
  }

  async function sit(
    email: string,
    options: { script?: boolean; width?: number; dark?: boolean } = {},
  ): Promise<Seat> {
    const { script = true, width = 1280, dark = false } = options;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
      colorScheme: dark ? "dark" : "light",
    });
    const [name = "", value = ""] = (await signIn(house, email)).cookie.split("=");
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    return { context, page, complaints };
  }

  it("lets an author write while the linter answers, and submit; an approver publishes; people are moved", async () => {
    const { enrollment } = await enrolled(house, { turnover: { replacementType: "internal" } });
    const ada = await sit("author@fernwick.test");
    await ada.page.goto(`${base}/studio/internal`);
    await ada.page.getByRole("button", { name: "Edit as a draft" }).click();
    const source = ada.page.getByLabel("internal.yaml");
    const good = await source.inputValue();
    await source.fill(good.replace("goal:", "goals:"));
    const lint = ada.page.locator("#lint-result");
    await lint.getByText('"goal" is missing.').waitFor();
    const line = good.split("\n").findIndex((words) => words.startsWith("goal:")) + 1;
    await lint.getByRole("link", { name: `line ${line},` }).click();
    const at = (await ada.page.evaluate(
      `document.querySelector("#source").value.slice(0, document.querySelector("#source").selectionStart).split("\\n").length`,
    )) as number;
    expect(at).toBe(line);
    await source.fill(good.replace("What is in flight this month", "What is in flight just now"));
    await lint.getByText("nothing to say").waitFor();
    await ada.page.evaluate(`{
      const area = document.querySelector("#source");
      const at = area.value.indexOf("in flight just now");
      area.setSelectionRange(at, at);
      area.dispatchEvent(new MouseEvent("click"));
    }`);
    const live = ada.page.frameLocator("#live-frame iframe");
    await live.getByText("When somebody moves on").waitFor();
    await ada.page.getByLabel("What changes, and why").fill("A word that lasts longer.");
    await ada.page.getByRole("button", { name: "Save and submit" }).click();
    await ada.page.getByText("Submitted. An approver reads it next.").waitFor();
    expect(await ada.page.getByRole("button", { name: /Publish/ }).count()).toBe(0);
    expect(ada.complaints).toEqual([]);
    await ada.context.close();

    const abel = await sit("approver@fernwick.test");
    await abel.page.goto(`${base}/studio`);
    await abel.page.getByRole("link", { name: "Read and decide" }).click();
    expect(await abel.page.locator("ins").first().innerText()).toContain("just now");
    await abel.page.getByRole("button", { name: "Publish as version 2" }).click();
    await abel.page.getByText("Published. New people get this version").waitFor();
    await abel.page.getByRole("link", { name: "People", exact: true }).click();
    await abel.page.getByRole("checkbox").first().check();
    await abel.page.getByRole("button", { name: "See what would happen" }).click();
    await abel.page.getByText("what-is-running").waitFor();
    await abel.page.getByLabel("Why are they moved?").fill("Better words");
    await abel.page.getByRole("button", { name: "Move 1 person" }).click();
    await abel.page.getByText("They are moved.").waitFor();
    const moved = await house.parts.db.enrollment.findUniqueOrThrow({
      where: { id: enrollment.id },
      include: { version: true },
    });
    expect(moved.version.version).toBe(2);
    expect(abel.complaints).toEqual([]);
    await abel.context.close();
  });

  it("works without script and by keyboard alone: start a draft, write, save, read what is wrong", async () => {
    const { page, context } = await sit("author@fernwick.test", { script: false });
    await page.goto(`${base}/studio/sponsor-brief`);
    const press = async (name: string) => {
      for (let tabs = 0; tabs < 80; tabs++) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate("document.activeElement.textContent")) === name) break;
      }
      await page.keyboard.press("Enter");
    };
    await press("Edit as a draft");
    const source = page.getByLabel("sponsor-brief.yaml");
    await source.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("colour: green\n");
    await press("Save");
    await page.getByText("Saved.", { exact: true }).waitFor();
    await page.getByRole("link", { name: /line 1,/ }).click();
    expect(new URL(page.url()).hash).toBe("#L1");
    expect(await page.locator("#L1").innerText()).toContain("colour: green");
    await context.close();
  });

  it("has no serious fault that axe can find and no line that is cut off, in light and dark, wide and narrow", async () => {
    const { turnover, contact } = await enrolled(house, { contact: { name: "محمد عبد الرحمن الخطيب" } });
    const key = "external-new-function";
    const text = ownSequences().find(({ name }) => name.endsWith(`/${key}.yaml`))?.source ?? "";
    const files = [{ name: `${key}.yaml`, source: text.replace(/^hold: .*/m, "hold: 5 business days") }];
    await publishSequences(house.parts, { workspaceId: house.workspaceId, files, actor: "cli" });
    const { id } = await house.parts.db.sequenceDraft.create({
      data: {
        workspaceId: house.workspaceId,
        key,
        source: `${text}\nwrong: yes\n`,
        baseVersion: 1,
        authorId: house.csm.id,
        createdAt: house.desk.clock.now(),
        updatedAt: house.desk.clock.now(),
      },
    });
    const person = await house.parts.db.enrollment.findFirstOrThrow({ where: { contactId: contact.id } });
    const pages = [
      "/studio",
      `/studio/${key}`,
      `/studio/${key}/source`,
      `/studio/${key}/versions`,
      `/studio/${key}/people`,
      `/studio/${key}/move?to=2&person=${person.id}`,
      `/studio/${key}/steps/the-job?as=${turnover.id}.${contact.id}`,
      `/studio/${key}/steps/the-job?view=text`,
      `/studio/drafts/${id}`,
      `/studio/drafts/${id}/source`,
      "/studio/competitors/mailharbor",
      "/studio/templates",
      "/studio/templates/new",
    ];
    await house.parts.db.user.update({
      where: { id: house.csm.id },
      data: { roles: ["csm", "author", "approver"] },
    });
    const axe = (await import("axe-core")).default;
    for (const [width, dark] of [
      [390, true],
      [1280, false],
    ] as const) {
      const { page, context } = await sit(house.csm.email, { width, dark });
      for (const path of pages) {
        await page.goto(base + path);
        // Through the debugger, not as a script of the page: the page's own policy stays as it is.
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run('main', { iframes: false })")) as {
          violations: { id: string; impact: string; nodes: { html: string }[] }[];
        };
        const serious = found.violations.filter(
          ({ impact }) => impact === "serious" || impact === "critical",
        );
        expect([path, serious.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""}`)]).toEqual([path, []]);
        const overflow = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        expect([path, overflow]).toEqual([path, 0]);
      }
      await context.close();
    }
  });
});
