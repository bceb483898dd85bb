/** Subjects of automatic answers, in the languages our contacts write. */
const SUBJECT =
  /^(?:auto: |\[?automatic(?:ally)? (?:reply|response|generated)|\[?auto(?:matic|mated)?[- ]?(?:reply|response|answer|responder)|autoreply|out of (?:the )?office|out-of-office|ooo\b|on (?:annual |parental |maternity |sick )?(?:vacation|holidays?|leave)|away (?:from|until|till)|vacation (?:reply|notice|response)|i am (?:currently )?(?:away|out)|abwesen(?:d|heit)|automatische (?:antwort|abwesenheit|beantwortung)|autom\. antwort|auto-antwort|ich bin (?:derzeit|im urlaub|abwesend|nicht)|nicht im (?:büro|haus)|außer haus|urlaubs?(?:abwesenheit|vertretung|meldung)|im urlaub|réponse automatique|message d['’]absence|absence du bureau|absent(?:e)? du bureau|je suis absent|hors du bureau|en congés?\b|respuesta automática|fuera de (?:la )?oficina|ausencia (?:de|temporal)|estoy (?:ausente|de vacaciones)|autorespuesta|automatisch antwoord|automatische reactie|afwezig(?:heid)?\b|niet aanwezig|risposta automatica|fuori (?:ufficio|sede)|assenza (?:dall|tempor)|sono (?:in ferie|assente)|resposta automática|ausência|automatiskt svar|autosvar|automatisk svar|frånvaro|fravær|automatyczna odpowiedź|automatická odpověď|автоответ|自動返信|自動応答|不在)/i;

export function isAbsenceSubject(subject: string): boolean {
  return SUBJECT.test(subject.trim());
}

/** Says that the person has left for good. Only asked of what is an automatic answer or a reply. */
const DEPARTED =
  /\b(?:is|am|are) no longer (?:working |employed |here|at |with |part of|a member|in (?:this|the) (?:role|company))|no longer (?:works?|working|employed)|\b(?:has|have|i['’]ve|i) (?:now |recently |since )?left (?:the |our |this )?(?:company|organi[sz]ation|business|firm|team|employment|[A-Z]\S{1,40})|\bleft the (?:company|organi[sz]ation|business|firm)|not (?:employed|working) (?:by|at|with|for) \S{1,40} any ?more|\bmoved on from|my last (?:working )?day (?:was|at|with)|(?:arbeite|arbeitet|bin|ist) (?:seit \S{1,20} \S{0,20} ?)?nicht (?:mehr|länger) (?:bei|für|im|in|als|teil)\b|nicht mehr (?:im unternehmen|in der firma|bei uns|für uns|tätig)|(?:das unternehmen|die firma|unser haus|uns) (?:zum \S{1,12} |bereits )?verlassen|ausgeschieden|ne (?:travaille|fait|fais) plus (?:partie|chez|pour|pas|au sein)|n['’]est plus (?:chez|employ|en poste|parmi|au sein)|a(?:i)? quitté (?:la société|l['’]entreprise|notre|ses fonctions|mes fonctions|l['’]organisation)|ya no (?:trabaj[ao]|form[ao] parte|está|estoy)|(?:ha|he) dejado (?:la empresa|de trabajar)|(?:werkt?|werkzaam|ben|is) niet (?:meer|langer) (?:bij|voor|werkzaam|in dienst)|niet (?:meer|langer) (?:werkzaam|in dienst)|non lavor[ao] più|non (?:fa|faccio) più parte|(?:ha|ho) lasciato (?:l['’]azienda|la società)/i;

export function saysDeparted(text: string): boolean {
  return DEPARTED.test(text.slice(0, 6000).replace(/\s+/g, " "));
}

/** Says "I am away" in the text itself. Weak: only together with a sign that no person sent it. */
const ABSENT =
  /out of (?:the )?office|on (?:annual |parental |maternity |sick |medical )?(?:leave|vacation|holiday)|(?:am|are|is|be) (?:currently )?(?:away|travell?ing|absent|unavailable)|limited access to (?:my )?e?-?mail|nicht im (?:büro|haus)|im urlaub|abwesend|außer haus|\babsente?\b|en congés?|hors du bureau|de vacaciones|fuera de (?:la )?oficina|ausente|afwezig|met vakantie|op vakantie|fuori (?:ufficio|sede)|in ferie|assente|thank you for (?:your (?:e?-?mail|message)|contacting)/i;

export function saysAbsent(text: string): boolean {
  return ABSENT.test(text.slice(0, 4000));
}
