import { z } from "zod";
import { closestWord } from "./closest-word.ts";
import { toKebab, writePath } from "./key-case.ts";
import type { Path, Place, Positions, Problem } from "./problem.ts";

type Issue = z.core.$ZodIssue;
type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** Takes off optional, default and the like: what the author really writes here. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) {
    inner = inner.unwrap();
  }
  return inner;
}

/** Which of several object shapes the author meant: by `type`, or by the one key that fits. */
function chosen(options: readonly z.core.$ZodType[], value: unknown): z.core.$ZodType | null {
  if (typeof value !== "object" || value === null) return null;
  const record = value as Readonly<Record<string, unknown>>;
  const objects = options.filter((option) => option instanceof z.ZodObject);
  const byType = objects.find((option) => {
    const type = option.shape["type"];
    return type instanceof z.ZodLiteral && type.value === record["type"];
  });
  const keys = Object.keys(record);
  return (
    byType ?? objects.find((option) => keys.length === 1 && keys.every((key) => key in option.shape)) ?? null
  );
}

function step(schema: z.core.$ZodType, part: PropertyKey, value: unknown): z.core.$ZodType | null {
  const here = bare(schema);
  if (here instanceof z.ZodArray) return here.element;
  if (here instanceof z.ZodObject) return (here.shape as Shape)[String(part)] ?? null;
  if (here instanceof z.ZodUnion) {
    const option = chosen(here.options, value);
    return option ? step(option, part, value) : null;
  }
  return null;
}

const inside = (value: unknown, part: PropertyKey): unknown =>
  typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;

/** The keys an author may write at a place of the file. */
function knownKeys(schema: z.core.$ZodType, root: unknown, path: readonly PropertyKey[]): string[] {
  let here: z.core.$ZodType | null = schema;
  let value = root;
  for (const part of path) {
    here = here && step(here, part, value);
    value = inside(value, part);
  }
  const end = here && bare(here);
  if (end instanceof z.ZodObject) return Object.keys(end.shape);
  if (!(end instanceof z.ZodUnion)) return [];
  const option = chosen(end.options, value);
  const options: readonly z.core.$ZodType[] = option ? [option] : end.options;
  return options.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []));
}

const list = (words: readonly unknown[]): string => words.map((word) => `"${String(word)}"`).join(", ");
const asPath = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === "number" ? part : String(part)));

interface Said {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

const NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
  record: "a group of keys",
};

function say(issue: Issue, name: string, value: unknown): Said {
  switch (issue.code) {
    case "invalid_type": {
      const wanted = NAMES[issue.expected] ?? issue.expected;
      if (value === undefined || value === null) {
        return { rule: "missing-key", message: `"${name}" is missing.`, remedy: `Add "${name}": ${wanted}.` };
      }
      return {
        rule: "wrong-type",
        message: `"${name}" must be ${wanted}.`,
        remedy: `Write ${wanted} here${issue.expected === "string" ? "; put it in quotes" : ""}.`,
      };
    }
    case "invalid_value": {
      const near = typeof value === "string" ? closestWord(value, issue.values.map(String)) : null;
      return {
        rule: "unknown-value",
        message: `"${name}" cannot be ${value === undefined ? "left out" : `"${String(value)}"`}.`,
        remedy: `${near ? `Did you mean "${near}"? ` : ""}Use one of ${list(issue.values)}.`,
      };
    }
    case "too_small":
    case "too_big": {
      const small = issue.code === "too_small";
      const bound = small ? issue.minimum : issue.maximum;
      const empty = small && Number(bound) === 1 && issue.origin !== "number";
      return {
        rule: "out-of-range",
        message: empty
          ? `"${name}" is empty.`
          : `"${name}" is ${small ? "below" : "above"} the limit of ${bound}.`,
        remedy: empty ? `Fill "${name}" in.` : `Give ${small ? "at least" : "at most"} ${bound}.`,
      };
    }
    case "invalid_format":
      return {
        rule: "wrong-format",
        message: `"${name}" is not in a form that is understood: "${String(value)}".`,
        remedy: `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`,
      };
    default:
      return {
        rule: "wrong-value",
        message: `"${name}" cannot be read: ${issue.message}.`,
        remedy: "Compare it with the sequences that come with Baton.",
      };
  }
}

/** Turns the schema's complaints into problems with a place and a remedy. */
export function explainIssues(
  schema: z.core.$ZodType,
  value: unknown,
  issues: readonly Issue[],
  positions: Positions,
): Problem[] {
  const problem = (path: readonly PropertyKey[], place: Place, said: Said): Problem => ({
    severity: "error",
    file: positions.file,
    ...place,
    path: writePath(asPath(path)),
    ...said,
  });
  return issues.flatMap((issue): Problem[] => {
    const path = asPath(issue.path);
    const found = path.reduce<unknown>(inside, value);
    if (issue.code === "unrecognized_keys") {
      const known = knownKeys(schema, value, issue.path).map(toKebab);
      return issue.keys.map((key) => {
        const near = closestWord(toKebab(key), known);
        const at = [...path, key];
        return problem(at, positions.at(at), {
          rule: "unknown-key",
          message: `The key "${toKebab(key)}" is not known here.`,
          remedy: `${near ? `Did you mean "${near}"? ` : ""}Known keys: ${list(known)}.`,
        });
      });
    }
    if (issue.code === "invalid_union") {
      const known = knownKeys(schema, value, issue.path).map(toKebab);
      const fitting = issue.errors.find((errors) => !errors.some((one) => one.code === "unrecognized_keys"));
      const keys = typeof found === "object" && found !== null ? Object.keys(found) : [];
      if (fitting && keys.length === 1) {
        const moved = fitting.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue);
        return explainIssues(schema, value, moved, positions);
      }
      const block = "discriminator" in issue && issue.discriminator === "type";
      const types = block ? blockTypes(schema, value, issue.path) : [];
      // The library places this complaint at the type itself.
      const written = path.at(-1) === "type" ? found : inside(found, "type");
      const wrong = typeof written === "string" ? written : "";
      const near = closestWord(block ? wrong : toKebab(keys[0] ?? ""), block ? types : known);
      const hint = near ? `Did you mean "${near}"? ` : "";
      return [
        problem(path, positions.at(path), {
          rule: block ? "unknown-block" : "wrong-condition",
          message: block
            ? wrong === ""
              ? 'This block has no "type".'
              : `There is no block of the type "${wrong}".`
            : "A condition has exactly one known key.",
          remedy: block ? `${hint}Use one of ${list(types)}.` : `${hint}Use exactly one of ${list(known)}.`,
        }),
      ];
    }
    const name = toKebab(String([...path].reverse().find((part) => typeof part === "string") ?? "file"));
    return [problem(path, positions.at(path), say(issue, name, found))];
  });
}

/** The values of `type` that a list of blocks accepts. */
function blockTypes(schema: z.core.$ZodType, root: unknown, path: readonly PropertyKey[]): string[] {
  let here: z.core.$ZodType | null = schema;
  let value = root;
  const union = path.at(-1) === "type" ? path.slice(0, -1) : path;
  for (const part of union) {
    here = here && step(here, part, value);
    value = inside(value, part);
  }
  const end = here && bare(here);
  if (!(end instanceof z.ZodUnion)) return [];
  return end.options.flatMap((option: z.core.$ZodType) => {
    const type = option instanceof z.ZodObject ? option.shape["type"] : undefined;
    return type instanceof z.ZodLiteral ? [String(type.value)] : [];
  });
}
