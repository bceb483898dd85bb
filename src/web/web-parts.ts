import type { NetworkBook } from "../domain/engagement/network-book.ts";
import type { Parts } from "../operations/parts.ts";

/** One record that receivers look for before they believe a sender, as the DNS check found it. */
export interface DnsFinding {
  readonly what: "spf" | "dkim" | "dmarc" | "alignment";
  readonly state: "ok" | "broken";
  /** Where the record belongs; of an alignment, the From domain. */
  readonly name: string;
  readonly found: string;
  /** What to publish, of an alignment what to change; empty when it is right. */
  readonly remedy: string;
}

/** One mail as the captured mailbox lists it. */
export interface CapturedSummary {
  readonly id: string;
  readonly receivedAt: Date;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Who signs it; absent or null when nobody can say. `from` is only where bounces go. */
  readonly sender?: string | null;
}

/** One captured mail, whole. `source` is the message as it came over SMTP. */
export interface CapturedMail extends CapturedSummary {
  readonly html: string | null;
  readonly text: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly source: string;
}

/** The captured mailbox of local mode, newest first. `before` is the id of the last mail of the page above. */
export interface Mailbox {
  list(options: { search?: string; limit: number; before?: string }): Promise<readonly CapturedSummary[]>;
  get(id: string): Promise<CapturedMail | null>;
  /** Removes the mails that hold one of these words, for an erasure. */
  forget(words: readonly string[]): Promise<number>;
}

/** Where the demo's clock stands. `daySeconds`: real seconds that a day takes while it plays. */
export interface DemoState {
  readonly now: Date;
  readonly playing: boolean;
  readonly daySeconds: number;
}

/** The demo's clock; nothing of it exists outside the demo. */
export interface DemoClock {
  state(): DemoState;
  pause(): void;
  play(): void;
  /** Moves ahead, also while paused. */
  step(hours: number): void;
  setDaySeconds(seconds: number): void;
}

/** How mail leaves, for the settings page: no password and no private key is in it. */
export interface MailSetup {
  /** Host and port of the SMTP server; null while mail is captured. */
  readonly server: string | null;
  /** Where the public key of the DKIM signature belongs, and the record; null while nothing is signed. */
  readonly dkim: { readonly name: string; readonly record: string } | null;
  /** Asks DNS for SPF, DKIM and DMARC, and compares the domains with each From. Takes up to a few seconds. */
  checkDns(senders: {
    readonly mailDomain: string;
    readonly fromDomains: readonly string[];
  }): Promise<readonly DnsFinding[]>;
}

/** What the pages and the API stand on. Built in app.ts. */
export interface WebParts extends Parts {
  /** The workspace whose pages are served when nobody is signed in yet (one, in local mode). */
  readonly workspaceId: string;
  /** Reverse proxies that may name the visitor's address; empty: nobody may (trust.md A17). */
  readonly trustedProxies: readonly string[];
  /** Whose network a visitor's address belongs to, of those that scan mail (trust.md 2, rule 4). */
  readonly networks: NetworkBook;
  /** BATON_SECRET: keys the hashes of peers' addresses, which are never kept themselves. */
  readonly secret: string;
  /** Whether webhooks may go to private addresses: never in production (trust.md A10). */
  readonly allowPrivateWebhooks: boolean;
  /** null when mail leaves by a real SMTP server. */
  readonly mailbox: Mailbox | null;
  readonly mailSetup: MailSetup;
  /** null outside the demo. */
  readonly demo: DemoClock | null;
}
