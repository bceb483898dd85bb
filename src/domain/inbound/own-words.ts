/** A line after which the mail quotes what it answers, as mail programs write it in several languages. */
const QUOTE_BEGINS = [
  /^\s*-{2,}\s*(original message|ursprüngliche nachricht|original-nachricht|message d'origine|mensaje original|forwarded message)/i,
  /^\s*_{10,}\s*$/,
  /^\s*(on|am|le|el|op|den)\b.{6,200}\b(wrote|schrieb|a écrit|escribió|schreef|skrev)\b.{0,200}:\s*$/i,
  /^\s*(from|von|de|van)\s*:\s.+@.+$/i,
];
const LONGEST = 10_000;

/**
 * What the person wrote, without the mail they answer to. When nothing would be left the whole text stays:
 * somebody may have answered inside the quote, and a kept quote is a smaller loss than a lost answer.
 */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const end = lines.findIndex((line, index) =>
    QUOTE_BEGINS.some((pattern) => pattern.test(joined(lines, index, line))),
  );
  const kept = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !/^\s*>/.test(line));
  const own = kept.join("\n").trim();
  return (own === "" ? text.trim() : own).slice(0, LONGEST);
}

/** "On Monday, Dana wrote:" is often broken over two lines. */
function joined(lines: readonly string[], index: number, line: string): string {
  const next = lines[index + 1];
  return /^\s*(on|am|le|el|op|den)\b/i.test(line) && !/:\s*$/.test(line) && next !== undefined
    ? `${line} ${next}`
    : line;
}

/** "Re:" as mail programs write it in several languages. */
const ANSWER_SUBJECT =
  /^\s{0,5}(?:re|aw|antw?|antwort|sv|vs|rv|ref?|réf|odp|res|rif|r|ynt|回复|答复)\s{0,2}(?:\[\d{1,3}\])?\s{0,2}[:：]/i;

export function isAnswerSubject(subject: string): boolean {
  return ANSWER_SUBJECT.test(subject);
}
