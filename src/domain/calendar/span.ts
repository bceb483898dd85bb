/** A length in calendar days or in working days. Weeks are seven days, or five business days. */
export interface SpanLength {
  readonly count: number;
  readonly unit: "day" | "business-day";
}

/** "3 days", "3 business days", "1 week". The file's schema has refused everything else already. */
export function parseSpan(text: string): SpanLength {
  const match = /^(\d+) (business )?(day|week)s?$/.exec(text);
  if (match === null) throw new Error(`"${text}" is not a span; write "3 business days" or "1 week"`);
  const business = match[2] !== undefined;
  const perUnit = match[3] === "week" ? (business ? 5 : 7) : 1;
  return { count: Number(match[1]) * perUnit, unit: business ? "business-day" : "day" };
}

/** "daily", "weekly", "every 2 business days": the distance from one mail to the next. */
export function parseCadence(text: string): SpanLength {
  if (text === "daily") return { count: 1, unit: "day" };
  if (text === "weekly") return { count: 7, unit: "day" };
  const match = /^every (\d+ (?:business )?days)$/.exec(text);
  if (match?.[1] === undefined) {
    throw new Error(`"${text}" is not a cadence; write "daily", "weekly" or "every 2 business days"`);
  }
  const span = parseSpan(match[1]);
  if (span.count === 0) throw new Error(`"${text}" would never move on; write "daily" or more`);
  return span;
}

/** Calendar days that a span takes in an ordinary week, for estimates only. */
export function ordinaryDays(span: SpanLength): number {
  return span.unit === "day" ? span.count : Math.ceil((span.count * 7) / 5);
}
