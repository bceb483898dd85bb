import { describe, expect, it } from "vitest";
import { type NeedsYou, rank } from "../../../src/operations/needs.ts";

const NOW = new Date("2026-03-30T14:00:00Z");

function need(accountName: string, minor: bigint, currency: string, more: Partial<NeedsYou> = {}): NeedsYou {
  return {
    kind: "question",
    caseId: accountName,
    enrollmentId: null,
    accountId: accountName,
    accountName,
    contactName: null,
    arrMinor: minor,
    currency,
    text: "",
    detail: "",
    sinceAt: null,
    dueAt: null,
    button: { label: "", href: "" },
    subjectId: accountName,
    ...more,
  };
}

const order = (rows: NeedsYou[], rates = {}) => rank(rows, NOW, rates).map(({ accountName }) => accountName);

describe("the order of the week", () => {
  const najm = need("Najm", 7_500_000n, "SAR");
  const brightmoor = need("Brightmoor", 4_000_000n, "USD");
  const kyoto = need("Kyoto", 5_000_000n, "JPY");

  it("compares what is at stake across currencies", () => {
    expect(order([najm, kyoto, brightmoor])).toEqual(["Brightmoor", "Kyoto", "Najm"]);
  });

  it("follows the workspace's own rates", () => {
    expect(order([najm, kyoto, brightmoor], { SAR: 1 })).toEqual(["Najm", "Brightmoor", "Kyoto"]);
  });

  it("lets urgency and lateness outweigh money", () => {
    const asked = need("Small", 2_500_000n, "USD", { kind: "meeting_requested" });
    const late = need("Late", 3_900_000n, "USD", { dueAt: new Date("2026-03-29T14:00:00Z") });
    expect(order([brightmoor, asked, late])).toEqual(["Late", "Small", "Brightmoor"]);
  });
});
