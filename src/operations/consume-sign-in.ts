import { randomBytes } from "node:crypto";
import type { User } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";
import { tokenHash } from "./token-hash.ts";
import { transact } from "./transact.ts";

export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_ABSOLUTE_MS = 7 * 24 * 3_600_000;
/** How often a session that is used notes so: not a write per request. */
const TOUCH_MS = 60_000;

/** Exactly one of many parallel calls with the same token gets the session. `sessionToken` goes in the cookie. */
export async function consumeSignIn(
  parts: Parts,
  input: { token: string; browser?: string | undefined },
): Promise<{ user: User; sessionToken: string } | null> {
  const claims = parts.links.read("sign-in", input.token);
  if (claims === null) return null;
  const wall = parts.clock.wall();
  return transact(parts, async (tx) => {
    // Compare and set: of two at once, one finds the row still open.
    const { count } = await tx.signInToken.updateMany({
      where: {
        id: claims.subject,
        consumedAt: null,
        expiresAt: { gt: wall },
        // A forwarded mail, or one read over somebody's shoulder, signs nobody in elsewhere.
        OR: [
          { browserHash: null },
          ...(input.browser === undefined ? [] : [{ browserHash: tokenHash(input.browser) }]),
        ],
      },
      data: { consumedAt: wall },
    });
    if (count === 0) return null;
    const row = await tx.signInToken.findUniqueOrThrow({ where: { id: claims.subject } });
    const { workspaceId, userId } = row;
    const user = await tx.user.findFirst({ where: { workspaceId, id: userId, status: { not: "left" } } });
    if (user === null) return null;
    const sessionToken = randomBytes(32).toString("base64url");
    await tx.session.create({
      data: { workspaceId, userId, tokenHash: tokenHash(sessionToken), createdAt: wall, lastSeenAt: wall },
    });
    return { user, sessionToken };
  });
}

/** Idle 12 hours and 7 days in all end a session (trust.md 6); null then, and for anything unknown. */
export async function readSession(
  parts: Parts,
  sessionToken: string,
): Promise<{ user: User; sessionId: string; workspaceId: string } | null> {
  const wall = parts.clock.wall();
  const session = await parts.db.session.findFirst({
    where: {
      tokenHash: tokenHash(sessionToken),
      revokedAt: null,
      lastSeenAt: { gt: new Date(wall.getTime() - SESSION_IDLE_MS) },
      createdAt: { gt: new Date(wall.getTime() - SESSION_ABSOLUTE_MS) },
    },
  });
  if (session === null) return null;
  const { workspaceId, userId } = session;
  const user = await parts.db.user.findFirst({ where: { workspaceId, id: userId, status: { not: "left" } } });
  if (user === null) return null;
  if (wall.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) {
    await parts.db.session.updateMany({ where: { workspaceId, id: session.id }, data: { lastSeenAt: wall } });
  }
  return { user, sessionId: session.id, workspaceId };
}

export async function endSession(parts: Parts, sessionToken: string): Promise<void> {
  await parts.db.session.updateMany({
    where: { tokenHash: tokenHash(sessionToken), revokedAt: null },
    data: { revokedAt: parts.clock.wall() },
  });
}

/** Where somebody is signed in now; `here` is the browser that asks. */
export async function listSessions(
  parts: Parts,
  input: { workspaceId: string; userId: string; token: string },
): Promise<{ id: string; createdAt: Date; lastSeenAt: Date; here: boolean }[]> {
  const { workspaceId, userId } = input;
  const wall = parts.clock.wall();
  const rows = await parts.db.session.findMany({
    where: {
      workspaceId,
      userId,
      revokedAt: null,
      lastSeenAt: { gt: new Date(wall.getTime() - SESSION_IDLE_MS) },
      createdAt: { gt: new Date(wall.getTime() - SESSION_ABSOLUTE_MS) },
    },
    orderBy: { lastSeenAt: "desc" },
  });
  const own = tokenHash(input.token);
  return rows.map(({ id, createdAt, lastSeenAt, tokenHash: hash }) => ({
    id,
    createdAt,
    lastSeenAt,
    here: hash === own,
  }));
}

/** Signs one browser of one's own out. False when it is nobody's, or somebody else's. */
export async function endOwnSession(
  parts: Parts,
  input: { workspaceId: string; userId: string; sessionId: string },
): Promise<boolean> {
  const { workspaceId, userId, sessionId } = input;
  const { count } = await parts.db.session.updateMany({
    where: { workspaceId, userId, id: sessionId, revokedAt: null },
    data: { revokedAt: parts.clock.wall() },
  });
  return count > 0;
}

/** After a change of role or address, or "sign out everywhere". Gives the number of sessions that ended. */
export async function endAllSessions(
  parts: Parts,
  input: { workspaceId: string; userId: string },
): Promise<number> {
  const { count } = await parts.db.session.updateMany({
    where: { ...input, revokedAt: null },
    data: { revokedAt: parts.clock.wall() },
  });
  return count;
}
