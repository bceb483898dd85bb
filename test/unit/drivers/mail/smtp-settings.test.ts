import { describe, expect, it } from "vitest";
import { outcomeOfError } from "../../../../src/drivers/mail/smtp-outcome.ts";
import { readSmtpUrl } from "../../../../src/drivers/mail/smtp-settings.ts";

describe("SMTP_URL", () => {
  it("requires STARTTLS of a real server and not of this machine", () => {
    expect(readSmtpUrl("smtp://dana:p%40ss@mail.fernwick.example")).toEqual({
      host: "mail.fernwick.example",
      port: 587,
      implicitTls: false,
      tls: "required",
      user: "dana",
      password: "p@ss",
    });
    expect(readSmtpUrl("smtp://127.0.0.1:2525").tls).toBe("opportunistic");
    expect(readSmtpUrl("smtps://mail.fernwick.example")).toMatchObject({ port: 465, implicitTls: true });
    expect(readSmtpUrl("smtp://relay.fernwick.example:25?tls=off").tls).toBe("off");
  });

  it("is refused with the way to write it, never with the password", () => {
    for (const wrong of ["", "mail.example.com", "http://mail.example.com", "smtp://u:secret@h?tls=maybe"]) {
      expect(() => readSmtpUrl(wrong)).toThrow(/SMTP_URL/);
      expect(() => readSmtpUrl(wrong)).not.toThrow(/secret/);
    }
  });
});

describe("what a failure means", () => {
  const failure = (fields: object) => Object.assign(new Error("gone"), fields);

  it("follows the phase when the server said nothing", () => {
    expect(outcomeOfError(failure({ code: "ECONNECTION", command: "CONN" }), false).kind).toBe("not-sent");
    expect(outcomeOfError(failure({ code: "ECONNECTION", command: "CONN" }), true).kind).toBe("unknown");
    expect(outcomeOfError("not even an error", true).kind).toBe("unknown");
  });

  it("follows the server's words when it said something", () => {
    expect(
      outcomeOfError(failure({ responseCode: 451, response: "451 later\r\nplease", command: "DATA" }), true),
    ).toEqual({
      kind: "deferred",
      code: 451,
      response: "451 later please",
    });
    expect(
      outcomeOfError(failure({ responseCode: 550, response: "550 no", command: "RCPT TO" }), false).kind,
    ).toBe("rejected");
  });

  it("never blames a recipient for our password", () => {
    expect(
      outcomeOfError(failure({ responseCode: 535, response: "535 bad login", command: "AUTH LOGIN" }), false)
        .kind,
    ).toBe("not-sent");
  });
});
