import { type CheerioAPI, load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CapturedMail, Mailbox } from "../../../src/web/web-parts.ts";
import { aWebHouse, FORM, signIn, type WebHouse } from "../../support/web-house.ts";

const MAILS: CapturedMail[] = Array.from({ length: 60 }, (_, index) => ({
  id: `m${String(99 - index)}`,
  receivedAt: new Date(Date.UTC(2026, 2, 2, 8, 0, 0) - index * 3_600_000),
  from: "dana@fernwick.test",
  to: ["imani@customer.test"],
  subject: index === 0 ? "Welcome <b>you</b>" : `Mail ${index}`,
  html: index === 1 ? null : "<html><head></head><body><script>alert(1)</script>Hello</body></html>",
  text: index === 2 ? "https://baton.test/sign-in/abc" : "Hello in text",
  headers: [
    { name: "From", value: "Dana <dana@fernwick.test>" },
    { name: "Received", value: "one" },
    { name: "Received", value: "two" },
  ],
  source: `Subject: Welcome\r\n\r\n${"x".repeat(30_000)}`,
}));
const mailbox: Mailbox = {
  list: async ({ search, limit, before }) =>
    MAILS.filter(({ subject, to }) => `${subject} ${to.join(" ")}`.includes(search ?? ""))
      .filter(({ id }) => before === undefined || id < before)
      .slice(0, limit),
  get: async (id) => MAILS.find((mail) => mail.id === id) ?? null,
  forget: async () => 0,
};
let house: WebHouse;
let cookie: string;
beforeAll(async () => {
  house = await aWebHouse({ mailbox });
  ({ cookie } = await signIn(house));
});
afterAll(() => house.close());

async function show(url: string, as = cookie): Promise<{ $: CheerioAPI; body: string; status: number }> {
  const answer = await house.server.inject({ url, headers: as === "" ? {} : { cookie: as } });
  return { $: load(answer.body), body: answer.body, status: answer.statusCode };
}

describe("the captured mailbox", () => {
  it("says that nothing leaves the machine, and lists the newest first by pages", async () => {
    const { $ } = await show("/mailbox");
    expect($("main").text()).toContain("Nothing leaves this machine");
    expect($(".letters li")).toHaveLength(50);
    expect($(".letters strong").first().text()).toBe("Welcome <b>you</b>");
    const older = $("a[rel=next]").attr("href") ?? "";
    const next = await show(older);
    expect(next.$(".letters strong").first().text()).toBe("Mail 50");
    expect(next.$("a[rel=next]")).toHaveLength(0);
    expect(next.$(".pager a").attr("href")).toBe("/mailbox");
  });

  it("searches, keeps what was searched, and says when nothing fits", async () => {
    const { $ } = await show("/mailbox?search=Mail+59");
    expect($(".letters li")).toHaveLength(1);
    expect($("#search").attr("value")).toBe("Mail 59");
    expect((await show("/mailbox?search=zzz")).body).toContain("No mail fits");
  });

  it("shows a mail as on a desktop and on a phone, in a frame that runs nothing", async () => {
    for (const [path, width] of [
      ["/mailbox/m99", "640"],
      ["/mailbox/m99?view=phone", "390"],
    ] as const) {
      const frame = (await show(path)).$("iframe");
      expect(frame.attr("title")).toContain(width);
      expect(frame.attr("src")).toBe("/mailbox/m99/html");
      expect(frame.attr("sandbox")).toBe("allow-popups allow-popups-to-escape-sandbox");
    }
  });

  it("shows a mail in the dark, as a mail program that follows its colours does", async () => {
    const { $ } = await show("/mailbox/m99?view=dark");
    const src = $("iframe").attr("src") ?? "";
    expect(src).toBe("/mailbox/m99/html?scheme=dark");
    expect((await show(src)).body).toContain("color-scheme:only dark");
    expect((await show("/mailbox/m99/html")).body).toContain("color-scheme:only light");
  });

  it("shows its text, every header in its order, and its source as letters", async () => {
    expect((await show("/mailbox/m99?view=text")).$("pre").text()).toBe("Hello in text");
    const headers = await show("/mailbox/m99?view=headers");
    expect(headers.$("dl.mono dd").last().text()).toBe("two");
    const source = await show("/mailbox/m99?view=source");
    expect(source.$("pre").text().length).toBeLessThanOrEqual(20_000);
    expect(source.body).toContain("It goes on");
    expect(source.$("a[href='/mailbox/m99/source']")).toHaveLength(1);
    expect((await show("/mailbox/m99?view=nonsense")).$("iframe")).toHaveLength(1);
  });

  it("opens a mail without HTML on its text, and says who may use a sign-in link", async () => {
    expect((await show("/mailbox/m98")).$("pre").text()).toBe("Hello in text");
    expect((await show("/mailbox/m97")).body).toContain("signs in only the browser that asked for it");
  });

  it("is closed to who may not see other people's links", async () => {
    const email = "mona@fernwick.test";
    await house.parts.db.user.create({
      data: { workspaceId: house.workspaceId, name: "Mona", email, roles: ["manager"] },
    });
    const { cookie: theirs } = await signIn(house, email);
    const refused = await show("/mailbox", theirs);
    expect(refused.status).toBe(403);
    expect(refused.$("main a").attr("href")).toBe("/");
    expect((await show("/", theirs)).$("a[href='/mailbox']")).toHaveLength(0);
  });
});

describe("signing in", () => {
  it("says what Baton is, and in local mode where the link is found, the same for every address", async () => {
    const { $, body } = await show("/sign-in", "");
    expect($("h1").text()).toBe("Sign in to Baton");
    expect(body).toContain("The console in which it was started shows a sign-in link");
    const answers = await Promise.all(
      [house.csm.email, "nobody@elsewhere.test"].map((email) =>
        house.server.inject({
          method: "POST",
          url: "/sign-in",
          headers: { ...FORM, origin: house.parts.baseUrl },
          payload: new URLSearchParams({ email }).toString(),
        }),
      ),
    );
    expect(answers[0]?.body).toBe(answers[1]?.body);
    expect(answers[0]?.body).toContain("If this address belongs to somebody here");
  });

  it("says nothing of a console where mail really leaves", async () => {
    const real = await aWebHouse();
    const answer = await real.server.inject({ url: "/sign-in" });
    expect(answer.body).not.toContain("console");
    await real.close();
  });

  it("has one button on the link's page, and a way to ask again when the link is over", async () => {
    const open = await show("/sign-in/whatever", "");
    expect(open.$("form button")).toHaveLength(1);
    const over = await house.server.inject({
      method: "POST",
      url: "/sign-in/whatever",
      headers: { ...FORM, origin: house.parts.baseUrl },
      payload: "",
    });
    expect(over.statusCode).toBe(410);
    expect(load(over.body)("a[href='/sign-in']").text()).toBe("Ask again");
  });
});

describe("what went wrong", () => {
  it("is said with a way on: signing in, or back to one's week", async () => {
    const out = await show("/cases", "");
    expect(out.status).toBe(401);
    expect(out.$("h1").text()).toBe("You are not signed in");
    expect(out.$("main a").attr("href")).toBe("/sign-in");
    const gone = await show("/cases/nothing");
    expect(gone.status).toBe(404);
    expect(gone.$("main a").attr("href")).toBe("/");
    const outside = await show("/p/nothing", "");
    expect(outside.status).toBe(404);
    expect(outside.$("main a")).toHaveLength(0);
  });

  it("is said plainly, without the fault's own words", async () => {
    const broken = await aWebHouse({
      mailbox: {
        list: async () => {
          throw new Error("secret path /var/lib");
        },
        get: async () => null,
        forget: async () => 0,
      },
    });
    const { cookie: theirs } = await signIn(broken);
    const answer = await broken.server.inject({ url: "/mailbox", headers: { cookie: theirs } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain("/var/lib");
    expect(load(answer.body)("main").text()).toContain("Nothing you sent was half-done");
    await broken.close();
  });
});
