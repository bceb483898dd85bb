import { expect, it } from "vitest";
import { shapeLines } from "../../../src/web/pages/api-shape.ts";

it("writes a schema as one line per field, its own fields further in, what is optional marked", () => {
  const schema = {
    type: "object",
    required: ["name", "items"],
    properties: {
      name: { type: "string", minLength: 1, maxLength: 80, description: "As its people say it." },
      items: {
        type: "array",
        items: {
          type: "object",
          required: ["at"],
          properties: { at: { type: "string", format: "date-time" } },
        },
      },
      pace: { type: "string", enum: ["slow", "normal"], default: "normal" },
    },
  };
  expect(shapeLines(schema)).toBe(
    [
      "name: string, 1 to 80 characters — As its people say it.",
      "items: list of object",
      "  at: date-time",
      'pace?: "slow" | "normal", "normal" unless said',
    ].join("\n"),
  );
});

it("names every kind that a field may be, and null where it may be nothing", () => {
  expect(shapeLines({ anyOf: [{ type: "string" }, { type: "integer", minimum: 0 }] })).toBe(
    "string | integer",
  );
  expect(shapeLines({ type: "string", nullable: true })).toBe("string or null");
  expect(shapeLines({ type: "object", additionalProperties: { type: "number" } })).toBe("object of number");
  expect(shapeLines({})).toBe("anything");
});

it("shows the fields of each variant of a union", () => {
  const one = (kind: string, more: object) => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { enum: [kind] }, ...more },
  });
  const lines = shapeLines({ oneOf: [one("a", {}), one("b", { until: { type: "string" } })] });
  expect(lines.split("\n")).toEqual(["object", 'kind: "a"', 'kind: "b"', "until?: string"]);
});
