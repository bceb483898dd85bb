import { z } from "zod";

export const HIT_TARGETS = ["page", "link", "open", "unsubscribe", "honeypot", "ping"] as const;

/**
 * One HTTP request on a tracked address, one line of a JSONL file: the columns of the `hit` table and
 * what is known of its send. Leave a field out when it was not recorded; say null when it was
 * recorded and absent (`acceptLanguage: null` is a request without that header).
 */
export const RawHit = z.strictObject({
  id: z.string().min(1).optional(),
  sendId: z.string().min(1),
  at: z.iso.datetime({ offset: true }),
  method: z.string().trim().toUpperCase().default("GET"),
  target: z.enum(HIT_TARGETS),
  /** Which link of the mail; null for what is not a link. */
  position: z.number().int().min(0).nullish(),
  userAgent: z.string().default(""),
  acceptLanguage: z.string().nullish(),
  /** Sec-Purpose or Purpose. */
  purpose: z.string().nullish(),
  /** Published network of the address, by name: see networks.ts. */
  network: z.string().nullish(),
  /** Never the address itself. */
  ipHash: z.string().min(1),
  /** When the mail server accepted the send. */
  submittedAt: z.iso.datetime({ offset: true }).nullish(),
  /** Number of tracked links in the mail. */
  links: z.number().int().min(0).nullish(),
  /** Who the mail went to, and whose they are: for one address that clicks for several. */
  recipient: z.string().nullish(),
  account: z.string().nullish(),
  recipientDomain: z.string().nullish(),
});
export type RawHit = z.infer<typeof RawHit>;
