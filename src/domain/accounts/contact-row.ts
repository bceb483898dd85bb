import { readAddress, readName } from "../sending/addresses.ts";
import { compact } from "./account-row.ts";
import {
  CellProblem,
  choiceCell,
  dateCell,
  listCell,
  neededCell,
  type Row,
  textCell,
  zoneCell,
} from "./cells.ts";

export const CONTACT_ROLES = [
  "poc",
  "decision_maker",
  "economic_buyer",
  "champion",
  "super_user",
  "admin",
  "end_user",
  "interim_cover",
  "departed",
] as const;

/** The columns of a contacts file. `account` is the account's external_ref or name; `sponsor` is yes or empty. */
export const CONTACT_COLUMNS = [
  "external_ref",
  "account",
  "name",
  "first_name",
  "email",
  "title",
  "zone",
  "language",
  "roles",
  "sponsor",
  "stance",
  "influence",
  "start_on",
  "end_on",
] as const;

export interface ContactRow {
  externalRef?: string;
  account: string;
  name: string;
  firstName: string;
  email?: string;
  title?: string;
  zone?: string;
  language?: string;
  roles?: string[];
  sponsor?: boolean;
  stance?: string;
  influence?: string;
  startOn?: Date;
  endOn?: Date;
}

/** Reads one row or throws a CellProblem that names the column. */
export function readContactRow(row: Row): ContactRow {
  const name = readName(neededCell(row, "name"));
  return compact({
    externalRef: textCell(row, "external_ref"),
    account: neededCell(row, "account"),
    name,
    firstName: textCell(row, "first_name") ?? name.split(" ")[0] ?? name,
    email: addressCell(row),
    title: textCell(row, "title"),
    zone: zoneCell(row, "zone"),
    language: languageCell(row),
    roles: rolesCell(row),
    sponsor: yesCell(row, "sponsor"),
    stance: choiceCell(row, "stance", ["advocate", "supporter", "neutral", "sceptic", "detractor"]),
    influence: choiceCell(row, "influence", ["low", "med", "high"]),
    startOn: dateCell(row, "start_on"),
    endOn: dateCell(row, "end_on"),
  });
}

/** Read before trimming: a line break in the cell is refused, not repaired (trust.md A7, A8). */
function addressCell(row: Row): string | undefined {
  const { email: raw } = row;
  if (raw === undefined || raw.trim() === "") return undefined;
  const address = readAddress(raw);
  if (!address.ok) throw new CellProblem("email", address.problem.message, address.problem.remedy);
  return address.address;
}

function languageCell(row: Row): string | undefined {
  const value = textCell(row, "language")?.toLowerCase();
  if (value !== undefined && !/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(value)) {
    throw new CellProblem("language", `"${value}" is not a language code.`, "Use a code such as en or de.");
  }
  return value;
}

function rolesCell(row: Row): string[] | undefined {
  return listCell(row, "roles")?.map((word) => {
    const role = CONTACT_ROLES.find((known) => known === word.toLowerCase());
    if (role === undefined) {
      throw new CellProblem("roles", `"${word}" is not a role.`, `Use any of: ${CONTACT_ROLES.join(", ")}.`);
    }
    return role;
  });
}

function yesCell(row: Row, column: string): boolean | undefined {
  const value = choiceCell(row, column, ["yes", "no"]);
  return value === undefined ? undefined : value === "yes";
}
