import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { competitorJsonSchema, sequenceJsonSchema } from "../../../../src/domain/sequences/json-schema.ts";
import { shippedFiles } from "../../../support/sequence-files.ts";
import { change, GOOD } from "./written.ts";

const FOLDER = join(import.meta.dirname, "../../../../sequences");
const asSchema = (source: string) => z.fromJSONSchema(JSON.parse(source));
const accepts = (schema: string, yaml: string): boolean => asSchema(schema).safeParse(parse(yaml)).success;

describe("the JSON Schema that editors complete from", () => {
  it("is the one in the repository", () => {
    expect(readFileSync(join(FOLDER, "sequence.schema.json"), "utf8")).toBe(sequenceJsonSchema());
    expect(readFileSync(join(FOLDER, "competitor.schema.json"), "utf8")).toBe(competitorJsonSchema());
  });

  it("accepts every file that ships, as it is written", () => {
    const refused = shippedFiles().filter(({ file, source }) => {
      const schema = file.includes("competitors/") ? competitorJsonSchema() : sequenceJsonSchema();
      return !accepts(schema, source);
    });
    expect(refused.map(({ file }) => file)).toEqual([]);
  });

  it("knows kebab-case keys and no others", () => {
    expect(sequenceJsonSchema()).toContain('"length-days"');
    expect(JSON.stringify(JSON.parse(sequenceJsonSchema()))).not.toMatch(
      /"(lengthDays|skipWhen|taskDone|variantB)"/,
    );
    expect(accepts(sequenceJsonSchema(), GOOD)).toBe(true);
    expect(accepts(sequenceJsonSchema(), change(GOOD, "length-days", "lengthDays"))).toBe(false);
    expect(accepts(sequenceJsonSchema(), change(GOOD, "minutes: 1\n", "minuts: 1\n"))).toBe(false);
  });
});
