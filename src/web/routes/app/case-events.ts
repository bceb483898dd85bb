import type { FastifyInstance, FastifyRequest } from "fastify";
import { caseStamp } from "../../../drivers/store/case-stamp.ts";
import { tokenHash } from "../../../operations/token-hash.ts";
import { sessionOf } from "../../plugins/session-guard.ts";
import { refused } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { idOf, noSuchPage } from "./form.ts";

const LOOK_MS = 2_000;
const BEAT_MS = 25_000;
const LONGEST_MS = 10 * 60_000;
/** Tabs of one person that may listen at once: each costs a look at the database every two seconds. */
const MOST_PER_USER = 4;

interface Pace {
  lookMs: number;
  beatMs: number;
  longestMs: number;
}

/**
 * "Something of this case changed", as server-sent events. Ends with the session, after ten minutes, and
 * when the server stops; the browser comes back by itself, and a page without script misses nothing.
 */
export function addCaseEvents(
  app: FastifyInstance,
  parts: WebParts,
  pace: Pace = { lookMs: LOOK_MS, beatMs: BEAT_MS, longestMs: LONGEST_MS },
): void {
  const open = new Map<string, number>();
  const endings = new Set<() => void>();
  // Before the server waits for its connections: an open stream would keep `npm start` from stopping.
  app.addHook("preClose", async () => {
    for (const end of [...endings]) end();
  });

  app.get("/cases/:id/events", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId, user, token } = sessionOf(request);
    const caseId = idOf(request);
    const first = await caseStamp(parts.db, workspaceId, caseId);
    if (first === null) throw noSuchPage();
    if ((open.get(user.id) ?? 0) >= MOST_PER_USER)
      throw refused(
        429,
        "too-many",
        "tabs",
        "Four pages of yours are listening already.",
        "Close one of them.",
      );
    open.set(user.id, (open.get(user.id) ?? 0) + 1);
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    out.write("retry: 5000\n\n");

    let known = sinceOf(request) ?? first;
    let isLooking = false;
    const look = async (): Promise<void> => {
      if (isLooking) return;
      isLooking = true;
      try {
        const [stamp, lives] = await Promise.all([
          caseStamp(parts.db, workspaceId, caseId),
          sessionLives(parts, token),
        ]);
        if (stamp === null || !lives) return end();
        if (stamp !== known && !out.writableEnded) out.write(`event: changed\ndata: ${stamp}\n\n`);
        known = stamp;
      } catch (cause) {
        request.log.warn({ err: cause }, "a listening page could not be told; it will come back");
        end();
      } finally {
        isLooking = false;
      }
    };
    const looking = setInterval(look, pace.lookMs);
    const beating = setInterval(() => out.write(": still here\n\n"), pace.beatMs);
    const ending = setTimeout(() => end(), pace.longestMs);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(looking);
      clearInterval(beating);
      clearTimeout(ending);
      endings.delete(end);
      const left = (open.get(user.id) ?? 1) - 1;
      if (left > 0) open.set(user.id, left);
      else open.delete(user.id);
      out.end();
    };
    endings.add(end);
    request.raw.on("close", end);
    out.on("error", end);
    void look();
  });
}

/** Reads only: a page that listens must not keep an idle session alive. */
async function sessionLives(parts: WebParts, token: string): Promise<boolean> {
  const session = await parts.db.session.findFirst({
    where: { tokenHash: tokenHash(token), revokedAt: null },
    select: { id: true },
  });
  return session !== null;
}

function sinceOf(request: FastifyRequest): string | null {
  const { since } = request.query as Record<string, unknown>;
  return typeof since === "string" && /^[0-9a-f]{32}$/.test(since) ? since : null;
}
