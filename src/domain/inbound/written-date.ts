/** Month names in absence notes: English, German, French, Spanish, Dutch, Italian. Longer spellings first. */
const MONTHS: readonly (readonly [number, string])[] = [
  [1, "january|januari|januar|jänner|janvier|enero|gennaio|jan|gen"],
  [2, "february|februari|februar|février|fevrier|febrero|febbraio|feb"],
  [3, "march|märz|maerz|mars|marzo|maart|mar|mrz"],
  [4, "april|avril|abril|aprile|apr"],
  [5, "may|mai|mayo|mei|maggio"],
  [6, "june|juni|juin|junio|giugno|jun"],
  [7, "july|juli|juillet|julio|luglio|jul"],
  [8, "august|augustus|août|aout|agosto|aug"],
  [9, "september|septembre|septiembre|setiembre|settembre|sept|sep"],
  [10, "october|oktober|octobre|octubre|ottobre|oct|okt"],
  [11, "november|novembre|noviembre|nov"],
  [12, "december|dezember|décembre|decembre|diciembre|dicembre|dec|dez"],
];

/** For use inside a pattern. */
export const monthNames: string = MONTHS.map(([, names]) => names)
  .join("|")
  .split("|")
  .sort((a, b) => b.length - a.length)
  .join("|");

/** For use inside a pattern: weekdays in the six languages. */
export const WEEKDAYS =
  "(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica";

const monthOf = (name: string): number =>
  MONTHS.find(([, names]) => names.split("|").includes(name.toLowerCase()))?.[0] ?? 0;

/** Reads the groups of a written date. Null when there is no such day. */
export function readDate(groups: Record<string, string | undefined>, writtenOn: string): string | null {
  const { iso } = groups;
  if (iso !== undefined) return isDay(iso) ? iso : null;
  const named = groups["m1"] ?? groups["m2"];
  const first = Number(groups["d1"] ?? groups["d2"] ?? groups["d3"]);
  const year = groups["y1"] ?? groups["y2"] ?? groups["y3"];
  if (named !== undefined) return compose(year, monthOf(named), first, writtenOn);
  const second = Number(groups["m3"]);
  const dayFirst = compose(year, second, first, writtenOn);
  if (groups["sep"] !== "/") return dayFirst;
  // 3/4 is 3 April here and 4 March there. An absence note names a near day: the reading that comes first wins.
  const monthFirst = compose(year, first, second, writtenOn);
  const readings = [dayFirst, monthFirst].filter((date) => date !== null && date >= writtenOn);
  return readings.sort()[0] ?? dayFirst;
}

function compose(year: string | undefined, month: number, day: number, writtenOn: string): string | null {
  const thisYear = writtenOn.slice(0, 4);
  const full = year !== undefined && year.length === 2 ? `20${year}` : year;
  const date = dayText(full ?? thisYear, month, day);
  if (date === null || full !== undefined || date >= writtenOn) return date;
  const next = dayText(String(Number(thisYear) + 1), month, day);
  // "Back on 3 March" in a mail of 5 March is a note that nobody switched off, not an absence of a year.
  return next !== null && daysApart(writtenOn, next) <= 200 ? next : null;
}

function dayText(year: string, month: number, day: number): string | null {
  const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isDay(text) ? text : null;
}

export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const daysApart = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
