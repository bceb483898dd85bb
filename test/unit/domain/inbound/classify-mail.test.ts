import { describe, expect, it } from "vitest";
import { classifyMail } from "../../../../src/domain/inbound/classify-mail.ts";
import { AUTO_REPLIES, REPLIES, rawOf } from "./absence-mails.ts";

describe("automatic answers", () => {
  it.each(AUTO_REPLIES)("knows the automatic answer: $name", async (sample) => {
    const mail = await classifyMail(rawOf(sample));
    expect(mail).toMatchObject({
      kind: "auto-reply",
      returnsOn: sample.returnsOn ?? null,
      standIn: sample.standIn ?? null,
      departed: sample.departed ?? false,
    });
  });

  it.each(REPLIES)("takes a person's answer for what it is: $name", async (sample) => {
    const mail = await classifyMail(rawOf(sample));
    expect(mail).toMatchObject({ kind: "reply", text: sample.body, returnsOn: null, departed: false });
  });
});
