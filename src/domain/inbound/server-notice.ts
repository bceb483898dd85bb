import type { OpenedMail } from "./opened-mail.ts";

const DAEMON =
  /mailer-?daemon|postmaster|mail.?deliver|mail.?system|mail.?admin|mdaemon|mmdf|mailsystem|mail subsystem|delivery subsystem|system administrator|ndr administrator|mail server/i;
const SUBJECT =
  /undeliver|un-?delivered|deliver(?:y|ing|ed|able)? ?(?:status )?(?:notif|fail|report|error|status|problem|delayed)|failed deliver|not (?:be )?delivered|failure notice|fail(?:ed|ure)? .{0,20}(?:mail|deliver|notice)|returned (?:mail|to sender|message|e-?mail)|return(?:ed)?.{0,5}to sender|mail .{0,20}(?:could not|delivery|system error|failure|failed|returned|delayed|error)|message .{0,30}(?:could not|not delivered|rejected|blocked|delayed)|non.?delivery|rejected mail|delayed mail|non remis|unzustellbar|nicht zugestellt|no se pudo entregar|non distribu|mancata consegna|onbestelbaar|недоставлен|не доставлено|配信|送信でき|メールエラー|配達|user unknown|bounce|loop alert|退信/i;
const WORDS =
  /could ?n[o']t be delivered|(?:cannot|can't|unable to|could not|was not able to|wasn't able to|failed to) (?:be )?deliver|unable to deliver|undeliverable|delivery .{0,30}failed|delivery to the following|returned to sender|automatically (?:generated|created) (?:by mail delivery|delivery status)|did not reach|had (?:permanent fatal|transient|delivery) errors|message (?:you sent )?(?:was )?(?:not delivered|undelivered)|returned message|mail delivery (?:failed|error)|has been in the queue|failure reasons?|it's attached below|送信できませんでした|couldn't be delivered|not be posted|will be retried|was rejected for the following reason|error delivering|following (?:recipient|address)\S* (?:failed|could)|invalid final delivery|bounced (?:e-?mail|message)|duplicated message-id/i;

/** Signs that a mail server and not a person wrote this. One may be chance; two decide. */
export function noticeSigns(mail: OpenedMail): string[] {
  const path = mail.header("return-path").trim();
  const from = mail.header("from");
  const signs: readonly (readonly [boolean, string])[] = [
    [/^<>$|^<?mailer-daemon/i.test(path) || (from !== "" && /<>\s*$/.test(from)), "null-path"],
    [mail.header("x-failed-recipients") !== "", "failed-recipients"],
    [DAEMON.test(`${from} ${mail.from ?? ""}`), "daemon"],
    [SUBJECT.test(mail.subject), "subject"],
    [WORDS.test(mail.body.slice(0, 4000)), "words"],
  ];
  return signs.flatMap(([holds, id]) => (holds ? [id] : []));
}

/** What a mail server puts between its own words and the mail it returns. */
const RETURNED_BEGINS =
  /^[ \t>]*(?:-{1,12} ?.{0,50}\b(?:original|copy|below (?:this|is)|headers?|returned|unsent|bounced|message follows)\b.{0,60}|\*{3,}.{0,40}(?:original|returned).{0,30}|.{0,60}\bcopy of (?:the|your|my) (?:original )?(?:message|mail|e-?mail)\b.{0,60}|.{0,30}original (?:message|mail)(?: headers?)? (?:follows|as follows|text).{0,40}|original message:?|(?:the )?(?:message )?headers? follow.{0,20}|unsent message below.{0,20}|bounced e-?mail:.{0,10}|content-type: (?:message\/rfc822|text\/rfc822-headers).{0,100}|received: (?:from|by) .{0,200}|return-path: .{0,200}|dkim-signature: .{0,200}|x-received: .{0,200})$/im;

/** Only what the server says: the mail that it returns has words of its own, and they decide nothing. */
export function serverWords(body: string): string {
  const text = body.slice(0, 12_000);
  const cut = RETURNED_BEGINS.exec(text);
  // A notice may open with the headers of a relay; what stands in the first line is not the end.
  return cut === null || text.slice(0, cut.index).trim().length < 30 ? text : text.slice(0, cut.index);
}

/** The stage at which the other server refused. At RCPT it judged the address, at MAIL us, at DATA the message. */
export type SmtpStage = "connect" | "mail" | "rcpt" | "data";

export function findStage(words: string): SmtpStage | null {
  const text = words.replace(/\s+/g, " ");
  if (
    /(?:end of data|(?:the |to )DATA command|after (?:DATA|end)|-SMTP command DATA|[>(]{3} ?(?:DATA|BDAT)\b|our DATA|\[(?:DATA|BODY)\])/i.test(
      text,
    )
  ) {
    return "data";
  }
  if (/RCPT[ _]TO|\bRCPT\b/i.test(text)) return "rcpt";
  if (/MAIL[ _]FROM\b/i.test(text)) return "mail";
  if (
    /refused to talk to me|(?:after|reply to) (?:EHLO|HELO|initial)|while receiving the initial|but my name was rejected|>>> (?:EHLO|HELO)|initial (?:server )?greeting/i.test(
      text,
    )
  ) {
    return "connect";
  }
  return null;
}
