// biome-ignore-all lint/performance/useDomNodeTextContent: what a person sees is asked for, hidden text is not
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolled } from "../support/desk.ts";
import { hasChromium, launchChromium } from "../support/needs.ts";
import { aMail, aWebHouse, postForm, signIn, type WebHouse } from "../support/web-house.ts";

/** Opens a folded part by its line, as a reader would, unless it stands open. */
async function unfold(page: Page, id: string): Promise<void> {
  const summary = page.locator(`details.part:not([open]):has(#${id}) > summary`);
  if ((await summary.count()) > 0) await summary.click();
}

describe.skipIf(!hasChromium())("the contact's page in a real browser", () => {
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

  async function aPhone(options: {
    script: boolean;
    dark?: boolean;
  }): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      javaScriptEnabled: options.script,
      colorScheme: options.dark ? "dark" : "light",
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() !== "log") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    return { page, complaints };
  }

  it("is usable on a phone without script: reads, does a task, asks, ranks, pauses", async () => {
    const { enrollment } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    const { page, complaints } = await aPhone({ script: false });
    await page.goto(`${base}${mail.page}`);
    // The step of the mail that was followed is open by itself.
    await page.locator("#task-what-good-means-here textarea").fill("A patient comes at the right time.");
    await page.locator("#task-what-good-means-here button", { hasText: "Save" }).click();
    // The page comes back to the very form and says so there.
    const kept = page.locator("#task-what-good-means-here [role=status]");
    expect(await kept.innerText()).toContain("Saved");
    expect(await kept.isVisible()).toBe(true);
    expect(page.url()).toContain("#saved-f-task-what-good-means-here");
    expect(await page.locator("#task-what-good-means-here .answer").innerText()).toContain("right time");
    await unfold(page, "question");
    await page.locator("#f-question textarea").fill("Who may change the template?");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    expect(await page.locator("#question").innerText()).toContain("Who may change the template?");
    await unfold(page, "priorities");
    await page.getByLabel("Priority 1", { exact: true }).fill("One list");
    await page.getByLabel("Priority 2", { exact: true }).fill("Fewer no-shows");
    await page.getByRole("button", { name: "Move priority 2 up" }).click();
    expect(await page.getByLabel("Priority 1", { exact: true }).inputValue()).toBe("Fewer no-shows");
    await page.getByRole("button", { name: "Save this order" }).click();
    await unfold(page, "pace");
    await page.locator("#f-pause input[name=until]").fill("2026-03-20");
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    expect(await page.locator("#pace").innerText()).toContain("Mails are paused until");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("moves priorities by keyboard and by dragging, opens a step in place, and suggests while one types", async () => {
    const { enrollment, account } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    const { page, complaints } = await aPhone({ script: true });
    await page.goto(`${base}${mail.page}`);
    await unfold(page, "priorities");
    await page.getByLabel("Priority 1", { exact: true }).fill("First");
    await page.getByLabel("Priority 2", { exact: true }).fill("Second");
    await page.getByLabel("Priority 3", { exact: true }).fill("Third");
    await page.getByRole("button", { name: "Move priority 1 down" }).focus();
    await page.keyboard.press("Enter");
    const order = () =>
      page.evaluate(
        `[...document.querySelectorAll("#f-priorities .ranked input")].map((one) => one.name + one.value)`,
      );
    expect((await order()) as string[]).toEqual(["priority.1Second", "priority.2First", "priority.3Third"]);
    const grip = page.locator("#f-priorities .grip");
    await page.evaluate(`document.querySelector("#f-priorities").scrollIntoView({ block: "center" })`);
    const from = await grip.nth(2).boundingBox();
    const to = await grip.nth(0).boundingBox();
    if (from === null || to === null) throw new Error("There is nothing to drag by.");
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 5, to.y + 5, { steps: 8 });
    await page.mouse.up();
    expect(((await order()) as string[])[0]).toBe("priority.1Third");
    await page.getByText("8 steps to come").click();
    await page.locator("a[data-step=your-setup]").click();
    await page.locator("details#step-your-setup").waitFor();
    expect(page.url()).not.toContain("step=");
    await unfold(page, "question");
    const box = page.locator("#suggestions");
    const first = await box.innerText();
    expect(first).toContain("The job in six minutes");
    const typed = page.locator("#f-question textarea");
    const hint = () => page.waitForResponse((response) => response.url().includes("/suggest?q="));
    // Words that fit nothing take away nothing.
    let answered = hint();
    await typed.pressSequentially("Zzz qqq xxx www");
    expect(await (await answered).json()).toEqual([]);
    expect(await box.innerText()).toBe(first);
    answered = hint();
    await typed.fill("Where is the story so far?");
    await answered;
    const story = box.getByRole("link", { name: `The story so far at ${account.name}` });
    await story.waitFor();
    expect(
      (await page.request.get(new URL((await story.getAttribute("href")) ?? "", base).href)).status(),
    ).toBe(200);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is short on a phone: one next thing, the course, and the rest folded to its name and how it stands", async () => {
    const { enrollment } = await enrolled(house);
    for (const [day, step] of ["start-here", "the-job", "your-setup"].entries())
      await aMail(house, enrollment, step, { localDate: new Date(Date.UTC(2026, 1, 20 + day)) });
    const mail = await aMail(house, enrollment, "last-twelve-months");
    await postForm(house, mail.page, "question", { text: "Who may send to all clinics?" });
    const { page } = await aPhone({ script: false });
    await page.goto(`${base}${mail.page}`);
    expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(3500);
    // What is next is in sight without scrolling.
    const start = await page.getByRole("link", { name: /^Start/ }).boundingBox();
    expect((start?.y ?? 9999) + (start?.height ?? 0)).toBeLessThan(844);
    expect(await page.locator("details.part[open]").count()).toBe(0);
    expect(await page.locator("details.part:has(#question) > summary").innerText()).toContain(
      "1 question: 1 with us",
    );
    await page.context().close();
  });

  it("unfolds where a link leads, without a script: by its query, by its fragment, and from the list of places", async () => {
    const { enrollment } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    const { page } = await aPhone({ script: false });
    const inSight = async (id: string) => {
      const summary = page.locator(`details.part:has(#${id}) > summary`);
      await expect.poll(async () => (await summary.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
      expect((await summary.boundingBox())?.y).toBeLessThan(844);
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
    };
    await page.goto(`${base}${mail.page}?open=pace#pace`);
    await inSight("pace");
    await page.goto(`${base}${mail.page}#meeting`);
    await inSight("meeting");
    await page.goto(`${base}${mail.page}`);
    await page.getByText("Jump to", { exact: true }).click();
    await page.locator(".jump").getByRole("link", { name: "Questions" }).click();
    await inSight("question");
    await page.context().close();
  });

  it("unfolds in place with a script, and keeps what was typed elsewhere", async () => {
    const { enrollment } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    const { page, complaints } = await aPhone({ script: true });
    await page.goto(`${base}${mail.page}`);
    const sentence = page.locator("#task-what-good-means-here textarea");
    await sentence.fill("Half a sentence");
    await page.getByText("Jump to", { exact: true }).click();
    await page.locator(".jump").getByRole("link", { name: "Goals" }).click();
    expect(await page.locator("#goals").isVisible()).toBe(true);
    expect(page.url()).toContain("#goals");
    expect(await sentence.inputValue()).toBe("Half a sentence");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is done by keyboard alone: a task with what shows it, a question, the ranking", async () => {
    for (const script of [true, false]) {
      const { enrollment } = await enrolled(house);
      const mail = await aMail(house, enrollment, "the-job");
      const { page, complaints } = await aPhone({ script });
      const said = script ? "with a script" : "without one";
      /** Tab by Tab, as far as it takes; whoever cannot get there has been stopped on the way. */
      const reach = async (at: string) => {
        for (let press = 0; press < 120; press++) {
          await page.keyboard.press("Tab");
          if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(at)})`)) return;
        }
        throw new Error(`Tab never comes to ${at}.`);
      };
      await page.goto(`${base}${mail.page}`);
      await reach("#next a.button");
      await page.keyboard.press("Enter");
      await reach("#task-what-good-means-here textarea");
      await page.keyboard.type(`They come at the right time, ${said}.`);
      await reach("#task-what-good-means-here button");
      await page.keyboard.press("Enter");
      await page.locator("#saved-f-task-what-good-means-here").waitFor();
      await reach("details.part:has(#question) > summary");
      await page.keyboard.press("Enter");
      await reach("#f-question textarea");
      await page.keyboard.type(`Who may send, ${said}?`);
      await reach("#f-question button");
      await page.keyboard.press("Enter");
      await page.locator("#saved-f-question").waitFor();
      await reach("details.part:has(#priorities) > summary");
      await page.keyboard.press("Enter");
      await reach("#f-priorities [name='priority.1']");
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type("One list");
      await reach("#f-priorities [name='priority.2']");
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(`Fewer no-shows, ${said}`);
      await reach("#f-priorities li:nth-child(2) [data-move=up]");
      await page.keyboard.press("Enter");
      await expect
        .poll(() => page.getByLabel("Priority 1", { exact: true }).inputValue())
        .toBe(`Fewer no-shows, ${said}`);
      await reach("#f-priorities > button:not([data-move])");
      await page.keyboard.press("Enter");
      await page.locator("#saved-f-priorities").waitFor();
      const first = await house.parts.db.priority.findFirstOrThrow({
        where: { enrollmentId: enrollment.id, validTo: null, rank: 1 },
      });
      expect(first.text).toBe(`Fewer no-shows, ${said}`);
      const task = await house.parts.db.task.findFirstOrThrow({
        where: { enrollmentId: enrollment.id, key: "what-good-means-here" },
      });
      expect(task.evidence).toContain(said);
      if (script) {
        const axe = (await import("axe-core")).default;
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run()")) as { violations: { id: string }[] };
        expect(found.violations.map(({ id }) => id)).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it("fits 390 px in light and dark, and every button is large enough and reachable by keyboard", async () => {
    const { enrollment } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    for (const dark of [false, true]) {
      const { page, complaints } = await aPhone({ script: true, dark });
      await page.goto(`${base}${mail.page}`);
      const measured = await page.evaluate(`(() => {
        const root = document.documentElement;
        const heights = [...document.querySelectorAll("button")].filter((one) => one.offsetParent)
          .map((one) => one.getBoundingClientRect().height);
        return { overflow: root.scrollWidth - root.clientWidth, smallest: Math.min(...heights) };
      })()`);
      expect(measured).toMatchObject({ overflow: 0 });
      expect((measured as { smallest: number }).smallest).toBeGreaterThanOrEqual(24);
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.className")).toBe("skip");
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it("has no accessibility fault that axe can find, on either page", async () => {
    const { enrollment, sponsorEnrollment } = await enrolled(house);
    const mail = await aMail(house, enrollment, "the-job");
    const rtl = await enrolled(house, {
      contact: { firstName: "محمد", name: "محمد عبد الرحمن الخطيب", language: "ar" },
    });
    const arabic = await aMail(house, rtl.enrollment, "the-job");
    const value = `/v/${house.desk.links.sign("value", enrollment.pageKey)}`;
    const pages = [mail.page, `${mail.page}/record`, arabic.page, value, mail.unsubscribe];
    if (sponsorEnrollment !== null)
      pages.push(`/p/${house.desk.links.sign("page", sponsorEnrollment.pageKey)}`);
    for (const path of pages)
      for (const dark of [false, true]) {
        const { page } = await aPhone({ script: true, dark });
        await page.goto(`${base}${path}`);
        // Through the debugger, not as a script of the page: the page's own policy stays as it is.
        const axe = (await import("axe-core")).default;
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run()")) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
        await page.context().close();
      }
  });

  it("runs no script that is not ours, and takes the hint of a visit after 15 seconds on the screen", async () => {
    const name = "<script>document.title='owned'</script>";
    const { enrollment } = await enrolled(house, { contact: { firstName: name, name } });
    const mail = await aMail(house, enrollment, "the-job");
    const { page } = await aPhone({ script: true });
    await page.clock.install();
    const hint = page.waitForResponse((response) => response.url().endsWith("/visit"));
    await page.goto(`${base}${mail.page}`);
    expect(await page.title()).not.toBe("owned");
    await page.clock.runFor(16_000);
    expect((await hint).status()).toBe(204);
    const visits = await house.parts.db.engagementEvent.findMany({
      where: { enrollmentId: enrollment.id, kind: "page-visit" },
    });
    expect(visits.map(({ evidenceClass }) => evidenceClass)).toEqual(["human_probable"]);
    await page.context().close();
  });

  it("lets no injected script run", async () => {
    const { page } = await aPhone({ script: true });
    const answer = await page.goto(`${base}/sign-in`);
    expect(answer?.status()).toBe(200);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    const ran = await page.evaluate(`(() => {
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.body.append(script);
      return window.injected === true;
    })()`);
    expect(ran).toBe(false);
    await page.context().close();
  });

  it("shows the CSM's pages without an accessibility fault, and none is wider than a phone", async () => {
    const { turnover } = await enrolled(house);
    const { cookie } = await signIn(house);
    const [name = "", value = ""] = cookie.split("=");
    for (const dark of [false, true]) {
      const { page, complaints } = await aPhone({ script: true, dark });
      await page.context().addCookies([{ name, value, url: base }]);
      for (const path of [
        "/",
        "/cases",
        `/cases/${turnover.id}`,
        "/enroll",
        "/sequences/internal",
        "/accounts",
      ]) {
        expect((await page.goto(`${base}${path}`))?.status()).toBe(200);
        const axe = (await import("axe-core")).default;
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run()")) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(found.violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
        const root = "document.documentElement";
        expect([path, await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)]).toEqual([path, 0]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
