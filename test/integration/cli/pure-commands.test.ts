import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBaton, workFolder } from "./run-baton.ts";

const folder = workFolder();
afterAll(() => folder.remove());

const lines = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join("\n");

describe("every command", () => {
  const help: Record<string, readonly string[]> = {
    start: [],
    demo: ["--day-seconds", "--exit"],
    web: [],
    worker: [],
    migrate: ["--diff"],
    doctor: ["--json"],
    accounts: ["import"],
    contacts: ["import"],
    case: ["open", "show", "list", "close"],
    enroll: ["--json"],
    preview: ["--start", "--zone", "--holidays", "--work-week", "--render", "--json"],
    sequences: ["list", "show", "check"],
    readiness: ["show", "evaluate"],
    hits: ["classify"],
    mail: ["classify"],
    simulate: ["--json"],
    bench: ["send", "track"],
    docs: ["--check"],
  };

  it("has --help that ends with 0 and names its parts", async () => {
    const names = Object.keys(help);
    const one = async (): Promise<void> => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const { code, out } = await runBaton([name, "--help"]);
        expect(code, name).toBe(0);
        for (const word of help[name] ?? []) expect(out, name).toContain(word);
      }
    };
    await Promise.all([one(), one()]);
  }, 400_000);

  it("is refused with 1 and a hint when there is no such command or option", async () => {
    const command = await runBaton(["sequenzes"]);
    expect(command.code).toBe(1);
    expect(command.err).toContain("sequences");
    const option = await runBaton(["hits", "classify", "--xml", "x.jsonl"]);
    expect(option).toMatchObject({ code: 1, out: "" });
    expect(option.err).toContain("--xml");
  });
});

describe("preview", () => {
  const march = ["--start", "2026-03-05T09:00:00-05:00", "--zone", "America/Toronto", "--holidays", "CA-ON"];

  it("prints local and UTC times of every step, over the change of clocks", async () => {
    const { code, out } = await runBaton(["preview", "external-new-function", ...march, "--json"]);
    expect(code).toBe(0);
    const { steps } = JSON.parse(out) as {
      steps: { at: string; localDate: string; localTime: string; zone: string; recipient: string }[];
    };
    const contact = steps.filter(({ recipient }) => recipient === "contact");
    expect(contact.length).toBeGreaterThanOrEqual(10);
    expect(contact.slice(0, 3).map(({ at }) => at)).toEqual([
      "2026-03-05T14:00:00.000Z",
      "2026-03-06T14:00:00.000Z",
      "2026-03-09T13:00:00.000Z",
    ]);
    expect(contact.every(({ localTime }) => localTime >= "08:30" && localTime <= "16:30")).toBe(true);
  });

  it("--render writes each mail as .html, .txt and .eml", async () => {
    const to = join(folder.path, "mails");
    const { code, err } = await runBaton(["preview", "internal", ...march, "--render", to]);
    expect(code).toBe(0);
    expect(err).toContain("each as .html, .txt and .eml");
    const files = readdirSync(to, { recursive: true }).map(String);
    const bases = (end: string) =>
      files.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length));
    expect(bases(".html").length).toBeGreaterThanOrEqual(6);
    expect(bases(".txt").sort()).toEqual(bases(".html").sort());
    expect(bases(".eml").sort()).toEqual(bases(".html").sort());
    const eml = files.find((name) => name.endsWith(".eml")) ?? "";
    expect(readFileSync(join(to, eml), "utf8")).toMatch(/^Subject: /m);
  });

  it("names the option that is wrong, and what to write instead", async () => {
    const zone = await runBaton([
      "preview",
      "internal",
      "--start",
      "2026-03-05T09:00:00Z",
      "--zone",
      "Mars/X",
    ]);
    expect(zone).toMatchObject({ code: 1, out: "" });
    expect(zone.err).toMatch(/--zone: .*Mars\/X[\s\S]*→ .*Europe\/Oslo/);
    const sequence = await runBaton(["preview", "interal", ...march]);
    expect(sequence.code).toBe(1);
    expect(sequence.err).toContain("external-new-function");
  });
});

describe("sequences", () => {
  const shipped = readFileSync("sequences/internal.yaml", "utf8");

  it("check passes what ships, one file alone as well", async () => {
    const [all, one] = [
      await runBaton(["sequences", "check"]),
      await runBaton(["sequences", "check", "sequences/internal.yaml", "--json"]),
    ];
    expect(all).toMatchObject({ code: 0, err: "" });
    expect(one.code).toBe(0);
    expect(JSON.parse(one.out)).toEqual({ files: ["sequences/internal.yaml"], problems: [] });
  });

  it("check refuses an unknown key with file, line and remedy, and prints them as JSON when asked", async () => {
    const file = folder.file("typo.yaml", shipped.replace("    subject:", "    subjet:"));
    const line =
      readFileSync(file, "utf8")
        .split("\n")
        .findIndex((text) => text.includes("subjet:")) + 1;
    const { code, out } = await runBaton(["sequences", "check", file]);
    expect(code).toBe(1);
    expect(out).toContain(`${file}:${line}`);
    expect(out).toContain("subject");
    const asJson = await runBaton(["sequences", "check", file, "--json"]);
    expect(asJson.code).toBe(1);
    const { problems } = JSON.parse(asJson.out) as { problems: { line: number; remedy: string }[] };
    expect(problems.some((problem) => problem.line === line && problem.remedy !== "")).toBe(true);
  });

  it("check says where YAML itself breaks", async () => {
    const file = folder.file("broken.yaml", "key: x\nname: [unclosed\nsteps:\n  - key: a\n");
    const { code, out } = await runBaton(["sequences", "check", file]);
    expect(code).toBe(1);
    expect(out).toMatch(/broken\.yaml:\d+/);
  });

  it("list and show print JSON", async () => {
    const list = JSON.parse((await runBaton(["sequences", "list", "--json"])).out) as { key: string }[];
    expect(list.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["internal", "external-new-function", "ex-competitor", "sponsor-brief"]),
    );
    const shown = JSON.parse((await runBaton(["sequences", "show", "internal", "--json"])).out) as {
      key: string;
    };
    expect(shown.key).toBe("internal");
  });
});

describe("readiness evaluate", () => {
  const log = lines(
    { kind: "enrolled", at: "2026-03-13T09:00:00-06:00", zone: "America/Denver" },
    { kind: "check-answered", at: "2026-03-15T10:00:00-06:00", item: "what-good-looks-like", right: true },
    { kind: "click", at: "2026-03-15T10:00:01-06:00" },
  );
  const evaluate = (file: string, ...more: string[]) => [
    ...["readiness", "evaluate", "--sequence", "external-new-function", "--events", file],
    ...["--at", "2026-03-16T20:00:00-06:00", ...more],
  ];

  it("is pure: the same bytes twice, and no database is started", async () => {
    const file = folder.file("log.jsonl", log);
    const env = { BATON_DATA_DIR: join(folder.path, "never-made") };
    const first = await runBaton(evaluate(file, "--json"), env);
    const second = await runBaton(evaluate(file, "--json"), env);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(second.out).toBe(first.out);
    expect(JSON.parse(first.out)).toMatchObject({ verdict: expect.any(String), score: expect.any(Number) });
    expect(existsSync(env.BATON_DATA_DIR)).toBe(false);
  });

  it("names the line that is wrong, and refuses a log without a start", async () => {
    const bad = folder.file("bad.jsonl", `${log}\n{"kind":"levitated","at":"2026-03-15T10:00:00Z"}`);
    const refused = await runBaton(evaluate(bad));
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain(`${bad}:4`);
    const headless = await runBaton(
      evaluate(folder.file("headless.jsonl", log.split("\n").slice(1).join("\n"))),
    );
    expect(headless.code).toBe(1);
    expect(headless.err).toContain("enrolled");
  });
});

describe("hits classify", () => {
  const hit = (second: string, more: object = {}) => ({
    sendId: "s1",
    at: `2026-03-13T15:00:${second}Z`,
    target: "link",
    position: 1,
    ipHash: "a",
    submittedAt: "2026-03-13T15:00:00Z",
    ...more,
  });

  it("labels each hit with its rules, one JSON object a line", async () => {
    const file = folder.file(
      "hits.jsonl",
      lines(hit("01", { userAgent: "curl/8.5.0" }), hit("02", { method: "HEAD", userAgent: "Barracuda" })),
    );
    const { code, out } = await runBaton(["hits", "classify", file, "--json"]);
    expect(code).toBe(0);
    const labels = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { label: string; rules: string[] });
    expect(labels).toHaveLength(2);
    for (const { label, rules } of labels) {
      expect(["human", "machine", "uncertain"]).toContain(label);
      expect(rules.length).toBeGreaterThan(0);
    }
  });

  it("names the line it cannot read", async () => {
    const file = folder.file("bad-hits.jsonl", `${lines(hit("01"))}\nnot json`);
    const { code, err } = await runBaton(["hits", "classify", file]);
    expect(code).toBe(1);
    expect(err).toContain(`${file}:2`);
  });
});

describe("mail classify", () => {
  it("tells a bounce from an automatic answer, in the order of the files", async () => {
    const bounce = folder.file(
      "bounce.eml",
      [
        "From: MAILER-DAEMON@mx.example",
        "To: b+x@fernwick.example",
        "Subject: Undelivered Mail Returned to Sender",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "No such user.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        "Final-Recipient: rfc822; robin@customer.example",
        "Action: failed",
        "Status: 5.1.1",
        "--b--",
        "",
      ].join("\r\n"),
    );
    const away = folder.file(
      "away.eml",
      "From: Robin <robin@customer.example>\r\nTo: us@fernwick.example\r\nSubject: Automatic reply: Hello\r\nAuto-Submitted: auto-replied\r\nDate: Tue, 17 Mar 2026 09:00:00 +0000\r\n\r\nI am away until 28 March 2026.\r\n",
    );
    const { code, out } = await runBaton(["mail", "classify", bounce, away, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { file: bounce, kind: "hard-bounce", status: "5.1.1", recipient: "robin@customer.example" },
      { file: away, kind: "auto-reply", returnsOn: expect.stringMatching(/^2026-03-(28|29|30)$/) },
    ]);
  });

  it("refuses a file that is not there", async () => {
    const { code, err } = await runBaton(["mail", "classify", "/nowhere/x.eml"]);
    expect(code).toBe(1);
    expect(err).toContain("/nowhere/x.eml: There is no such file.");
  });
});

describe("settings and generated files", () => {
  it("docs --check agrees with what is committed", async () => {
    expect(await runBaton(["docs", "--check"])).toMatchObject({ code: 0 });
  });

  it("wrong settings are refused at boot, all of them at once", async () => {
    const { code, err } = await runBaton(["start"], {
      DATABASE_URL: "mysql://x",
      SMTP_URL: "http://x",
      PORT: "many",
      BATON_SECRTE: "x",
    });
    expect(code).toBe(1);
    for (const name of ["DATABASE_URL", "SMTP_URL", "PORT", "did you mean BATON_SECRET"]) {
      expect(err).toContain(name);
    }
  });
});
