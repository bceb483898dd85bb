/** An answer as a mail program or a person would send it, and what must be understood of it. */
export interface SampleMail {
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  readonly headers?: readonly string[];
  readonly date?: string;
  readonly returnsOn?: string;
  readonly standIn?: string;
  readonly departed?: true;
}

const auto = ["Auto-Submitted: auto-replied"];

export const AUTO_REPLIES: readonly SampleMail[] = [
  {
    name: "en, A6: Eid leave with a stand-in",
    subject: "Automatic reply: Your first week with Insight",
    headers: auto,
    body: "Thank you for your email. I am out of the office until 28 March 2026.\nFor urgent matters please contact Huda Salem (huda.salem@najm.example).\n\nAbdullah Al-Harthi",
    returnsOn: "2026-03-28",
    standIn: "Huda Salem <huda.salem@najm.example>",
  },
  {
    name: "en, A2: has left",
    subject: "Automatic reply: Quarterly review",
    headers: auto,
    body: "Rachel Osei is no longer with Corvane Logistics. Please contact Victor Lam at victor.lam@corvane.example.",
    standIn: "Victor Lam <victor.lam@corvane.example>",
    departed: true,
  },
  {
    name: "en, back on",
    subject: "Out of office",
    body: "I'm on annual leave, back on Monday 30 March.",
    returnsOn: "2026-03-30",
  },
  {
    name: "en, numbers only",
    subject: "OOO",
    body: "Travelling this week. Back on 3/4.",
    date: "Fri, 27 Mar 2026 09:00:00 +0000",
    returnsOn: "2026-04-03",
  },
  {
    name: "en, American order",
    subject: "Out of Office Re: Step 2",
    body: "I will return on 3/30/2026.",
    returnsOn: "2026-03-30",
  },
  {
    name: "en, month first",
    subject: "Auto Reply",
    body: "I am away from March 16th to March 27th, 2026 with limited access to email.",
    returnsOn: "2026-03-27",
  },
  {
    name: "en, two dates, back wins",
    subject: "Automatic reply",
    body: "I am away until Friday 27 March and will be back in the office on Monday 30 March 2026.",
    returnsOn: "2026-03-30",
  },
  {
    name: "en, inclusive",
    subject: "Automatic reply",
    body: "I am on holiday through March 27, 2026.",
    returnsOn: "2026-03-28",
  },
  {
    name: "en, weekday",
    subject: "Out of office",
    body: "I am out today and will be back on Thursday.",
    returnsOn: "2026-03-19",
  },
  {
    name: "en, tomorrow",
    subject: "Out of office",
    body: "I am travelling, back tomorrow.",
    returnsOn: "2026-03-18",
  },
  {
    name: "en, ISO date",
    subject: "Vacation reply",
    body: "Away until 2026-04-07.",
    returnsOn: "2026-04-07",
  },
  {
    name: "en, over the new year",
    subject: "Out of office",
    date: "Tue, 22 Dec 2026 10:00:00 +0000",
    body: "The office is closed. I am back on 4 January.",
    returnsOn: "2027-01-04",
  },
  {
    name: "en, by X-Autoreply",
    subject: "Re: Your first task",
    headers: ["X-Autoreply: yes"],
    body: "Got it, I am in meetings all day.",
  },
  {
    name: "en, by Precedence",
    subject: "Re: Your first task",
    headers: ["Precedence: auto_reply"],
    body: "I read mail twice a day.",
  },
  {
    name: "en, by X-Autorespond",
    subject: "Your first task",
    headers: ["X-Autorespond: Your first task"],
    body: "I have received your message.",
  },
  {
    name: "en, by X-Mail-Autoreply",
    subject: "Your first task",
    headers: ["X-Mail-Autoreply: vacation"],
    body: "On the road.",
  },
  {
    name: "en, null return path",
    subject: "Re: Your first task",
    headers: ["Return-Path: <>"],
    body: "I am currently away and have limited access to my email.",
  },
  {
    name: "en, auto-generated",
    subject: "We have received your request [#4411]",
    headers: ["Auto-Submitted: auto-generated"],
    body: "A ticket was opened.",
  },
  {
    name: "en, parental leave",
    subject: "On parental leave",
    body: "I am on parental leave until 1 September 2026. My colleague Tom Becker (tom.becker@acme.example) has taken over. Please contact Tom Becker.",
    returnsOn: "2026-09-01",
    standIn: "Tom Becker",
  },
  {
    name: "en, left, with header",
    subject: "Re: Value review",
    headers: auto,
    body: "I have left the company. For anything about this account reach out to accounts@acme.example.",
    standIn: "accounts@acme.example",
    departed: true,
  },
  {
    name: "en, last day",
    subject: "Automatic reply",
    headers: auto,
    body: "My last day at Acme was 27 February. Please write to Dana Fox.",
    standIn: "Dana Fox",
    departed: true,
  },
  {
    name: "de, bis zum",
    subject: "Abwesenheitsnotiz: Ihre erste Woche",
    headers: auto,
    body: "Sehr geehrte Damen und Herren,\n\nich bin bis zum 28.03.2026 nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Frau Petra Müller (petra.mueller@acme.example).",
    returnsOn: "2026-03-28",
    standIn: "Petra Müller <petra.mueller@acme.example>",
  },
  {
    name: "de, wieder ab",
    subject: "Automatische Antwort: Schritt 2",
    headers: auto,
    body: "Ich bin im Urlaub und ab dem 30. März 2026 wieder erreichbar.",
    returnsOn: "2026-03-30",
  },
  {
    name: "de, einschließlich",
    subject: "Abwesend",
    body: "Ich bin vom 16.03. bis einschließlich 27.03.2026 abwesend.",
    returnsOn: "2026-03-28",
  },
  {
    name: "de, only the subject",
    subject: "Nicht im Büro",
    body: "Vielen Dank für Ihre Nachricht. Am Montag, den 23.3. bin ich wieder für Sie da.",
    returnsOn: "2026-03-23",
  },
  {
    name: "de, ausgeschieden",
    subject: "Automatische Antwort",
    headers: auto,
    body: "Herr Schmidt ist nicht mehr für die Firma tätig. Bitte wenden Sie sich an Herrn Jan Vogel, jan.vogel@acme.example.",
    standIn: "Jan Vogel <jan.vogel@acme.example>",
    departed: true,
  },
  {
    name: "fr, jusqu'au",
    subject: "Réponse automatique : Votre première semaine",
    headers: auto,
    body: "Bonjour,\nJe suis absente jusqu'au 28 mars 2026. En cas d'urgence, veuillez contacter Jean Dupont (jean.dupont@acme.example).",
    returnsOn: "2026-03-28",
    standIn: "Jean Dupont <jean.dupont@acme.example>",
  },
  {
    name: "fr, de retour le",
    subject: "Absence du bureau",
    body: "Je serai de retour le lundi 30 mars.",
    returnsOn: "2026-03-30",
  },
  {
    name: "fr, du … au …",
    subject: "En congés",
    body: "Je suis en congés du 16 au 27/03/2026 inclus.",
    returnsOn: "2026-03-28",
  },
  {
    name: "fr, a quitté",
    subject: "Réponse automatique",
    headers: auto,
    body: "Mme Martin a quitté la société. Merci de contacter M. Paul Roux.",
    standIn: "Paul Roux",
    departed: true,
  },
  {
    name: "es, hasta el",
    subject: "Respuesta automática: Su primera semana",
    headers: auto,
    body: "Estoy fuera de la oficina hasta el 28 de marzo de 2026. Para asuntos urgentes, contacte con María Gómez (maria.gomez@acme.example).",
    returnsOn: "2026-03-28",
    standIn: "María Gómez <maria.gomez@acme.example>",
  },
  {
    name: "es, vuelvo el",
    subject: "Fuera de la oficina",
    body: "Estoy de vacaciones, vuelvo el 6 de abril.",
    returnsOn: "2026-04-06",
  },
  {
    name: "es, ya no trabaja",
    subject: "Respuesta automática",
    headers: auto,
    body: "Carlos Ruiz ya no trabaja en la empresa.",
    departed: true,
  },
  {
    name: "nl, tot",
    subject: "Automatisch antwoord: Uw eerste week",
    headers: auto,
    body: "Ik ben afwezig tot 28 maart 2026. Bij spoed kunt u contact opnemen met Kees van Dijk (kees@acme.example).",
    returnsOn: "2026-03-28",
    standIn: "Kees van Dijk <kees@acme.example>",
  },
  {
    name: "nl, terug op",
    subject: "Afwezig",
    body: "Ik ben op vakantie en op maandag 30 maart weer terug.",
    returnsOn: "2026-03-30",
  },
  {
    name: "nl, niet meer",
    subject: "Automatisch antwoord",
    headers: auto,
    body: "Per 1 maart ben ik niet meer werkzaam bij Acme.",
    departed: true,
  },
  {
    name: "it, fino al",
    subject: "Risposta automatica: La prima settimana",
    headers: auto,
    body: "Sono fuori ufficio fino al 28 marzo 2026. Per urgenze contattare Giulia Rossi (giulia.rossi@acme.example).",
    returnsOn: "2026-03-28",
    standIn: "Giulia Rossi <giulia.rossi@acme.example>",
  },
  {
    name: "it, rientro",
    subject: "Fuori ufficio",
    body: "Sono in ferie, rientro lunedì 30 marzo.",
    returnsOn: "2026-03-30",
  },
  {
    name: "it, non lavora più",
    subject: "Risposta automatica",
    headers: auto,
    body: "Marco Bianchi non lavora più in azienda.",
    departed: true,
  },
  { name: "ja, subject", subject: "自動返信: ご案内", body: "ただいま不在です。" },
];

const answer = ["In-Reply-To: <step-1@baton.example>", "References: <step-1@baton.example>"];

export const REPLIES: readonly SampleMail[] = [
  {
    name: "en, short",
    subject: "Re: Your first task",
    headers: answer,
    body: "Done, thanks! Next week works.",
  },
  {
    name: "en, from Outlook, with the suppress header",
    subject: "RE: Your first task",
    headers: [...answer, "X-Auto-Response-Suppress: DR, OOF, AutoReply"],
    body: "Could we do the review on 28 March?",
  },
  {
    name: "en, Auto-Submitted no",
    subject: "Re: Your first task",
    headers: [...answer, "Auto-Submitted: no"],
    body: "Who is our contact for imports?",
  },
  {
    name: "en, speaks of an absence",
    subject: "Re: Your first task",
    headers: answer,
    body: "I am on holiday until Friday, I will do the task on Monday. Please keep the pace.",
  },
  {
    name: "en, speaks of delivery",
    subject: "Re: Delivery status of our data",
    headers: answer,
    body: "The export could not be delivered to our warehouse, 550 rows are missing.",
  },
  { name: "en, subject only", subject: "Re: Your first task", body: "Answering from my phone." },
  {
    name: "en, new colleague",
    subject: "Re: Your first task",
    headers: answer,
    body: "Adding Dana, please contact her from now on.",
  },
  {
    name: "en, list header",
    subject: "Re: question",
    headers: [...answer, "Precedence: bulk"],
    body: "Our gateway marks everything as bulk. What about the API limits?",
  },
  {
    name: "de",
    subject: "AW: Ihre erste Woche",
    headers: answer,
    body: "Vielen Dank, das hat geholfen. Wann sehen wir uns?",
  },
  { name: "de, subject only", subject: "Antwort: Ihre erste Woche", body: "Passt." },
  {
    name: "fr",
    subject: "RE: Votre première semaine",
    headers: answer,
    body: "Merci, c'est très clair. Je serai absent vendredi.",
  },
  { name: "fr, Réf", subject: "Réf: Votre première semaine", body: "Bien reçu." },
  { name: "es", subject: "RV: Su primera semana", headers: answer, body: "¿Podemos hablar el 28 de marzo?" },
  { name: "nl", subject: "Antw: Uw eerste week", headers: answer, body: "Dank, we nemen contact op." },
  { name: "it", subject: "R: La prima settimana", headers: answer, body: "Grazie, a presto." },
  { name: "sv", subject: "SV: Din första vecka", headers: answer, body: "Tack!" },
  {
    name: "en, postmaster of the house writes himself",
    subject: "Re: Your first task",
    headers: answer,
    body: "I look after the mail servers here, and I do the course too.",
  },
  {
    name: "en, forwarded bounce as a question",
    subject: "Re: Your first task",
    headers: answer,
    body: "Our colleague's mailbox is full, she says your mail was returned to sender. Can you resend?",
  },
];

export function rawOf(sample: SampleMail): string {
  return [
    "From: Abdullah Al-Harthi <abdullah@najm.example>",
    "To: Lena <r+abc@baton.example>",
    `Subject: ${sample.subject}`,
    `Date: ${sample.date ?? "Tue, 17 Mar 2026 08:00:00 +0300"}`,
    "Message-ID: <answer-1@najm.example>",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    ...(sample.headers ?? []),
    "",
    sample.body,
    "",
  ].join("\r\n");
}
