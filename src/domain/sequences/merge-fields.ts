import { closestWord } from "./closest-word.ts";

/**
 * The only names an author may write between {{ and }}. A typed whitelist filled into a parsed text, never a
 * template language: authored text can neither call nor compute anything (trust.md 1, rule 12).
 *
 * `contact` is the reader of the mail; `successor` is the person who takes over (in a contact's own program
 * the same person). `always: false` needs a fallback. `sample` is used to estimate lengths.
 */
export const MERGE_FIELDS = {
  "contact.firstName": { always: true, sample: "Imani" },
  "contact.name": { always: true, sample: "Imani Okafor" },
  "contact.title": { always: false, sample: "Marketing lead" },
  "account.name": { always: true, sample: "Brightmoor Clinics" },
  "account.renewalOn": { always: false, sample: "30 September 2026" },
  "product.name": { always: true, sample: "Fernwick Campaigns" },
  "workspace.name": { always: true, sample: "Fernwick Software" },
  "csm.name": { always: true, sample: "Dana Whitlock" },
  "csm.firstName": { always: true, sample: "Dana" },
  "csm.title": { always: false, sample: "Customer success" },
  "successor.firstName": { always: false, sample: "Imani" },
  "successor.name": { always: false, sample: "Imani Okafor" },
  "sponsor.firstName": { always: false, sample: "Harriet" },
  "sponsor.name": { always: false, sample: "Harriet Doyle" },
  "predecessor.firstName": { always: false, sample: "Paul" },
  "predecessor.name": { always: false, sample: "Paul Drennan" },
  "competitor.name": { always: false, sample: "Mailharbor" },
} as const satisfies Readonly<Record<string, { always: boolean; sample: string }>>;

export type MergeField = keyof typeof MERGE_FIELDS;
type AlwaysField = {
  [F in MergeField]: (typeof MERGE_FIELDS)[F]["always"] extends true ? F : never;
}[MergeField];
type OptionalField = Exclude<MergeField, AlwaysField>;

/** What one recipient's mail is filled with. An empty or null optional value uses the author's fallback. */
export type MergeValues = Readonly<Record<AlwaysField, string>> &
  Readonly<Partial<Record<OptionalField, string | null>>>;

/** Values to look at a mail with when nobody is chosen: the sponsor's mails greet the sponsor of the samples. */
export function sampleValues(reader: "contact" | "sponsor"): MergeValues {
  const samples = Object.fromEntries(
    Object.entries(MERGE_FIELDS).map(([field, { sample }]) => [field, sample]),
  ) as unknown as MergeValues;
  if (reader === "contact") return samples;
  const { "sponsor.firstName": firstName, "sponsor.name": name } = MERGE_FIELDS;
  return {
    ...samples,
    "contact.firstName": firstName.sample,
    "contact.name": name.sample,
    "contact.title": "Managing director",
  };
}

export type MergePart =
  | { readonly text: string }
  | { readonly field: MergeField; readonly fallback: string | null };
export type MergeText = readonly MergePart[];

export interface MergeFault {
  readonly message: string;
  readonly remedy: string;
}

const FIELD_NAMES = Object.keys(MERGE_FIELDS) as MergeField[];
const isMergeField = (name: string): name is MergeField => Object.hasOwn(MERGE_FIELDS, name);
const CALL = /^\s*([^|"]*?)\s*(?:\|\s*"([^"]*)"\s*)?$/s;

function parseCall(inside: string): MergePart | MergeFault {
  const match = CALL.exec(inside);
  const name = match?.[1] ?? inside.trim();
  if (!match || name === "") {
    return {
      message: `The merge field {{${inside}}} is not understood.`,
      remedy: 'Write {{contact.firstName}} or {{sponsor.firstName | "your sponsor"}}.',
    };
  }
  if (!isMergeField(name)) {
    const near = closestWord(name, FIELD_NAMES);
    return {
      message: `There is no merge field "${name}".`,
      remedy: `${near ? `Did you mean "${near}"? ` : ""}Known fields: ${FIELD_NAMES.join(", ")}.`,
    };
  }
  const fallback = match[2]?.trim() ?? null;
  if (!MERGE_FIELDS[name].always && !fallback) {
    return {
      message: `The merge field "${name}" can be empty and has no fallback.`,
      remedy: `Write {{${name} | "words that read well without it"}}.`,
    };
  }
  return { field: name, fallback };
}

/** Parses text into fixed parts and fields. Faults come back beside the parts; a text with faults is not for sending. */
export function parseMergeText(source: string): { parts: MergeText; faults: MergeFault[] } {
  const parts: MergePart[] = [];
  const faults: MergeFault[] = [];
  let rest = source;
  for (;;) {
    const open = rest.indexOf("{{");
    if (open < 0) break;
    const close = rest.indexOf("}}", open);
    if (close < 0) {
      faults.push({
        message: 'A merge field is opened with "{{" and not closed.',
        remedy: 'Add "}}" after its name.',
      });
      break;
    }
    if (open > 0) parts.push({ text: rest.slice(0, open) });
    const part = parseCall(rest.slice(open + 2, close));
    if ("message" in part) faults.push(part);
    else parts.push(part);
    rest = rest.slice(close + 2);
  }
  if (rest !== "") parts.push({ text: rest });
  return { parts, faults };
}

/** The parsed text; throws on a fault, for text that has passed `lintSequence`. */
export function mergeText(source: string): MergeText {
  const { parts, faults } = parseMergeText(source);
  const fault = faults[0];
  if (fault) throw new Error(`${fault.message} ${fault.remedy}`);
  return parts;
}

/**
 * Fills a parsed text. Only the values (and fallbacks) go through `escaper`; the author's own text is already
 * written for where it stands, except in a header, where the whole result must be escaped.
 */
export function fillText(parts: MergeText, values: MergeValues, escaper: (value: string) => string): string {
  return parts.map((part) => ("text" in part ? part.text : escaper(fieldValue(part, values)))).join("");
}

function fieldValue(part: Extract<MergePart, { field: MergeField }>, values: MergeValues): string {
  const value = values[part.field]?.trim();
  return value ? value : (part.fallback ?? "");
}

/** The text with every field replaced by a typical value: for counting words and characters. */
export function sampleText(source: string): string {
  return parseMergeText(source)
    .parts.map((part) => ("text" in part ? part.text : MERGE_FIELDS[part.field].sample))
    .join("");
}
