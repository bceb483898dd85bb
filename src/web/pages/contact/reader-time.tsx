import { DateTime } from "luxon";

/** Who reads the page: the zone they think in, and how dates are written where they live. */
export interface Reader {
  /** IANA. */
  zone: string;
  /** BCP 47; one that is not known is read as English. */
  language: string;
}

type How = "day" | "time" | "date" | "clock";

const forms: Readonly<Record<How, Intl.DateTimeFormatOptions>> = {
  day: { weekday: "long", day: "numeric", month: "long" },
  time: {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  date: { day: "numeric", month: "long", year: "numeric" },
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};

/** The locale that dates are written in: English as in Europe unless the reader's own says otherwise. */
export function localeOf(language: string): string {
  if (language === "en") return "en-GB";
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? "en-GB";
  } catch {
    // A RangeError: an old row holds something that is no language tag.
    return "en-GB";
  }
}

export function timeText(at: Date, reader: Reader, how: How): string {
  return DateTime.fromJSDate(at, { zone: reader.zone })
    .setLocale(localeOf(reader.language))
    .toLocaleString(forms[how]);
}

/** An instant in the reader's zone and language; its language is named, since the words around it are English. */
export function When({ at, reader, how = "day" }: { at: Date; reader: Reader; how?: How }) {
  return (
    <time dateTime={at.toISOString()} lang={localeOf(reader.language)} dir="auto">
      {timeText(at, reader, how)}
    </time>
  );
}

/** A calendar date, the same in every zone. */
export function OnDate({ date, reader }: { date: string; reader: Reader }) {
  const at = new Date(`${date.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  return (
    <time dateTime={date.slice(0, 10)} lang={localeOf(reader.language)} dir="auto">
      {timeText(at, { ...reader, zone: "utc" }, "date")}
    </time>
  );
}

/** "Europe/Oslo" as a place: "Oslo (Europe)". */
export function zoneWords(zone: string): string {
  const [region, ...places] = zone.replaceAll("_", " ").split("/");
  const place = places.at(-1);
  return place === undefined ? zone : `${place} (${region})`;
}
