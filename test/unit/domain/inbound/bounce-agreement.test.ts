import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { classifyMail } from "../../../../src/domain/inbound/classify-mail.ts";
import type { ClassifiedMail } from "../../../../src/domain/inbound/mail-kind.ts";

interface Label {
  readonly reason: string;
  readonly hard: boolean;
}
interface Judged {
  readonly file: string;
  readonly labels: readonly Label[];
  readonly mail: ClassifiedMail;
}

const collection = process.env["BOUNCE_COLLECTION"] ?? `${import.meta.dirname}/../../../data/bounces`;

describe("agreement with the labelled collection", () => {
  const judged: Judged[] = [];
  beforeAll(async () => {
    const labels: Record<string, Label[]> = JSON.parse(readFileSync(`${collection}/labels.json`, "utf8"));
    for (const [file, expected] of Object.entries(labels)) {
      const mail = await classifyMail(readFileSync(`${collection}/eml/${file}`));
      judged.push({ file, labels: expected, mail });
    }
  });

  const bounces = () =>
    judged.filter(({ labels }) => !labels.some(({ reason }) => /feedback|vacation|delivered/.test(reason)));

  it("agrees on hard or soft for at least 95 % of the bounces", () => {
    const differs = bounces().filter(
      ({ labels, mail }) => !labels.some(({ hard }) => mail.kind === (hard ? "hard-bounce" : "soft-bounce")),
    );
    const share = 1 - differs.length / bounces().length;
    expect(
      share,
      differs.map(({ file, mail }) => `${file} ${mail.kind} ${mail.reason}`).join("\n"),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it("leaves at most 5 % of the bounces without a reason", () => {
    const unknown = bounces().filter(({ mail }) => /^(?:undefined|onhold|)$/.test(mail.reason));
    expect(unknown.length / bounces().length).toBeLessThanOrEqual(0.05);
  });

  it("names the reason of at least 80 % of the bounces as the collection does", () => {
    const same = bounces().filter(({ labels, mail }) => labels.some(({ reason }) => reason === mail.reason));
    expect(same.length / bounces().length).toBeGreaterThanOrEqual(0.8);
  });

  it("knows every complaint, every automatic answer and every report of a delivery", () => {
    const kindOf: Record<string, string> = {
      feedback: "complaint",
      vacation: "auto-reply",
      delivered: "other",
    };
    const wrong = judged.filter(({ labels, mail }) => {
      const expected = kindOf[labels[0]?.reason ?? ""];
      return expected !== undefined && mail.kind !== expected;
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it("takes nothing for a bounce that is none", async () => {
    const kinds = [];
    for (const file of readdirSync(`${collection}/not-a-bounce`)) {
      kinds.push((await classifyMail(readFileSync(`${collection}/not-a-bounce/${file}`))).kind);
    }
    expect(kinds.filter((kind) => kind.endsWith("bounce"))).toEqual([]);
    expect(kinds.length).toBeGreaterThan(0);
  });
});
