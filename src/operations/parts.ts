import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { OutgoingMail, TransportOutcome } from "../domain/sending/outcome.ts";
import type { Prisma, PrismaClient } from "../drivers/store/generated/client.ts";

/** A connection or an open transaction, so that any store function composes into a transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** Wakes workers. Losing a wake-up loses nothing: rows decide what is due and the sweeper looks again. */
export interface Waker {
  sendsPlanned(sendIds: readonly string[]): Promise<void>;
  enrollmentsDue(): Promise<void>;
  readinessChanged(enrollmentIds: readonly string[]): Promise<void>;
  webhooksPlanned(): Promise<void>;
}

/** Hands a mail to an SMTP server. `transmitting` must be committed before this is called. */
export interface Submitter {
  submit(mail: OutgoingMail): Promise<TransportOutcome>;
}

/** Signs and reads the links in mails (trust.md 3): one key per purpose, destinations never in the request. */
export type LinkPurpose = "page" | "link" | "unsubscribe" | "open" | "bounce" | "reply" | "sign-in";
export interface Links {
  /** `subject` is a UUID (send, page key); `position` 0–65535. Opaque, URL-safe, < 90 characters. */
  sign(purpose: LinkPurpose, subject: string, position?: number): string;
  /** null for anything not made by `sign` with this purpose. Never throws on attacker input. */
  read(purpose: LinkPurpose, token: string): { subject: string; position: number; issuedAt: Date } | null;
}

/** What every operation is given. Built once, in app.ts. */
export interface Parts {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly waker: Waker;
  readonly links: Links;
  /** Absolute address of the pages, without a trailing slash: links never come from a request's Host. */
  readonly baseUrl: string;
}
