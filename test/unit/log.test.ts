import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeLinks } from "../../src/domain/engagement/signed-links.ts";
import { createLog } from "../../src/log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: "info", destination: { write: (line) => lines.push(line) } }));
  return lines.join("");
}

const TOKEN = "AQx9kfPz3Lm7Tt0vYh2Qw8ErU6iOpBnC";

describe("the log", () => {
  it("holds no mail address: not in texts, fields, lists or errors", () => {
    const text = logged((log) => {
      log.info("refused robin.vega@customer.test\nanna@customer.test");
      log.info(
        { recipients: ["Robin <robin.vega@customer.test>"], nested: { note: "to robin.vega@customer.test" } },
        "x",
      );
      log.error(new Error("550 5.1.1 <robin.vega@customer.test>: unknown"), "submit failed");
    });
    expect(text).not.toContain("customer.test");
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => typeof JSON.parse(line)),
    ).toEqual(["object", "object", "object"]);
  });

  it("holds no token, password or credential", () => {
    const text = logged((log) => {
      log.info({ req: { url: `/p/${TOKEN}` }, headers: { cookie: "sid=1" }, token: "short" }, "request");
      log.warn(new Error("connect postgresql://baton:hunter2@127.0.0.1:5432/baton"));
    });
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("sid=1");
    expect(text).not.toContain('"short"');
  });

  it("says an error's words and numbers, and not the connection that its driver hung on it", () => {
    const client = { host: "db.internal", statements: { claim: "select 1" } };
    const cause = Object.assign(new Error("the connection ended"), { code: "57P01", client });
    const line = JSON.parse(logged((log) => log.warn({ err: cause }, "trying again")));
    expect(Object.keys(line.err).sort()).toEqual(["code", "message", "stack", "type"]);
    expect(line.err).toMatchObject({ message: "the connection ended", code: "57P01" });
  });

  it("A22: holds no part of a signed link: not the whole, not payload or mac alone", () => {
    const links = makeLinks(
      [{ kid: "1", secret: "a secret for tests that is long enough" }],
      () => new Date(0),
    );
    for (let n = 0; n < 3_000; n++) {
      const hex = createHash("sha256").update(`${n}`).digest("hex");
      const subject = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
      const token = links.sign("page", subject, n);
      const [, payload = "", mac = ""] = token.split(".");
      for (const text of [
        `GET /p/${token} failed`,
        `x=${payload}`,
        `${payload}.`,
        `.${mac}`,
        `"${mac}"`,
        token,
      ]) {
        const line = logged((log) => log.info({ note: text }, text));
        expect([text, line.includes(payload), line.includes(mac)]).toEqual([text, false, false]);
      }
    }
  });

  it("keeps the names of errors, constraints and jobs readable", () => {
    for (const name of [
      "PrismaClientKnownRequestError",
      "PrismaClientInitializationError",
      "enrollment_workspaceId_caseId_contactId_audience_cycle_key",
      "send-messages.01934f6e-7d1c-7c3a-9b1e-4f5a6b7c8d9e",
      "object_not_in_prerequisite_state",
    ])
      expect(logged((log) => log.info(name))).toContain(name);
  });

  it("keeps what is needed to find a row: ids, counts, times and reasons", () => {
    const id = "01934f6e-7d1c-7c3a-9b1e-4f5a6b7c8d9e";
    const line: unknown = JSON.parse(
      logged((log) => log.info({ sendId: id, attempts: 2 }, "deferred: greylisted")),
    );
    expect(line).toMatchObject({ level: "info", sendId: id, attempts: 2, msg: "deferred: greylisted" });
  });
});
