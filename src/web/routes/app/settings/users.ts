import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { User } from "../../../../drivers/store/generated/client.ts";
import { addUser, changeUser, type UserForm } from "../../../../operations/change-user.ts";
import type { Refusal } from "../../../../operations/refusal.ts";
import { type UserFormValues, userPage, usersPage } from "../../../pages/app/settings/users-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "../form.ts";

/** As posted: what is allowed is the operation's to say, so that a refusal can show it again. */
const Typed = z.object({
  name: z.string().max(300).default(""),
  email: z.string().max(300).default(""),
  title: z.string().max(300).default(""),
  zone: z.string().max(100).default(""),
  roles: z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.string()).max(20)),
  status: z.string().max(20).default("active"),
});
const FOR_A_DAY = "private, max-age=86400";

export function addUserPages(app: FastifyInstance, parts: WebParts): void {
  const admin = { config: { needs: "manage-settings" } } as const;

  app.get("/settings/users", { config: { needs: "see-settings" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const rows = await listUsers(parts, workspaceId);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, usersPage({ viewer, users: rows, said: sentenceFor(request.query) }));
  });

  app.get("/settings/users/new", admin, async (request, reply) => {
    const { user } = sessionOf(request);
    const typed = { name: "", email: "", title: "", zone: user.zone, roles: ["csm"], status: "active" };
    return sendPage(
      reply,
      userPage({ viewer: viewerOf(parts, request, reply), user: null, typed, problem: null }),
    );
  });

  app.post("/settings/users/new", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const typed = formOf(request, Typed);
    const added = await addUser(parts, { workspaceId, form: typed as UserForm, actor });
    if (!added.ok) return showAgain(parts, request, reply, { user: null, typed, problem: added.problem });
    return goBack(reply, "/settings/users", "user-added");
  });

  app.get("/settings/users/:id", admin, async (request, reply) => {
    const user = await find(parts, request);
    const typed = { ...user, title: user.title ?? "" };
    return sendPage(reply, userPage({ viewer: viewerOf(parts, request, reply), user, typed, problem: null }));
  });

  app.post("/settings/users/:id", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const user = await find(parts, request);
    const typed = formOf(request, Typed);
    const form = typed as UserForm;
    const changed = await changeUser(parts, { workspaceId, userId: user.id, form, actor });
    if (!changed.ok) return showAgain(parts, request, reply, { user, typed, problem: changed.problem });
    return goBack(reply, "/settings/users", "saved");
  });

  app.get("/settings/users/:id/photo", { config: { needs: "see" } }, async (request, reply) => {
    const { photo, photoType } = await find(parts, request);
    if (photo === null || photoType === null) throw noSuchPage();
    return reply
      .header("content-type", photoType)
      .header("cache-control", FOR_A_DAY)
      .send(Buffer.from(photo));
  });
}

async function find(parts: WebParts, request: FastifyRequest): Promise<User> {
  const { workspaceId } = sessionOf(request);
  const user = await parts.db.user.findFirst({ where: { workspaceId, id: idOf(request) } });
  if (user === null) throw noSuchPage();
  return user;
}

function showAgain(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: { user: User | null; typed: UserFormValues; problem: Refusal },
) {
  const { user, typed } = refusal;
  const status = statusOf(refusal.problem);
  const problem = problemOf(status, refusal.problem);
  return sendPage(
    reply.code(status),
    userPage({ viewer: viewerOf(parts, request, reply), user, typed, problem }),
  );
}

async function listUsers(parts: WebParts, workspaceId: string) {
  const [users, sessions] = await Promise.all([
    parts.db.user.findMany({
      where: { workspaceId },
      orderBy: [{ status: "asc" }, { name: "asc" }],
      omit: { photo: true },
      include: { _count: { select: { accounts: true } } },
    }),
    parts.db.session.groupBy({ by: ["userId"], where: { workspaceId, revokedAt: null }, _count: true }),
  ]);
  const signedIn = new Map(sessions.map((row) => [row.userId, row._count]));
  return users.map(({ _count, photoType, ...user }) => ({
    ...user,
    hasPhoto: photoType !== null,
    accounts: _count.accounts,
    sessions: signedIn.get(user.id) ?? 0,
  }));
}
