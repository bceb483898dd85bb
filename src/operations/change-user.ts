import { z } from "zod";
import { roles } from "../domain/access/capabilities.ts";
import { isZone } from "../domain/calendar/zones.ts";
import { readAddress } from "../domain/sending/addresses.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Prisma, User } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

const oneLine = z
  .string()
  .trim()
  .max(120, "is longer than 120 characters")
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line");

/** A person of the vendor, as an admin writes them down. */
export const UserForm = z.object({
  name: oneLine.min(1, "is empty"),
  email: z.string(),
  title: oneLine.default(""),
  zone: z.string().trim().refine(isZone, "is not a known time zone; use a name like Europe/Oslo"),
  roles: z.array(z.enum(roles)).min(1, "choose at least one"),
  status: z.enum(["active", "leaving", "left"]).default("active"),
});
export type UserForm = z.input<typeof UserForm>;

type ReadForm = { ok: true; fields: z.output<typeof UserForm> } | ReturnType<typeof refuse>;

/** Adds a person. They sign in by asking for a link at /sign-in; nothing is sent by this. */
export async function addUser(
  parts: Parts,
  input: { workspaceId: string; form: UserForm; actor: Actor },
): Promise<Result<{ user: User }>> {
  const { workspaceId, actor } = input;
  const form = readForm(input.form);
  if (!form.ok) return form;
  return transact(parts, async (tx) => {
    if (await isTaken(tx, workspaceId, form.fields.email, null)) return taken();
    const user = await tx.user.create({ data: { workspaceId, ...columns(form.fields) } });
    await audit(tx, parts, { workspaceId, actor, action: "user-added", user, before: null });
    return { ok: true, user };
  });
}

/**
 * Changes a person. A change of roles, address or status ends every session of theirs, so that the next
 * request already sees it (trust.md A15). The last active admin stays one: somebody must hold the keys.
 */
export async function changeUser(
  parts: Parts,
  input: { workspaceId: string; userId: string; form: UserForm; actor: Actor },
): Promise<Result<{ user: User; sessionsEnded: number }>> {
  const { workspaceId, userId, actor } = input;
  const form = readForm(input.form);
  if (!form.ok) return form;
  const { fields } = form;
  return transact(parts, async (tx) => {
    const before = await tx.user.findFirst({ where: { workspaceId, id: userId } });
    if (before === null)
      return refuse("unknown-user", "user", "There is no such person here.", "Go back to the list of users.");
    if (await isTaken(tx, workspaceId, fields.email, userId)) return taken();
    const staysAdmin = fields.roles.includes("admin") && fields.status !== "left";
    if (isActiveAdmin(before) && !staysAdmin && !(await hasAnotherAdmin(tx, workspaceId, userId))) {
      return refuse(
        "last-admin",
        "roles",
        "This is the last admin of the workspace.",
        "Make somebody else an admin first.",
      );
    }
    const user = await tx.user.update({ where: { id: userId }, data: columns(fields) });
    const rights = [...before.roles].sort().join() !== [...user.roles].sort().join();
    const ends = rights || before.email !== user.email || before.status !== user.status;
    const { count: sessionsEnded } = ends
      ? await tx.session.updateMany({
          where: { workspaceId, userId, revokedAt: null },
          data: { revokedAt: parts.clock.wall() },
        })
      : { count: 0 };
    // A link that is still in a mailbox was asked for by who they were before.
    if (ends)
      await tx.signInToken.updateMany({
        where: { workspaceId, userId, consumedAt: null },
        data: { consumedAt: parts.clock.wall() },
      });
    await audit(tx, parts, { workspaceId, actor, action: "user-changed", user, before });
    return { ok: true, user, sessionsEnded };
  });
}

/** What anybody may change of themselves: name, title and zone. Their address and roles are an admin's. */
export async function changeOwnProfile(
  parts: Parts,
  input: { workspaceId: string; userId: string; name: string; title: string; zone: string },
): Promise<Result<{ user: User }>> {
  const { workspaceId, userId, name, title, zone } = input;
  const own = await parts.db.user.findFirst({ where: { workspaceId, id: userId } });
  if (own === null) return refuse("unknown-user", "user", "There is no such person here.", "Sign in again.");
  const form = { name, title, zone, email: own.email, roles: own.roles, status: own.status } as UserForm;
  const changed = await changeUser(parts, { workspaceId, userId, form, actor: `user:${userId}` });
  return changed.ok ? { ok: true, user: changed.user } : changed;
}

function readForm(form: UserForm): ReadForm {
  const read = UserForm.safeParse(form);
  if (!read.success) {
    const issue = read.error.issues[0];
    const place = String(issue?.path[0] ?? "form");
    return refuse(
      "invalid-user",
      place,
      `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${issue?.message ?? "is not valid"}`,
      "Correct it and save again; nothing was changed.",
    );
  }
  const address = readAddress(read.data.email);
  if (!address.ok)
    return refuse(address.problem.code, "email", address.problem.message, address.problem.remedy);
  return { ok: true, fields: { ...read.data, email: address.address.toLowerCase() } };
}

function columns(fields: z.output<typeof UserForm>) {
  return { ...fields, title: fields.title === "" ? null : fields.title };
}

function taken() {
  return refuse(
    "already-a-user",
    "email",
    "Somebody here has this address already.",
    "Use another address, or change that person.",
  );
}

async function isTaken(db: Db, workspaceId: string, email: string, except: string | null): Promise<boolean> {
  const other = await db.user.findFirst({ where: { workspaceId, email }, select: { id: true } });
  return other !== null && other.id !== except;
}

function isActiveAdmin(user: User): boolean {
  return user.roles.includes("admin") && user.status !== "left";
}

async function hasAnotherAdmin(db: Db, workspaceId: string, userId: string): Promise<boolean> {
  const others = { workspaceId, id: { not: userId }, status: { not: "left" }, roles: { has: "admin" } };
  return (await db.user.count({ where: others })) > 0;
}

function audit(
  tx: Prisma.TransactionClient,
  parts: Parts,
  entry: { workspaceId: string; actor: Actor; action: string; user: User; before: User | null },
) {
  const { workspaceId, actor, action, user, before } = entry;
  return recordAudit(tx, {
    workspaceId,
    at: parts.clock.now(),
    actor,
    action,
    subjectType: "user",
    subjectId: user.id,
    ...(before === null ? {} : { before: told(before) }),
    after: told(user),
  });
}

function told({ name, email, title, zone, roles, status }: User) {
  return { name, email, title, zone, roles, status };
}
