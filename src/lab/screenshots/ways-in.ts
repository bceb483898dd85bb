import type { Page } from "../browser.ts";

/** The pages that people outside get by mail: one of each kind, found in the captured mailbox as they would. */
export interface MailedPages {
  readonly contact: string;
  readonly sponsor: string;
  readonly unsubscribe: string;
  /** To whom the contact's mail went. */
  readonly contactAddress: string;
}

export async function mailedPages(page: Page, origin: string): Promise<MailedPages> {
  const found: { -readonly [Name in keyof MailedPages]?: string } = {};
  for (let at: string | null = "/mailbox"; at !== null && !isWhole(found); at = await older(page)) {
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
      const to = /^To:.*?([^\s<>"]+@[^\s<>"]+)/im.exec(source)?.[1];
      if (kind === "contact" && to !== undefined) found.contactAddress = to;
      const way = pathOf(text, "u");
      if (way !== null) found.unsubscribe ??= way;
      if (isWhole(found)) break;
    }
    await page.goto(`${origin}${at}`);
  }
  if (!isWhole(found)) throw new Error(`The mailbox has not every kind of page: ${JSON.stringify(found)}`);
  return found;
}

function isWhole(found: { readonly [Name in keyof MailedPages]?: string }): found is MailedPages {
  const { contact, sponsor, unsubscribe, contactAddress } = found;
  return ![contact, sponsor, unsubscribe, contactAddress].includes(undefined);
}

/** The program of the contact with this address, found as a CSM would: by their page and its case. */
export async function programOf(page: Page, origin: string, address: string): Promise<string> {
  await page.goto(`${origin}/contacts?search=${encodeURIComponent(address)}`);
  await page.locator("main a[href^='/contacts/']").first().click();
  await page.waitForLoadState();
  await page.locator("main a[href^='/cases/']").first().click();
  await page.waitForLoadState();
  const ids = new Set(
    [...(await page.content()).matchAll(/\/enrollments\/([0-9a-f-]{36})/g)].map(([, id]) => id),
  );
  for (const id of ids) {
    // Only a contact's program can be changed for another.
    if ((await page.request.get(`${origin}/enrollments/${id}/switch`)).ok()) return `/enrollments/${id}`;
  }
  throw new Error(`The case of ${address} shows no program of theirs.`);
}

/** A number of the account of the contact with this address. */
export async function numberOf(page: Page, origin: string, address: string): Promise<string> {
  await page.goto(`${origin}/contacts?search=${encodeURIComponent(address)}`);
  await page.locator("main a[href^='/accounts/']").first().click();
  await page.waitForLoadState();
  await page.goto(`${page.url()}/plan`);
  const link = await page.locator("main a[href^='/values/']").first().getAttribute("href");
  if (link === null) throw new Error(`The account of ${address} has no number.`);
  return link;
}

/** A text of the contact's course that has an address of its own. */
export async function readingOf(page: Page, origin: string, contact: string): Promise<string> {
  await page.goto(`${origin}${contact}`);
  const keys = (await page.evaluate(
    `[...document.querySelectorAll("[id^='resource-']")].map((one) => one.id.slice("resource-".length))`,
  )) as string[];
  for (const key of keys) {
    if ((await page.request.get(`${origin}${contact}/read/${key}`)).ok()) return `read/${key}`;
  }
  throw new Error("The contact's page shows no text to read.");
}

/** The contact confirms a number: from then on they have a page to hand on. */
export async function confirmValue(page: Page, origin: string, contact: string): Promise<void> {
  await page.goto(`${origin}${contact}?open=value#value`);
  await page.getByRole("button", { name: "This is right" }).first().click();
  await page.locator("a[href^='/v/']").first().waitFor({ state: "attached" });
}

/** What an author and an admin make, so that it can be looked at: a draft, a template, an address to tell. */
export async function makeByForm(page: Page, origin: string): Promise<string[]> {
  await page.goto(`${origin}/studio/internal`);
  await page.getByRole("button", { name: "Edit as a draft" }).click();
  await page.waitForURL(/\/studio\/drafts\//);
  const draft = pathOfPage(page);
  await page.goto(`${origin}/studio/templates/new`);
  await page.getByLabel("Title", { exact: true }).fill("An introduction in two lines");
  await page.getByLabel("Topics").fill("handover");
  await page.getByLabel("Subject", { exact: true }).fill("{{contact.firstName}}, two lines from you");
  await page
    .getByLabel("Text", { exact: true })
    .fill("Hello {{contact.firstName}},\n\nwould you introduce us?");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/\/studio\/templates(?!\/new)/);
  await page.goto(`${origin}/settings/webhooks`);
  await page.getByLabel("Address", { exact: true }).fill("https://127.0.0.1/told");
  await page.getByRole("button", { name: "Register" }).click();
  await page.waitForLoadState();
  return [draft, `${draft}/source`, `${draft}/changes`];
}

/** Where somebody would be put on another version of the program they are on. */
export async function moveOf(page: Page, origin: string, program: string): Promise<string> {
  await page.goto(`${origin}/studio`);
  const person = program.split("/").at(-1);
  const keys = new Set(
    [...(await page.content()).matchAll(/href="\/studio\/([a-z0-9-]+)"/g)].map(([, key]) => key),
  );
  for (const key of keys) {
    const address = `/studio/${key}/move?to=1&person=${person}`;
    const answer = await page.request.get(`${origin}${address}`);
    // Only the page of their own program names them.
    if (answer.ok() && (await answer.text()).includes('href="/cases/')) return address;
  }
  throw new Error("No program of the studio has this person on it.");
}

/** A mail of theirs reached the wrong hands: its link opens nothing but the way to a fresh one. */
export async function voidLinks(page: Page, origin: string, program: string): Promise<void> {
  await page.goto(`${origin}${program}/stop`);
  await page.getByLabel("What happened to the mail").fill("It was forwarded to somebody else.");
  await page.getByRole("button", { name: "Make the links void" }).click();
  await page.waitForLoadState();
}

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
  if (turnover !== undefined)
    steps.push(...["left", "where", "waiting"].map((step) => `/enroll/${turnover}/${step}`));
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
