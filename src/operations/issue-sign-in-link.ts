import { randomUUID } from "node:crypto";
import { localDateOf } from "../domain/calendar/zones.ts";
import { findUserByEmail } from "../drivers/store/users.ts";
import type { Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { tokenHash } from "./token-hash.ts";
import { transact } from "./transact.ts";

const LIFETIME_SECONDS = 15 * 60;

/**
 * A one-time sign-in link, valid 15 minutes, its token stored hashed. The answer is the same for known and
 * unknown addresses; `url` is null for unknown ones and is only for who may see it (the console of a local start).
 * With `browser`, the secret of the browser that asked, the link works in that browser only (trust.md 6).
 */
export async function issueSignInLink(
  parts: Parts,
  input: { workspaceId: string; email: string; byMail: boolean; lifetimeSeconds?: number; browser?: string },
): Promise<{ url: string | null; sendId: string | null }> {
  const { workspaceId } = input;
  const user = await findUserByEmail(parts.db, workspaceId, input.email);
  if (user === null || user.status === "left") return { url: null, sendId: null };
  const id = randomUUID();
  const wall = parts.clock.wall();
  const now = parts.clock.now();
  const sendId = await transact(parts, async (tx) => {
    const row = await tx.signInToken.create({
      data: {
        id,
        workspaceId,
        userId: user.id,
        // The link is signed over the row's id and never stored: whoever reads this table cannot sign in.
        tokenHash: tokenHash(id),
        browserHash: input.browser === undefined ? null : tokenHash(input.browser),
        // Machine time: a time-lapse must not make a link expire before it is read.
        expiresAt: new Date(wall.getTime() + (input.lifetimeSeconds ?? LIFETIME_SECONDS) * 1000),
      },
    });
    if (!input.byMail) return null;
    const send = await tx.send.create({
      data: {
        workspaceId,
        kind: "sign_in",
        mailClass: "internal",
        userId: user.id,
        stepKey: `sign-in.${row.id}`,
        dueAt: now,
        nextAttemptAt: wall,
        zone: user.zone,
        localDate: dateColumn(localDateOf(now, user.zone)),
        recipientDomain: user.email.split("@").at(-1) ?? "",
        plannedAt: now,
      },
    });
    return send.id;
  });
  if (sendId !== null) await parts.waker.sendsPlanned([sendId]);
  return { url: signInAddress(parts, id), sendId };
}

/** The same for the console and for the mail: `stepKey` of the mail is `sign-in.<tokenId>`. */
export function signInAddress(parts: Pick<Parts, "links" | "baseUrl">, tokenId: string): string {
  return `${parts.baseUrl}/sign-in/${parts.links.sign("sign-in", tokenId)}`;
}
