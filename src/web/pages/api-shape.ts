/** What this reads of a JSON Schema. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** A pattern that is longer says nothing to a reader that its format does not. */
const LONGEST_PATTERN = 40;

/**
 * A schema as lines to read, one per field: name, what it is, what bounds it; a field's own fields below it,
 * further in. A tenth of the JSON it says the same as.
 */
export function shapeLines(schema: unknown): string {
  const root = schema as Schema;
  const below = fieldsOf(root, "");
  return (below.length > 0 && isPlainObject(root) ? below : [wordsOf(root), ...below]).join("\n");
}

function fieldsOf(schema: Schema, indent: string): string[] {
  const inner = schema.items ?? schema;
  const parts = [inner, ...variantsOf(inner), ...(inner.allOf ?? [])];
  return parts.flatMap((part) =>
    Object.entries(part.properties ?? {}).flatMap(([name, field]) => {
      const optional = part.required?.includes(name) === true ? "" : "?";
      return [`${indent}${name}${optional}: ${wordsOf(field)}`, ...fieldsOf(field, `${indent}  `)];
    }),
  );
}

function wordsOf(schema: Schema): string {
  const nothing = schema.nullable === true ? " or null" : "";
  const about = schema.description === undefined ? "" : ` — ${schema.description}`;
  return `${kindOf(schema)}${nothing}${boundsOf(schema)}${about}`;
}

function kindOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.items !== undefined) return `list of ${kindOf(schema.items)}`;
  const variants = variantsOf(schema);
  if (variants.length > 0) return [...new Set(variants.map(kindOf))].join(" | ");
  if (schema.properties !== undefined) return "object";
  if (typeof schema.additionalProperties === "object")
    return `object of ${kindOf(schema.additionalProperties)}`;
  return schema.format ?? schema.type ?? "anything";
}

function boundsOf({ minLength, maxLength, minimum, maximum, pattern, default: standing }: Schema): string {
  const bounds = [
    range(minLength, maxLength, " characters"),
    range(minimum, maximum, ""),
    pattern !== undefined && pattern.length <= LONGEST_PATTERN ? `like ${pattern}` : "",
    standing === undefined ? "" : `${JSON.stringify(standing)} unless said`,
  ].filter((bound) => bound !== "");
  return bounds.length === 0 ? "" : `, ${bounds.join(", ")}`;
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const from = least === undefined || least <= 0 ? null : least;
  const to = most === undefined || most >= Number.MAX_SAFE_INTEGER ? null : most;
  if (from === null) return to === null ? "" : `at most ${to}${unit}`;
  return to === null ? `at least ${from}${unit}` : `${from} to ${to}${unit}`;
}

const variantsOf = (schema: Schema): readonly Schema[] => schema.anyOf ?? schema.oneOf ?? [];
const isPlainObject = (schema: Schema): boolean => schema.properties !== undefined;
