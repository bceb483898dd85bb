/** A line after which the mail quotes what it answers, as mail programs write it in several languages. */
const QUOTE_BEGINS: readonly RegExp[] = [
  /^\s*-{2,20}\s*(?:original message|ursprüngliche nachricht|original-?nachricht|message d['’]origine|mensaje original|oorspronkelijk bericht|messaggio originale|forwarded message)/i,
  /^\s*_{10,80}\s*$/,
  /^\s*(?:on|am|le|el|op|il|em|den)(?!\p{L}).{6,250}(?<!\p{L})(?:wrote|schrieb|a écrit|escribió|schreef|ha scritto|escreveu|skrev)(?!\p{L}).{0,200}:\s*$/iu,
  /^\s*(?:\*?)(?:from|von|de|van|da)\s?\*?\s?:\*?\s.{1,200}@.{1,200}$/i,
];
const SENDER_LINE = /^\s*\*?(?:from|von|de|van|da)\s?\*?\s?:/i;
const SENT_LINE =
  /^\s*\*?(?:sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|verzonden|inviato|data)\s?\*?\s?:/i;
/** RFC 3676: what follows is the signature. */
const SIGNATURE = /^-- ?$/;
const LONGEST = 10_000;
const MOST_LINES = 2000;

/**
 * What the person wrote, without the mail they answer to and without the signature. When nothing would be left
 * the whole text stays: somebody may have answered inside the quote, and a kept quote is a smaller loss than a
 * lost answer.
 */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n", MOST_LINES);
  const end = lines.findIndex((_, index) => SIGNATURE.test(lines[index] ?? "") || beginsQuote(lines, index));
  const kept = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !/^\s{0,20}>/.test(line));
  const own = kept.join("\n").trim();
  return (own === "" ? text.trim() : own).slice(0, LONGEST);
}

function beginsQuote(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? "").slice(0, 500);
  const next = (lines[index + 1] ?? "").slice(0, 500);
  if (SENDER_LINE.test(line) && SENT_LINE.test(next)) return true;
  // "On Monday, Dana wrote:" is often broken over two lines.
  const broken = /^\s*(?:on|am|le|el|op|il|em|den)\s/i.test(line) && !/:\s*$/.test(line);
  return QUOTE_BEGINS.some((pattern) => pattern.test(line) || (broken && pattern.test(`${line} ${next}`)));
}

/** "Re:" as mail programs write it in several languages. */
const ANSWER_SUBJECT =
  /^\s{0,5}(?:re|aw|antw?|antwort|sv|vs|rv|ref?|réf|odp|res|rif|r|ynt|回复|答复)\s{0,2}(?:\[\d{1,3}\])?\s{0,2}[:：]/i;

export function isAnswerSubject(subject: string): boolean {
  return ANSWER_SUBJECT.test(subject);
}
