import { unknownPlace } from "../calendar/holidays.ts";
import {
  CellProblem,
  choiceCell,
  dateCell,
  listCell,
  neededCell,
  type Row,
  readDay,
  textCell,
  zoneCell,
} from "./cells.ts";
import { minorDigits } from "./money.ts";

export const SEGMENTS = ["enterprise", "mid_market", "smb", "long_tail"] as const;
export const TIERS = ["high", "mid", "low"] as const;

/** The columns of an accounts file. `name` and `product` are needed; the rest keeps what is known when empty. */
export const ACCOUNT_COLUMNS = [
  "external_ref",
  "name",
  "domains",
  "industry",
  "segment",
  "tier",
  "product",
  "arr",
  "currency",
  "renewal_on",
  "zone",
  "holiday_country",
  "work_week",
  "closed_days",
  "csm_email",
  "sales_owner_email",
] as const;

export interface AccountRow {
  externalRef?: string;
  name: string;
  domains?: string[];
  industry?: string;
  segment?: (typeof SEGMENTS)[number];
  tier?: (typeof TIERS)[number];
  productKey: string;
  arrMinor?: bigint;
  currency?: string;
  renewalOn?: Date;
  zone?: string;
  holidayCountry?: string;
  workWeek?: number[];
  closedDays?: Date[];
  csmEmail?: string;
  salesOwnerEmail?: string;
}

/** Reads one row or throws a CellProblem that names the column. */
export function readAccountRow(row: Row): AccountRow {
  const currency = currencyCell(row);
  return compact({
    externalRef: textCell(row, "external_ref"),
    name: neededCell(row, "name"),
    domains: listCell(row, "domains")?.map((domain) => domain.toLowerCase()),
    industry: textCell(row, "industry"),
    segment: choiceCell(row, "segment", SEGMENTS),
    tier: choiceCell(row, "tier", TIERS),
    productKey: neededCell(row, "product").toLowerCase(),
    arrMinor: moneyCell(row, "arr", currency ?? "USD"),
    currency,
    renewalOn: dateCell(row, "renewal_on"),
    zone: zoneCell(row, "zone"),
    holidayCountry: countryCell(row),
    workWeek: workWeekCell(row),
    closedDays: closedDaysCell(row),
    csmEmail: textCell(row, "csm_email")?.toLowerCase(),
    salesOwnerEmail: textCell(row, "sales_owner_email")?.toLowerCase(),
  });
}

/** Leaves out what is undefined, so that an empty cell never erases what is known. */
export function compact<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function currencyCell(row: Row): string | undefined {
  const value = textCell(row, "currency")?.toUpperCase();
  if (value !== undefined && !Intl.supportedValuesOf("currency").includes(value)) {
    throw new CellProblem(
      "currency",
      `"${value}" is not a currency.`,
      "Use an ISO 4217 code such as USD or EUR.",
    );
  }
  return value;
}

/** "28000", "28,000.50": digits with at most the currency's own number of decimals, into minor units. */
export function moneyCell(row: Row, column: string, currency: string): bigint | undefined {
  const value = textCell(row, column);
  if (value === undefined) return undefined;
  const plain = value.replace(/,(?=\d{3}(\D|$))/g, "");
  const digits = minorDigits(currency);
  const match = /^(\d{1,15})(?:\.(\d+))?$/.exec(plain);
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > digits) {
    throw new CellProblem(
      column,
      `"${value}" is not an amount in ${currency}.`,
      "Write a plain number such as 28000.",
    );
  }
  return BigInt(`${match[1]}${fraction.padEnd(digits, "0")}`);
}

function countryCell(row: Row): string | undefined {
  const value = textCell(row, "holiday_country")?.toUpperCase();
  if (value !== undefined && unknownPlace(value) !== null) {
    throw new CellProblem(
      "holiday_country",
      `"${value}" is not a country.`,
      "Use an ISO code such as NO or DE-BY.",
    );
  }
  return value;
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** "mon-fri", "sun-thu" or "mon;wed;fri" as ISO weekdays. */
function workWeekCell(row: Row): number[] | undefined {
  const value = textCell(row, "work_week")?.toLowerCase();
  if (value === undefined) return undefined;
  const range = /^([a-z]{3})-([a-z]{3})$/.exec(value);
  const names = range === null ? value.split(/[;,\s]+/) : daysBetween(range[1] ?? "", range[2] ?? "");
  const days = names.map((name) => DAYS.indexOf(name) + 1);
  if (days.length === 0 || days.includes(0)) {
    throw new CellProblem(
      "work_week",
      `"${value}" is not a working week.`,
      "Write mon-fri, sun-thu or mon;tue;wed.",
    );
  }
  return [...new Set(days)].sort((a, b) => a - b);
}

function daysBetween(first: string, last: string): string[] {
  const from = DAYS.indexOf(first);
  const to = DAYS.indexOf(last);
  if (from < 0 || to < 0) return ["?"];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => DAYS[(from + i) % 7] ?? "?");
}

function closedDaysCell(row: Row): Date[] | undefined {
  return listCell(row, "closed_days")?.map((word) => {
    const day = readDay(word);
    if (day === null) {
      throw new CellProblem(
        "closed_days",
        `"${word}" is not a date.`,
        "Write dates as YYYY-MM-DD, parted by semicolons.",
      );
    }
    return day;
  });
}
