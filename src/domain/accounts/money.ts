/** US dollars for one unit of a currency. */
export type Rates = Readonly<Record<string, number>>;

/**
 * Rough rates, rounded to two digits (those of pegged currencies exact), as of 30 March 2026. They put accounts
 * of different currencies into one order and are never shown as an amount; a workspace may set its own.
 */
export const ROUGH_RATES_ON = "2026-03-30";
export const ROUGH_RATES: Rates = {
  USD: 1,
  AED: 0.2723,
  ARS: 0.0007,
  AUD: 0.65,
  BHD: 2.66,
  BRL: 0.18,
  CAD: 0.72,
  CHF: 1.2,
  CLP: 0.0011,
  CNY: 0.14,
  COP: 0.00025,
  CZK: 0.045,
  DKK: 0.15,
  EGP: 0.02,
  EUR: 1.1,
  GBP: 1.3,
  HKD: 0.13,
  HUF: 0.0028,
  IDR: 0.00006,
  ILS: 0.28,
  INR: 0.012,
  ISK: 0.0075,
  JOD: 1.41,
  JPY: 0.0067,
  KES: 0.0077,
  KRW: 0.0007,
  KWD: 3.2,
  MAD: 0.1,
  MXN: 0.053,
  MYR: 0.23,
  NGN: 0.00065,
  NOK: 0.095,
  NZD: 0.59,
  OMR: 2.6,
  PEN: 0.27,
  PHP: 0.017,
  PKR: 0.0036,
  PLN: 0.26,
  QAR: 0.2747,
  RON: 0.22,
  SAR: 0.2667,
  SEK: 0.1,
  SGD: 0.76,
  THB: 0.03,
  TRY: 0.025,
  TWD: 0.032,
  UAH: 0.024,
  VND: 0.000039,
  ZAR: 0.055,
};

const digits = new Map<string, number>();

/** How many digits the smallest unit of a currency is away from the unit: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  // Asked for every row of a ranking: the answer of Intl is kept.
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  digits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/**
 * What an amount weighs beside amounts of other currencies. A currency without any rate counts like dollars:
 * rather too far up in a queue than where nobody looks.
 */
export function weightOf(minor: bigint | number, currency: string, own: Rates = {}): number {
  return (Number(minor) / 10 ** minorDigits(currency)) * (own[currency] ?? ROUGH_RATES[currency] ?? 1);
}

/** The rates of a workspace's own, as they stand in its row; what is no rate is left out. */
export function readRates(stored: unknown): Rates {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0,
    ),
  );
}
