/** Month names as they stand in absence notes: English, German, French, Spanish. Longer spellings first. */
const MONTHS: readonly (readonly [number, string])[] = [
  [1, "january|januar|jänner|janvier|enero|jan"],
  [2, "february|februar|février|fevrier|febrero|feb"],
  [3, "march|märz|maerz|mars|marzo|mar"],
  [4, "april|avril|abril|apr"],
  [5, "may|mai|mayo"],
  [6, "june|juni|juin|junio|jun"],
  [7, "july|juli|juillet|julio|jul"],
  [8, "august|août|aout|agosto|aug"],
  [9, "september|septembre|septiembre|setiembre|sept|sep"],
  [10, "october|oktober|octobre|octubre|oct|okt"],
  [11, "november|novembre|noviembre|nov"],
  [12, "december|dezember|décembre|decembre|diciembre|dec|dez"],
];
const MONTH = MONTHS.map(([, names]) => names).join("|");
const monthOf = (name: string): number =>
  MONTHS.find(([, names]) => new RegExp(`^(${names})$`, "i").test(name))?.[0] ?? 0;

/** A date as people write it. Groups: year-month-day, or day, month (name or number), year. */
const DATE = String.raw`(?:(?<iso>\d{4}-\d{2}-\d{2})|(?<d1>\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s*(?:of\s+|de\s+)?(?<m1>${MONTH})\.?(?:,?\s*(?:de\s+|del\s+)?(?<y1>\d{4}))?|(?<m2>${MONTH})\.?\s+(?<d2>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?<y2>\d{4}))?|(?<d3>\d{1,2})(?<sep>[./])(?<m3>\d{1,2})(?:[./](?<y3>\d{2,4}))?)`;

const WEEKDAY = String.raw`(?:(?:on|den|dem|am|le|el)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)?,?\s*(?:the\s+|den\s+|le\s+|el\s+|dem\s+)?`;

/** Words after which the date is the day the person is back. */
const BACK_ON = String.raw`(?:(?:i(?:'ll| will| shall| am|'m)?\s+)?(?:be\s+)?(?:back|return(?:ing)?|in the office again|available again)(?:\s+(?:in|to|at)\s+(?:the|my)\s+(?:office|desk|work))?(?:\s+(?:on|from|by|the))?|wieder(?:\s+\S+){0,3}?\s+(?:ab|am)|(?:ab|am)(?=\s+(?:\S+\s+){1,5}wieder)|zurück\s+(?:ab|am)?|de retour\s+(?:le|à partir du|au bureau le)?|(?:serai|sera) (?:de retour|joignable)(?:\s+(?:le|à partir du))?|(?:vuelvo|volveré|regreso|regresaré|estaré de vuelta|de vuelta)(?:\s+(?:el|a partir del?))?)`;
/** Words after which the date is the last day away. */
const AWAY_UNTIL = String.raw`(?:until|till|through|thru|to|bis(?:\s+(?:zum|einschließlich|einschl\.|inkl\.))?|jusqu['’](?:au|à|en)|hasta(?:\s+el)?|al)`;

/**
 * The first day on which the sender of an absence note is back, or null. "Until the 12th" means back on the
 * 13th; a year that is left out is the one that makes the date come next after the mail itself.
 */
export function findReturnDate(text: string, receivedOn: string): string | null {
  const plain = text.replace(/\s+/g, " ");
  const back = dateAfter(plain, BACK_ON, receivedOn);
  if (back !== null) return back;
  const last = dateAfter(plain, AWAY_UNTIL, receivedOn);
  return last === null ? null : nextDay(last);
}

function dateAfter(text: string, words: string, receivedOn: string): string | null {
  const pattern = new RegExp(String.raw`(?<!\p{L})${words}\s*:?\s*${WEEKDAY}${DATE}`, "giu");
  for (const match of text.matchAll(pattern)) {
    const date = readDate(match.groups ?? {}, receivedOn);
    if (date !== null && date >= receivedOn) return date;
  }
  return null;
}

function readDate(groups: Record<string, string | undefined>, receivedOn: string): string | null {
  const { iso } = groups;
  if (iso !== undefined) return isDay(iso) ? iso : null;
  const named = groups["m1"] ?? groups["m2"];
  const day = Number(groups["d1"] ?? groups["d2"] ?? groups["d3"]);
  const year = groups["y1"] ?? groups["y2"] ?? groups["y3"];
  if (named !== undefined) return compose(year, monthOf(named), day, receivedOn);
  const month = Number(groups["m3"]);
  // 3/15 can only be the American order; 12.03. is always day first; 4/5 is read day first, as most of the world writes.
  const american = groups["sep"] === "/" && month > 12;
  return american ? compose(year, day, month, receivedOn) : compose(year, month, day, receivedOn);
}

function compose(year: string | undefined, month: number, day: number, receivedOn: string): string | null {
  const full = year === undefined ? null : year.length === 2 ? `20${year}` : year;
  const thisYear = receivedOn.slice(0, 4);
  const date = dayText(full ?? thisYear, month, day);
  if (date === null || full !== null || date >= receivedOn) return date;
  const next = dayText(String(Number(thisYear) + 1), month, day);
  // "Back on 3 March" in a mail of 5 March is a note that nobody switched off, not a year away.
  return next !== null && daysApart(receivedOn, next) <= 200 ? next : null;
}

function dayText(year: string, month: number, day: number): string | null {
  const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isDay(text) ? text : null;
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function daysApart(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
