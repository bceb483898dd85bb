import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { Links } from "../domain/engagement/signed-links.ts";
import type { OutgoingMail, TransportOutcome } from "../domain/sending/outcome.ts";
import type { Prisma, PrismaClient } from "../drivers/store/generated/client.ts";

export type { Links };

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
