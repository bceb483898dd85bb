import { randomBytes } from "node:crypto";
import { recordAudit } from "../drivers/store/audit.ts";
import type { User } from "../drivers/store/generated/client.ts";
import type { Db, Parts } from "./parts.ts";
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
    if (count === 0) {
      // Counted on the link and told with the next sign-in: who guesses must not fill the audit.
      await tx.signInToken.updateMany({
        where: { id: claims.subject },
        data: { failures: { increment: 1 } },
      });
      return null;
    }
    const row = await tx.signInToken.findUniqueOrThrow({ where: { id: claims.subject } });
    const { workspaceId, userId } = row;
    const user = await tx.user.findFirst({ where: { workspaceId, id: userId, status: { not: "left" } } });
    if (user === null) return null;
    const sessionToken = randomBytes(32).toString("base64url");
    const session = await tx.session.create({
      data: { workspaceId, userId, tokenHash: tokenHash(sessionToken), createdAt: wall, lastSeenAt: wall },
    });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor: `user:${userId}`,
      action: "signed-in",
      subjectType: "user",
      subjectId: userId,
      after: { sessionId: session.id, failedBefore: await takeFailures(tx, workspaceId, userId) },
    });
    return { user, sessionToken };
  });
}

/** How often a link of this person was tried in vain since they last came in; each is told once. */
async function takeFailures(tx: Db, workspaceId: string, userId: string): Promise<number> {
  const where = { workspaceId, userId, failures: { gt: 0 } };
  const { _sum } = await tx.signInToken.aggregate({ where, _sum: { failures: true } });
  await tx.signInToken.updateMany({ where, data: { failures: 0 } });
  return _sum.failures ?? 0;
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

export function endSession(parts: Parts, sessionToken: string): Promise<void> {
  return transact(parts, async (tx) => {
    const session = await tx.session.findUnique({ where: { tokenHash: tokenHash(sessionToken) } });
    if (session !== null) await endThese(tx, parts, session, { id: session.id });
  });
}

/** Ends those of a person's sessions that still live, and says so in the audit when there was one. */
async function endThese(
  tx: Db,
  parts: Parts,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  which: { id?: string },
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { ...which, workspaceId, userId, revokedAt: null },
    data: { revokedAt: parts.clock.wall() },
  });
  if (count > 0) {
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor: `user:${userId}`,
      action: "signed-out",
      subjectType: "user",
      subjectId: userId,
      after: which.id === undefined ? { sessions: count, everywhere: true } : { sessionId: which.id },
    });
  }
  return count;
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
  const { sessionId, ...person } = input;
  return (await transact(parts, (tx) => endThese(tx, parts, person, { id: sessionId }))) > 0;
}

/** "Sign out everywhere". Gives the number of sessions that ended. */
export function endAllSessions(
  parts: Parts,
  input: { workspaceId: string; userId: string },
): Promise<number> {
  return transact(parts, (tx) => endThese(tx, parts, input, {}));
}
