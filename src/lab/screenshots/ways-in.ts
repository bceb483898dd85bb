import type { Page } from "../browser.ts";

/** The pages that people outside get by mail: one of each kind, found in the captured mailbox as they would. */
export async function mailedPages(page: Page, origin: string): Promise<string[]> {
  const found: { contact?: string; sponsor?: string; unsubscribe?: string } = {};
  for (let at: string | null = "/mailbox"; at !== null && !complete(found); at = await older(page)) {
    await page.goto(`${origin}${at}`);
    for (const mail of await mailsOf(page)) {
      const source = await (await page.request.get(`${origin}${mail}/source`)).text();
      const kind = /^List-Id:[^\n]*sponsor/im.test(source) ? "sponsor" : "contact";
      if (found[kind] !== undefined) continue;
      const html = await page.request.get(`${origin}${mail}/html`);
      if (!html.ok()) continue;
      const text = await html.text();
      const link = pathOf(text, "p");
      if (link === null) continue;
      found[kind] = link;
      const way = pathOf(text, "u");
      if (way !== null) found.unsubscribe ??= way;
      if (complete(found)) break;
    }
    await page.goto(`${origin}${at}`);
  }
  return Object.values(found);
}

const complete = (found: { contact?: string; sponsor?: string; unsubscribe?: string }): boolean =>
  found.contact !== undefined && found.sponsor !== undefined && found.unsubscribe !== undefined;

async function mailsOf(page: Page): Promise<string[]> {
  const paths = (await page.evaluate(
    `[...document.querySelectorAll("main a[href^='/mailbox/']")].map((one) => new URL(one.href).pathname)`,
  )) as string[];
  return [...new Set(paths)];
}

async function older(page: Page): Promise<string | null> {
  const link = page.locator("main a[href*='before=']").first();
  return (await link.count()) === 0 ? null : await link.getAttribute("href");
}

function pathOf(html: string, kind: "p" | "u"): string | null {
  return new RegExp(`https?://[^/"'\\s]+(/${kind}/[^"'#?\\s&]+)`).exec(html)?.[1] ?? null;
}

/**
 * Goes through the enroll wizard up to its confirmation, which is not pressed, for an account whose case
 * waits for a successor.
 *
 * @returns the address of every step it came by
 */
export async function walkWizard(page: Page, origin: string, account: string): Promise<string[]> {
  await page.goto(`${origin}/enroll?search=${encodeURIComponent(account)}`);
  const steps = ["/enroll"];
  const answered = new Set<string>();
  // An open case is gone on with; without one the account is chosen.
  await page
    .getByRole("link", { name: `Continue ${account}`, exact: true })
    .or(page.getByRole("link", { name: `Choose ${account}`, exact: true }))
    .first()
    .click();
  await page.waitForLoadState();
  const turnover = /^\/enroll\/([0-9a-f-]{36})\//.exec(pathOfPage(page))?.[1];
  if (turnover !== undefined) steps.push(`/enroll/${turnover}/left`, `/enroll/${turnover}/where`);
  for (let step = pathOfPage(page); !step.endsWith("/confirm"); step = pathOfPage(page)) {
    if (answered.has(step)) throw new Error(`The wizard stays at ${step}: ${await complaintOf(page)}`);
    answered.add(step);
    steps.push(`${step}${new URL(page.url()).search}`);
    await answerStep(page, step);
  }
  return [...steps, pathOfPage(page)];
}

async function answerStep(page: Page, step: string): Promise<void> {
  const from = page.url();
  if (step.endsWith("/where")) await page.getByText("To another company").click();
  if (step.endsWith("/successor")) {
    await page.getByText("Somebody new to us").click();
    await page.getByLabel("Name", { exact: true }).fill("Noor Haddad");
    await page.getByLabel("Mail address").fill("noor.haddad@customer.example");
    await page.getByText("From outside, new to this job").click();
  }
  const on = page.getByRole("button", { name: step.endsWith("/track") ? "See every mail" : "Continue" });
  await on.click();
  await page.waitForURL((url) => url.href !== from, { timeout: 30_000 });
  await page.waitForLoadState();
}

const pathOfPage = (page: Page): string => new URL(page.url()).pathname;

async function complaintOf(page: Page): Promise<string> {
  const said = page.locator("[role=alert], .complaint").first();
  const text = (await said.count()) === 0 ? null : await said.textContent();
  return text ?? "no complaint is shown";
}
