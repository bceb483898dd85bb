/** Subjects of automatic answers, by language. */
const SUBJECT =
  /^(re: ?)?(automatic reply|auto(matic)?[- ]?(reply|response|answer)|out of (the )?office|ooo\b|on (vacation|holiday|leave)|away from|i am (currently )?(away|out)|abwesenheit|automatische antwort|autom\. antwort|ich bin (derzeit|im urlaub)|nicht im (büro|haus)|urlaub|réponse automatique|absence|absent|hors du bureau|respuesta automática|fuera de (la )?oficina|ausencia|ausente|autorespuesta|automatisch antwoord|afwezig|risposta automatica|fuori ufficio|resposta automática|autosvar|automatiskt svar|frånvaro|fravær|不在|自動返信|自動応答)/i;

export function isAbsenceSubject(subject: string): boolean {
  return SUBJECT.test(subject.trim());
}

/** Says that the person has left for good. Only used on what is otherwise an automatic answer or a reply from that address. */
const DEPARTED =
  /no longer (work(s|ing)?|employed|with|at|part of)|(has|have) left (the company|the firm|us|our|\S+( \S+)?[.,])|left the (company|organi[sz]ation|business|firm)|(is|am) no longer (here|with|employed|at)|not (with|employed (by|at)) (the company|us|\S+) any ?more|moved on from|my last (working )?day (was|at)|(arbeitet|arbeite|ist|bin) nicht mehr (bei|für|im|in)|(hat|habe) (das unternehmen|die firma|uns) verlassen|aus dem unternehmen ausgeschieden|nicht mehr (im unternehmen|in der firma)|ne (travaille|fait) plus (partie|chez|pour|pas)|a quitté (la société|l['’]entreprise|notre|ses fonctions)|ya no (trabaja|forma parte|está)|ha dejado (la empresa|de trabajar)/i;

export function saysDeparted(text: string): boolean {
  return DEPARTED.test(text);
}

/** Words before the person to turn to. */
const STAND_IN =
  /(?:contact|write to|reach(?: out to)?|turn to|speak (?:to|with)|get in touch with|ask|my colleagues?|(?:wenden sie sich|kontaktieren sie)(?: bitte)?(?: an)?|vertret(?:ung|en|er|erin)(?: ist| übernimmt)?:?|contacter|adresser à|joindre|contactar(?: con| a)?|dirigirse a)\s*:?\s*/i;

/**
 * Who stands in, as the note names them: a name, an address, or both. For the CSM to read; nobody is mailed
 * because an automatic answer named them.
 */
export function findStandIn(text: string): string | null {
  const plain = text.replace(/\s+/g, " ");
  const start = STAND_IN.exec(plain);
  if (start === null) return null;
  const rest = plain.slice(start.index + start[0].length, start.index + start[0].length + 160);
  const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(rest)?.[0].replace(/\.$/, "") ?? null;
  const name =
    /^(?:(?:my|our) (?:colleague|assistant)s?,? |(?:meine[nr]? |unsere[nr]? )?(?:kolleg(?:e|en|in) )?(?:herrn? |frau )?)?(\p{Lu}[\p{L}'’-]+(?: (?:(?:van|von|de|al|la|der|den|del|da)[ -])*\p{Lu}[\p{L}'’-]+){0,3})/u.exec(
      rest,
    )?.[1] ?? null;
  if (name === null) return address;
  return address === null ? name : `${name} <${address}>`;
}

/** Says "I am away" in the text itself. Weak: only together with a sign that no person sent it. */
const ABSENT =
  /out of (?:the )?office|on (?:annual |parental |maternity |sick |medical )?(?:leave|vacation|holiday)|(?:am|are|is|be) (?:currently )?(?:away|travell?ing|absent|unavailable)|limited access to (?:my )?e?-?mail|nicht im (?:büro|haus)|im urlaub|abwesend|außer haus|absent|en congés?|hors du bureau|de vacaciones|fuera de (?:la )?oficina|ausente|afwezig|met vakantie|fuori (?:ufficio|sede)|in ferie|assente|thank you for (?:your (?:e?-?mail|message)|contacting)/i;

export function saysAbsent(text: string): boolean {
  return ABSENT.test(text.slice(0, 4000));
}
