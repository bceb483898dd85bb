import type { Hit } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";

/** One HTTP request on a tracked address, as it came in. */
export interface RawHit {
  sendId: string;
  /** Wall time of the request is business time here: default clock.now(). */
  at?: Date;
  method: string;
  target: "page" | "link" | "open" | "unsubscribe" | "honeypot" | "ping";
  position?: number | null;
  userAgent?: string;
  acceptLanguage?: string | null;
  /** Sec-Purpose or Purpose. */
  purpose?: string | null;
  network?: string | null;
  /** Never the address itself. */
  ipHash: string;
}
/** Keeps the raw hit and labels its burst again. Changes nothing else, whatever the method. Null: no such send. */
export declare function recordHit(parts: Parts, hit: RawHit): Promise<Hit | null>;

/** Where a signed link leads: the stored address of the frozen step, or null. Reads only. */
export declare function findDestination(
  parts: Parts,
  link: { sendId: string; position: number },
): Promise<string | null>;

/**
 * A page of the contact was really shown: a script ping after at least 15 s (domain.md B3).
 * Becomes one human-probable page visit; never more than 5 points and never a gate.
 */
export declare function recordVisit(
  parts: Parts,
  visit: { pageKey: string; item?: string; seconds: number; at?: Date },
): Promise<{ recorded: boolean }>;
