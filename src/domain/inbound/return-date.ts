import { isDay, monthNames, readDate, WEEKDAYS } from "./written-date.ts";

const TEXT_LIMIT = 4000;

/** A date as people write it. Groups: ISO; day, month name, year; month name, day, year; numbers. */
const DATE = new RegExp(
  String.raw`(?<!\d)(?:(?<iso>\d{4}-\d{2}-\d{2})|(?<d1>\d{1,2})(?:st|nd|rd|th|\.|er|º|°)?\s?(?:of |de )?(?<m1>${monthNames})\b\.?(?:,? ?(?:de |del )?(?<y1>20\d{2}))?|(?<m2>${monthNames})\b\.? (?:the )?(?<d2>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?<y2>20\d{2}))?|(?<d3>\d{1,2})(?<sep>[./-])(?<m3>\d{1,2})(?:\k<sep>(?:(?<y3>\d{4}|\d{2})(?!\d))?)?)(?!\d)`,
  "giu",
);

const BACK =
  /\b(?:back|returns?|returning|resum\w+|available again|reachable again|in the office again|at my desk again|rientr\w+|torn\w+|di nuovo|nuovamente|reviens|reviendrai|rentre\w*|reprend\w*|vuelvo|volver\w*|regres\w+|reincorpor\w+|terug\w*|weer|retour|zurück|wieder|rückkehr)(?![\p{L}])|de vuelta|à nouveau/iu;
/** Directly before the date, with at most a weekday and an article between. */
const LINKS = String.raw`(?:\s*(?:the|zum|dem|den|le|el|il|de|día|and including|einschlie(?:ß|ss)lich|einschl\.?|inkl\.?|en met|(?:${WEEKDAYS})),?)*\s*$`;
const UNTIL = new RegExp(
  String.raw`(?:\b(?:until|till|til|through|thru|to|bis|au|hasta|al|tot|t\/m|fino|up to|up until)(?:\s+al?)?|jusqu['’]?(?:au|à|en)?(?:\s+au)?|[-–—])${LINKS}`,
  "iu",
);
const STARTS = new RegExp(
  String.raw`(?:\b(?:ab|am|from|as of|vanaf|op|à partir du|a partir del?|a partire dal?|dal|depuis|le|el|il|on))${LINKS}`,
  "iu",
);
const BACK_AFTER = /\b(?:wieder|zurück|weer|terug|de retour|de vuelta|again|back)(?!\p{L})/iu;
const INCLUSIVE = /including|inclusive|einschl|inkl|inclu[sy]|incluid|t\/m|tot en met|compreso|through|thru/i;

const WEEKDAY_ONLY = new RegExp(
  String.raw`(?:\b(?:back|return(?:ing)?|until|till|bis|zurück|wieder|retour|jusqu['’]à|jusqu['’]au|hasta(?: el)?|vuelvo|regreso|terug|tot|rientro|torno|fino a)\b[^.!?\n\d]{0,40}?)\b(?<day>${WEEKDAYS}|tomorrow|morgen|demain|mañana|domani)\b(?! \d)`,
  "iu",
);

/**
 * The first day on which the writer of an absence note is back, or null (YYYY-MM-DD, both ways). "Until the
 * 12th" names the 12th, "through the 12th" and "bis einschließlich 12." the day after. A year that is left out
 * is the one that makes the date come next after the mail itself.
 */
export function findReturnDate(text: string, writtenOn: string): string | null {
  const plain = text.slice(0, TEXT_LIMIT).replace(/[^\S\n]+/g, " ");
  let until: string | null = null;
  for (const match of plain.matchAll(DATE)) {
    const before = lastClause(plain.slice(Math.max(0, match.index - 70), match.index));
    const after = firstClause(plain.slice(match.index + match[0].length, match.index + match[0].length + 60));
    const untilThen = UNTIL.test(before);
    const back =
      (BACK.test(before) && !/\bsince\b/i.test(before)) || (STARTS.test(before) && BACK_AFTER.test(after));
    if (!untilThen && !back) continue;
    const date = readDate(match.groups ?? {}, writtenOn);
    if (date === null || date < writtenOn) continue;
    const day = untilThen && INCLUSIVE.test(before.slice(-40) + after.slice(0, 20)) ? nextDay(date, 1) : date;
    if (back) return day;
    until ??= day;
  }
  return until ?? nextWeekday(plain, writtenOn);
}

/** Dots stand in dates ("28. März", "Mon. 3 May"): only a dot after a longer word ends a clause. */
const lastClause = (text: string): string =>
  text.slice(text.search(/(?:[!?\n]|\p{L}{4,}\.\s)(?!.*(?:[!?\n]|\p{L}{4,}\.\s))/su) + 1);

const firstClause = (text: string): string => text.split(/[!?\n]|\.\s/, 1)[0] ?? "";

/** "Back on Monday", "back tomorrow": counted from the day the note was written. */
function nextWeekday(text: string, writtenOn: string): string | null {
  const named = WEEKDAY_ONLY.exec(text)?.groups?.["day"]?.toLowerCase();
  if (named === undefined || !isDay(writtenOn)) return null;
  if (/^(?:tomorrow|morgen|demain|mañana|domani)$/.test(named)) return nextDay(writtenOn, 1);
  const wanted = weekdayNumber(named);
  const today = new Date(`${writtenOn}T00:00:00Z`).getUTCDay();
  return nextDay(writtenOn, ((wanted - today + 6) % 7) + 1);
}

/** 0 is Sunday. */
function weekdayNumber(name: string): number {
  const starts: readonly RegExp[] = [
    /^(?:sun|sonn|dim|domin|dome|zon)/,
    /^(?:mon(?!t)|mont|lun|maan)/,
    /^(?:tue|dien|mard|mart|din)/,
    /^(?:wed|mit|merc|mié|mie|woe)/,
    /^(?:thu|don|jeu|jue|gio)/,
    /^(?:fri|frei|ven|vie|vri)/,
    /^(?:sat|sam|sáb|sab|zat)/,
  ];
  return Math.max(
    0,
    starts.findIndex((start) => start.test(name)),
  );
}

function nextDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
