import { describe, expect, it } from "vitest";
import { Competitor, Step } from "../../../../src/domain/sequences/sequence.ts";
import { CompiledSteps } from "../../../../src/drivers/templates/compiled-steps.ts";
import { type CompiledStep, composeStep } from "../../../../src/drivers/templates/compose-step.ts";
import type { MailValues } from "../../../../src/drivers/templates/mail-values.ts";
import { renderStep } from "../../../../src/drivers/templates/render-step.ts";
import type { StepMail } from "../../../../src/drivers/templates/step-mail.ts";

const step = (parts: object = {}) =>
  Step.parse({
    key: "in-flight",
    subject: "What is in flight at {{account.name}}",
    opening:
      "Hello {{contact.firstName}},\n\nThree things are **open**. See [the docs](https://docs.example.com/a?b=1&c=2).",
    blocks: [
      {
        type: "resource",
        key: "open-items",
        title: "Open items",
        kind: "guide",
        minutes: 3,
        url: "https://docs.example.com/open",
      },
      { type: "task", key: "take", text: "Take or close each item", minutes: 4, must: true },
      { type: "objective", key: "no-drift", text: "After this nothing drifts." },
    ],
    ...parts,
  });

const stepMail = (parts: Partial<StepMail> = {}): StepMail => ({
  step: step(),
  variant: "a",
  language: "en",
  audience: "contact",
  competitor: null,
  clickTracking: "page_only",
  honeypot: false,
  ...parts,
});

const values = (fields: object = {}, parts: Partial<MailValues> = {}): MailValues => ({
  fields: {
    "contact.firstName": "Jonas",
    "contact.name": "Jonas Lie",
    "account.name": "Halden Outdoor",
    "product.name": "Fernwick Campaigns",
    "workspace.name": "Fernwick Software",
    "csm.name": "Dana Whitlock",
    "csm.firstName": "Dana",
    ...fields,
  },
  csmAddress: "dana@fernwick.example",
  postalAddress: "12 Harbour Street, Chicago",
  links: {
    page: (position) => `https://baton.example/p/page${position}`,
    redirect: (position) => `https://baton.example/c/link${position}`,
    unsubscribe: "https://baton.example/u/token",
    pace: "https://baton.example/p/page0?open=pace#pace",
    stop: "https://baton.example/p/page0?open=stop#stop",
    honeypot: "https://baton.example/c/trap",
  },
  ...parts,
});

async function compiled(parts: Partial<StepMail> = {}): Promise<CompiledStep> {
  const composed = await composeStep(stepMail(parts));
  if (!composed.ok) throw new Error(composed.problem.message);
  return composed.mail;
}

function rendered(mail: CompiledStep, given = values()) {
  const result = renderStep(mail, given);
  if (result.kind !== "rendered") throw new Error(result.kind);
  return result;
}

const hrefs = (html: string) =>
  new Set([...html.matchAll(/href="([^"]*)"/g)].map((match) => (match[1] ?? "").replaceAll("&amp;", "&")));
const urls = (text: string) => new Set([...text.matchAll(/https?:\/\/[^\s)]+/g)].map((match) => match[0]));

describe("a step's mail", () => {
  it("has three labelled blocks, one button, and the way to slow down, stop and unsubscribe in both parts", async () => {
    const { html, text, subject } = rendered(await compiled());
    expect(subject).toBe("What is in flight at Halden Outdoor");
    for (const words of [
      "Resource · 3 minutes",
      "Task · 4 minutes",
      "Objective",
      "Dana Whitlock",
      "12 Harbour Street",
      "Unsubscribe",
    ]) {
      expect(html).toContain(words);
      expect(text.toLowerCase()).toContain(words.toLowerCase());
    }
    expect(html.match(/class="act"/g)).toHaveLength(1);
    expect(html).toContain('<html lang="en" dir="ltr"');
    expect(html).toMatch(/<meta name="color-scheme" content="light dark"/);
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).not.toMatch(/<img/i);
    expect(html.match(/<table(?![^>]*role="presentation")/g)).toBeNull();
  });

  it("carries the same links in both parts, the honeypot in HTML only", async () => {
    for (const clickTracking of ["page_only", "redirect"] as const) {
      const { html, text } = rendered(await compiled({ clickTracking }));
      expect(urls(text)).toEqual(hrefs(html));
      expect(urls(text)).toContain("https://baton.example/u/token");
    }
    const trap = rendered(await compiled({ honeypot: true }));
    expect([...hrefs(trap.html)].filter((url) => !urls(trap.text).has(url))).toEqual([
      "https://baton.example/c/trap",
    ]);
  });

  it("opens resources on the reader's page, or behind the redirect when the workspace chose it", async () => {
    const page = await compiled();
    expect(hrefs(rendered(page).html)).toContain(
      "https://baton.example/p/page1?open=resource-open-items#resource-open-items",
    );
    expect(hrefs(rendered(page).html)).toContain("https://docs.example.com/a?b=1&c=2");
    const redirect = await compiled({ clickTracking: "redirect" });
    expect(redirect.links.filter(({ kind }) => kind === "redirect")).toEqual([
      { kind: "redirect", position: 1, url: "https://docs.example.com/a?b=1&c=2" },
      { kind: "redirect", position: 2, url: "https://docs.example.com/open" },
    ]);
    expect(rendered(redirect).html).not.toContain("docs.example.com");
  });

  it("wraps its text at 72 columns and never breaks an address", async () => {
    const { text } = rendered(
      await compiled({ step: step({ opening: `${"word ".repeat(100)}\n\n- ${"item ".repeat(40)}` }) }),
    );
    for (const line of text.split("\n")) expect(line.length <= 72 || line.startsWith("https://")).toBe(true);
    expect(text).toMatch(/\n- item .*\n {2}item /);
  });

  it("wraps what the author broke into lines anew, and keeps line ends that were meant", async () => {
    const opening = "One sentence\nof two lines.\n\n- an item\n  that goes on\n\nA line  \nand its end.";
    const { text } = rendered(await compiled({ step: step({ opening }) }));
    expect(text).toContain("One sentence of two lines.\n\n- an item that goes on\n\nA line\nand its end.");
  });

  it("says where in the course it stands, in words and in cells that only repeat them", async () => {
    const place = { number: 3, of: 9, extra: false };
    const { html, text } = rendered(await compiled({ place }));
    expect(text.split("\n")[0]).toBe("Mail 3 of 9 · about 7 minutes");
    expect(html).toContain("Mail 3 of 9");
    expect(html.match(/class="on"/g)).toHaveLength(3);
    expect(html.match(/class="off"/g)).toHaveLength(6);
    expect(html).toMatch(/<table[^>]*aria-hidden="true"[^>]*><tr><td class="on"/);
    const extra = rendered(await compiled({ place: { ...place, extra: true } }));
    expect(extra.text).toMatch(/^An extra, for you · about 7 minutes\n/);
    const long = rendered(await compiled({ place: { number: 13, of: 26, extra: false } }));
    expect(long.html.match(/class="o(n|ff)" width="50%"/g)).toHaveLength(2);
    const none = rendered(await compiled());
    expect(none.html).not.toContain('class="on"');
    expect(none.text).toMatch(/^About 7 minutes\n/);
  });

  it("shows the CSM by their initials, which are letters even of a strange name", async () => {
    const { html } = rendered(await compiled(), values({ "csm.name": "<b>Ada & Co" }));
    expect(html).toMatch(/class="badge" aria-hidden="true"[^>]*>BC<\/td>/);
    expect(html).toContain("&lt;b&gt;Ada &amp; Co");
  });

  it("gives a sponsor one ask instead of a task", async () => {
    const ask = step({ blocks: [{ type: "endorse", prompt: "Confirm the goals." }] });
    const { html, text } = rendered(await compiled({ audience: "sponsor", step: ask }));
    expect(html.match(/class="act"/g)).toHaveLength(1);
    expect(text).toContain("ONE ASK");
    expect(text).not.toContain("TASK");
  });

  it("sends nothing to a reader whose required value is missing", async () => {
    expect(renderStep(await compiled(), values({ "account.name": "  " }))).toEqual({
      kind: "missing-values",
      fields: ["account.name"],
    });
  });

  it("warns above 80 kB and refuses above 102,400 bytes of HTML", async () => {
    const sized = async (kilobytes: number) =>
      renderStep(
        await compiled({ step: step({ preheader: "Long.", opening: "x".repeat(kilobytes * 1000) }) }),
        values(),
      );
    const bare = rendered(await compiled()).htmlBytes / 1000;
    expect(await sized(79 - bare)).toMatchObject({ kind: "rendered", warnings: [] });
    expect(await sized(90 - bare)).toMatchObject({
      kind: "rendered",
      warnings: [expect.stringContaining("bytes")],
    });
    expect(await sized(105 - bare)).toMatchObject({ kind: "too-large", limitBytes: 102_400 });
  });

  it("is compiled once, also when many ask at once", async () => {
    const steps = new CompiledSteps(1);
    let loads = 0;
    const load = async () => {
      loads++;
      return stepMail();
    };
    const key = {
      versionId: "v",
      stepKey: "s",
      policy: "standard",
      variant: "a",
      competitorVersionId: null,
      clickTracking: "page_only",
      honeypot: false,
    } as const;
    await Promise.all([steps.get(key, load), steps.get(key, load), steps.get(key, load)]);
    expect(loads).toBe(1);
    await steps.get({ ...key, variant: "b" }, load);
    await steps.get(key, load);
    expect(loads).toBe(3);
  });
});

describe("what people typed stays letters (A6, A7)", () => {
  const ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "{{constructor}}",
    ["$", "{7*7}"].join(""),
    '<mj-include path="/etc/passwd" />',
    "<mj-raw><script>alert(1)</script></mj-raw>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "`onmouseover=alert(1)`",
    "</title><script>x</script>",
  ];

  it.each(ATTACKS)("a name of %j", async (attack) => {
    const mail = await compiled({
      step: step({ subject: "For {{contact.firstName}}", preheader: "{{contact.firstName}}" }),
    });
    const plain = rendered(mail);
    const { html, text, subject } = rendered(mail, values({ "contact.firstName": attack }));
    expect(html.match(/<[a-z/!]/gi)?.length).toBe(plain.html.match(/<[a-z/!]/gi)?.length);
    expect(hrefs(html)).toEqual(hrefs(plain.html));
    expect(text.replace(/\s+/g, " ")).toContain(`Hello ${attack},`);
    expect(subject).toBe(`For ${attack}`);
  });

  it.each(ATTACKS.filter((attack) => !attack.includes("{{")))("authored text of %j", async (attack) => {
    const everywhere = step({
      opening: attack,
      blocks: [
        { type: "task", key: "t", text: attack, why: attack, minutes: 1 },
        { type: "priorities", prompt: attack, options: [attack] },
        { type: "question", prompt: attack },
      ],
    });
    const { html, text } = rendered(await compiled({ step: everywhere }));
    expect(html).not.toMatch(/<(script|img|mj-)/i);
    expect(html).not.toMatch(/<[^>]*\son\w+=/i);
    expect(html).not.toContain("root:");
    expect(text.split(attack).length).toBeGreaterThan(4);
  });

  it("refuses an unknown merge field with place and remedy, before anything is sent", async () => {
    expect(await composeStep(stepMail({ step: step({ opening: "Hi {{constructor}}" }) }))).toMatchObject({
      ok: false,
      problem: { place: "step in-flight, variant a", message: expect.stringContaining("constructor") },
    });
  });

  it("makes links of http and https only, and lets no merge field choose the server", async () => {
    const opening = [
      "[a](javascript:alert(1))",
      "[b](data:text/html,x)",
      "[c](https://user:pw@evil.example/)",
      "[d](https://{{contact.firstName}}/x)",
      "[e](https://good.example/?who={{contact.firstName}})",
      "![f](https://pixel.example/p.gif)",
    ].join("\n\n");
    const { html } = rendered(
      await compiled({ step: step({ opening, blocks: [] }) }),
      values({ "contact.firstName": 'a/b&c=d"' }),
    );
    const outside = [...hrefs(html)].filter((url) => !url.startsWith("https://baton.example/"));
    expect(outside).toEqual(["https://good.example/?who=a%2Fb%26c%3Dd%22"]);
    expect(html).not.toContain("<img");
  });

  it("keeps every value on one line of the subject and the text", async () => {
    const evil = "Jo\r\nBcc: x@y.example\u2028\0z";
    const { subject, text, html } = rendered(
      await compiled({ step: step({ subject: "{{contact.firstName}}" }) }),
      values({ "contact.firstName": evil }),
    );
    expect(subject).toBe("Jo Bcc: x@y.example z");
    expect(text).toContain("Hello Jo Bcc: x@y.example z,");
    expect(`${subject}${text}${html}`).not.toMatch(/[\0\u2028]/);
  });

  it("isolates a name written the other way, and turns a whole mail for a right-to-left language", async () => {
    const mixed = rendered(await compiled(), values({ "contact.firstName": "سارة" }));
    expect(mixed.html).toContain('<bdi dir="auto">سارة</bdi>');
    expect(mixed.text).toContain("Hello \u2068سارة\u2069,");
    expect(mixed.subject).not.toMatch(/[\u2066-\u2069]/);
    const arabic = rendered(await compiled({ language: "ar" }));
    expect(arabic.html).toContain('<html lang="ar" dir="rtl"');
    expect(arabic.html).toContain("direction:rtl");
    expect(arabic.html).not.toContain("direction:ltr");
  });

  it("treats a competitor file as data", async () => {
    const evil = '<script>{{contact.name}}</script> <mj-include path="x">';
    const competitor = Competitor.parse({
      key: "mailharbor",
      name: "Mailharbor",
      reviewedOn: "2026-01-01",
      swot: { strengths: [evil], weaknesses: ["w"], opportunities: ["o"], threats: ["t"] },
      termMap: Array.from({ length: 7 }, () => ({ theirs: evil, ours: null, note: evil })),
      habitMap: Array.from({ length: 3 }, () => ({ job: evil, there: evil, here: evil })),
      honestGaps: [{ gap: evil, workaround: evil, source: evil, on: "2026-01-01" }],
      proof: [{ claim: evil, source: "https://proof.example/x?a=1&b=2", on: "2026-01-01" }],
      migrationNotes: [evil],
    });
    for (const show of ["term-map", "habit-map", "honest-gaps", "strengths", "proof", "migration-notes"]) {
      const blocks = [{ type: "competitor", show, otherwise: "None." }];
      const { html, text } = rendered(await compiled({ competitor, step: step({ blocks }) }));
      expect(html).not.toMatch(/<(script|mj-)/);
      expect(text).toContain("{{contact.name}}");
      expect(urls(text)).toEqual(hrefs(html));
    }
  });
});
