import { z } from "zod";
import { toKebab } from "./key-case.ts";
import { Competitor, Sequence } from "./sequence.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The schema as authors write: kebab-case keys wherever a key of the file is named. */
function withKebabKeys(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withKebabKeys);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([word, value]) => {
      if (word === "properties" && typeof value === "object" && value !== null && !Array.isArray(value)) {
        const properties = Object.entries(value).map(([key, inner]) => [toKebab(key), withKebabKeys(inner)]);
        return [word, Object.fromEntries(properties)];
      }
      if (word === "required" && Array.isArray(value))
        return [word, value.map((key) => toKebab(String(key)))];
      // Defaults and constants are values of the file, not names in it.
      return word === "default" || word === "const" || word === "enum"
        ? [word, value]
        : [word, withKebabKeys(value)];
    }),
  );
}

function render(schema: z.ZodType, title: string): string {
  // Draft 7 is what the YAML language server understands best.
  const json: Json = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input", target: "draft-7" })));
  const { $schema, ...rest } = withKebabKeys(json) as Readonly<Record<string, Json>>;
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

/** The JSON Schema of sequence files, as in sequences/sequence.schema.json. */
export const sequenceJsonSchema = (): string => render(Sequence, "A Baton sequence");

/** The JSON Schema of competitor files, as in sequences/competitor.schema.json. */
export const competitorJsonSchema = (): string => render(Competitor, "A competitor's card for Baton");
