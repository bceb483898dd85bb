import type { Parts } from "../operations/parts.ts";

/** One mail as the captured mailbox lists it. */
export interface CapturedSummary {
  readonly id: string;
  readonly receivedAt: Date;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
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

/** What the pages and the API stand on. Built in app.ts. */
export interface WebParts extends Parts {
  /** The workspace whose pages are served when nobody is signed in yet (one, in local mode). */
  readonly workspaceId: string;
  /** Reverse proxies that may name the visitor's address; empty: nobody may (trust.md A17). */
  readonly trustedProxies: readonly string[];
  /** BATON_SECRET: keys the hashes of peers' addresses, which are never kept themselves. */
  readonly secret: string;
  /** Whether webhooks may go to private addresses: never in production (trust.md A10). */
  readonly allowPrivateWebhooks: boolean;
  /** null when mail leaves by a real SMTP server. */
  readonly mailbox: Mailbox | null;
  /** null outside the demo. */
  readonly demo: DemoClock | null;
}
