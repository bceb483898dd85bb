import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { toCamel, toKebab, writePath } from "./key-case.ts";
import type { Path, Place, Positions, Problem } from "./problem.ts";

/** Far above any file a person writes; below it the parser answers in well under a second. */
const MAX_BYTES = 256 * 1024;
const MAX_LINES = 6000;
const MAX_DEPTH = 30;

export interface YamlSource {
  /** The document as plain values with camelCase keys; undefined when nothing could be read. */
  readonly value: unknown;
  readonly positions: Positions;
  readonly problems: Problem[];
}

const START: Place = { line: 1, column: 1 };
const pathKey = (path: Path): string => JSON.stringify(path);

/**
 * Reads one YAML document into plain values and remembers where each stood. Never throws on what an author
 * wrote. Anchors, aliases and tags are refused: a short alias chain can expand to gigabytes.
 */
export function readYaml(source: string, file: string): YamlSource {
  const places = new Map<string, Place>();
  const positions: Positions = {
    file,
    at: (path) => {
      for (let length = path.length; length >= 0; length--) {
        const place = places.get(pathKey(path.slice(0, length)));
        if (place) return place;
      }
      return START;
    },
  };
  const problems: Problem[] = [];
  const add = (rule: string, place: Place, path: Path, message: string, remedy: string): void => {
    problems.push({ severity: "error", rule, file, ...place, path: writePath(path), message, remedy });
  };
  const refused = { value: undefined, positions, problems };

  if (new TextEncoder().encode(source).length > MAX_BYTES) {
    add(
      "file-too-large",
      START,
      [],
      "This file is over 256 KB.",
      "Split it, or move long texts into a linked page.",
    );
    return refused;
  }
  // Short lines are what costs: twenty thousand empty steps would hold up everybody else for seconds (trust.md A11).
  if (source.split("\n", MAX_LINES + 1).length > MAX_LINES) {
    add(
      "file-too-large",
      START,
      [],
      `This file has over ${MAX_LINES} lines.`,
      "Split it, or move long texts into a linked page.",
    );
    return refused;
  }
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  } catch (cause) {
    // The parser recurses: a file of nothing but brackets overflows the stack, and that is the author's file, not a fault.
    if (!(cause instanceof RangeError)) throw cause;
    add(
      "yaml-too-deep",
      START,
      [],
      "This file is nested too deeply to be read.",
      "Nest no deeper than a step's blocks.",
    );
    return refused;
  }
  if (document.errors.some((error) => error.code === "RESOURCE_EXHAUSTION")) {
    add(
      "yaml-too-deep",
      START,
      [],
      "This file is nested too deeply to be read.",
      "Nest no deeper than a step's blocks.",
    );
    return refused;
  }
  for (const error of document.errors) {
    const known = YAML_REMEDIES[error.code];
    const rule = error.code === "DUPLICATE_KEY" ? "duplicate-key" : "yaml-syntax";
    add(
      rule,
      placeAt(error.pos[0]),
      [],
      `YAML: ${error.message}.`,
      known ?? "Check indentation, quotes and colons here.",
    );
  }

  // A file that YAML could not follow has lost its shape: complaints about its keys would only mislead.
  if (problems.some(({ rule }) => rule === "yaml-syntax")) return refused;

  const walk = (node: unknown, path: Path): unknown => {
    const place = placeAt((node as Node | null)?.range?.[0] ?? 0);
    if (node && !places.has(pathKey(path))) places.set(pathKey(path), place);
    if (path.length > MAX_DEPTH) {
      add("yaml-too-deep", place, path, "This is nested too deeply.", "Nest no deeper than a step's blocks.");
      return undefined;
    }
    if (isAlias(node)) {
      add(
        "yaml-alias",
        place,
        path,
        `The alias *${node.source} is not read.`,
        "Write the value out where it is used.",
      );
      return undefined;
    }
    const tagged = node as { tag?: string; anchor?: string } | null;
    if (tagged?.anchor) {
      add(
        "yaml-alias",
        place,
        path,
        `The anchor &${tagged.anchor} is not read.`,
        "Remove it and write the value out.",
      );
    }
    if (isSeq(node)) return node.items.map((item, index) => walk(item, [...path, index]));
    if (isScalar(node)) return node.value;
    if (!isMap(node)) return undefined;
    const object: Record<string, unknown> = Object.create(null);
    for (const pair of node.items) {
      const written = isScalar(pair.key) ? String(pair.key.value) : "";
      const keyPlace = placeAt((pair.key as Node | null)?.range?.[0] ?? 0);
      const name = toCamel(written);
      const inner = [...path, name];
      places.set(pathKey(inner), keyPlace);
      if (/[A-Z]/.test(written)) {
        add(
          "key-case",
          keyPlace,
          path,
          `The key "${written}" has capital letters.`,
          `Write "${toKebab(written)}".`,
        );
      }
      object[name] = walk(pair.value, inner);
      places.set(pathKey(inner), keyPlace);
    }
    return object;
  };
  const value = walk(document.contents, []);
  for (const warning of document.warnings) {
    add(
      "yaml-tag",
      placeAt(warning.pos[0]),
      [],
      `YAML: ${warning.message}.`,
      "Remove the tag; write a plain value.",
    );
  }
  return { value, positions, problems };
}

const YAML_REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "Keep one of the two; the key may stand here once.",
  MULTIPLE_DOCS: 'Keep one document per file; remove the "---" in the middle.',
  TAB_AS_INDENT: "Indent with spaces, two per level.",
  BAD_INDENT: "Indent two spaces per level, the same for keys that belong together.",
  MISSING_CHAR: "Close the quote or bracket that was opened, or add the missing colon.",
  BLOCK_AS_IMPLICIT_KEY: 'Put text that has a colon in it in quotes: "like: this".',
};
