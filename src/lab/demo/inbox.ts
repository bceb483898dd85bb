import { load } from "cheerio";
import type { CapturedMail, MailboxFolder } from "../../drivers/local/mailbox-folder.ts";

/** A mail in a reader's inbox, with what can be followed in it. */
export interface InboxMail {
  id: string;
  to: string;
  subject: string;
  receivedAt: Date;
  messageId: string | null;
  replyTo: string;
  /** Every http(s) link of the HTML part, in order. */
  links: readonly string[];
  /** The reader's own page. Null in mails to people of the vendor. */
  pageLink: string | null;
  /** The step of the sequence, told by the page link's anchor or the List-Id; for showing only. */
  text: string;
}

/** Reads the captured mailbox as mail programs do: what is new for anybody since the last look. */
export class Inboxes {
  readonly #folder: MailboxFolder;
  readonly #latest = new Map<string, InboxMail>();
  readonly #seen = new Set<string>();

  constructor(folder: MailboxFolder) {
    this.#folder = folder;
  }

  /** New mails since the last call, oldest first. */
  async fresh(): Promise<InboxMail[]> {
    const found: InboxMail[] = [];
    for (const summary of await this.#folder.list({ limit: 200 })) {
      if (this.#seen.has(summary.id)) break;
      const mail = await this.#folder.get(summary.id);
      if (mail !== null) found.unshift(inboxMail(mail));
    }
    for (const mail of found) {
      this.#seen.add(mail.id);
      if (mail.pageLink !== null) this.#latest.set(mail.to, mail);
    }
    return found;
  }

  /** The last mail with a page link: the one a person finds when they look for "that link". */
  latest(address: string): InboxMail | null {
    return this.#latest.get(address.toLowerCase()) ?? null;
  }
}

function inboxMail(mail: CapturedMail): InboxMail {
  const $ = load(mail.html ?? "");
  const links = $("a[href^=http]")
    .map((_, element) => $(element).attr("href") ?? "")
    .get();
  const headerOf = (name: string) =>
    mail.headers.find((header) => header.name.toLowerCase() === name)?.value ?? "";
  const replyTo = /<([^>]+)>/.exec(headerOf("reply-to"))?.[1] ?? headerOf("reply-to");
  return {
    id: mail.id,
    to: (mail.to[0] ?? "").toLowerCase(),
    subject: mail.subject,
    receivedAt: mail.receivedAt,
    messageId: mail.messageId,
    replyTo,
    links,
    // The page, not a file of it such as a meeting for the calendar.
    pageLink: links.find((link) => /^\/p\/[^/]+$/.test(new URL(link).pathname)) ?? null,
    text: mail.text ?? "",
  };
}
