import { describe, expect, it } from "vitest";
import { type HeaderFacts, mailHeaders } from "../../../../src/domain/sending/headers.ts";
import { messageId } from "../../../../src/domain/sending/message-id.ts";
import { replyAddress, returnPath, tokenInAddress } from "../../../../src/domain/sending/return-path.ts";

const facts = (parts: Partial<HeaderFacts> = {}): HeaderFacts => ({
  messageId: "<abc@fernwick.example>",
  mailDomain: "fernwick.example",
  programKey: "internal",
  programName: "Internal replacement",
  workspaceKey: "fernwick",
  mailClass: "education",
  unsubscribe: { url: "https://baton.fernwick.example/u/token", mailto: "u+token@fernwick.example" },
  suppressAutoReplies: true,
  ...parts,
});

describe("the headers of a program mail", () => {
  it("are these", () => {
    expect(mailHeaders(facts())).toEqual({
      "Auto-Submitted": "auto-generated",
      References: "<abc@fernwick.example>",
      "Feedback-ID": "internal:fernwick:education:baton",
      "List-Unsubscribe":
        "<https://baton.fernwick.example/u/token>, <mailto:u+token@fernwick.example?subject=unsubscribe>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "List-Id": "Internal replacement <internal.fernwick.fernwick.example>",
      "X-Auto-Response-Suppress": "OOF, AutoReply",
    });
  });

  it("leave out what belongs to lists when nobody subscribed, and the request for silence when a reply tells something", () => {
    const headers = mailHeaders(facts({ unsubscribe: null, suppressAutoReplies: false }));
    expect(Object.keys(headers)).toEqual(["Auto-Submitted", "References", "Feedback-ID"]);
  });

  it("keep List-Id the same across steps and different across programs", () => {
    const id = (parts: Partial<HeaderFacts>) => mailHeaders(facts(parts))["List-Id"];
    expect(id({ messageId: "<other@fernwick.example>" })).toBe(id({}));
    expect(id({ programKey: "ex-competitor" })).not.toBe(id({}));
  });

  it("cannot be broken into two by a name or an address", () => {
    const headers = mailHeaders(
      facts({ programName: "A\r\nBcc: x <y@z>", workspaceKey: "a\r\nb", mailClass: "x:y" }),
    );
    expect(Object.values(headers).join("")).not.toMatch(/[\r\n]/);
    expect(headers["Feedback-ID"]?.split(":")).toHaveLength(4);
    expect(headers["List-Id"]).toBe("A Bcc x y z <internal.a-b.fernwick.example>");
    expect(() =>
      mailHeaders(facts({ unsubscribe: { url: "https://x.example/\r\nBcc: y", mailto: "a@b.example" } })),
    ).toThrow();
  });

  it("refuse an unsubscribe address of 200 characters or more", () => {
    const url = `https://x.example/${"t".repeat(200)}`;
    expect(() => mailHeaders(facts({ unsubscribe: { url, mailto: "a@b.example" } }))).toThrow(/200/);
  });
});

describe("Message-ID", () => {
  it("is the same on every attempt, and distinct over 10,000 sends", () => {
    const ids = Array.from({ length: 10_000 }, (_, index) =>
      messageId("secret", `send-${index}`, "fernwick.example"),
    );
    expect(new Set(ids).size).toBe(10_000);
    expect(messageId("secret", "send-7", "fernwick.example")).toBe(ids[7]);
    expect(ids[7]).toMatch(/^<[a-z2-7]{26}@fernwick\.example>$/);
    expect(messageId("another secret", "send-7", "fernwick.example")).not.toBe(ids[7]);
  });
});

describe("per-send addresses", () => {
  const signer = { sign: (purpose: string, subject: string) => `${purpose}.${subject}` };

  it("carry a signed token that comes back out", () => {
    const bounce = returnPath(signer, "1", "bounce.fernwick.example");
    expect(bounce).toBe("b+bounce.1@bounce.fernwick.example");
    expect(tokenInAddress("b", bounce)).toBe("bounce.1");
    expect(tokenInAddress("reply", replyAddress(signer, "1", "fernwick.example"))).toBe("reply.1");
    expect([
      tokenInAddress("reply", bounce),
      tokenInAddress("b", "b@x.example"),
      tokenInAddress("b", ""),
    ]).toEqual([null, null, null]);
  });

  it("refuse a token that would not fit the 64 octets of a local part", () => {
    expect(returnPath({ sign: () => "t".repeat(62) }, "1", "x.example").indexOf("@")).toBe(64);
    expect(() => returnPath({ sign: () => "t".repeat(63) }, "1", "x.example")).toThrow(/64/);
  });
});
