import type { CsmTask, Prisma } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";

/** A task of ours as lists name it: with words that mean the same in another workspace. */
export interface TaskLine
  extends Pick<
    CsmTask,
    | "id"
    | "caseId"
    | "externalRef"
    | "key"
    | "kind"
    | "text"
    | "detail"
    | "dueAt"
    | "createdAt"
    | "doneAt"
    | "outcome"
  > {
  /** The account's external_ref, or its name. */
  account: string;
  /** The case's external_ref, or its number. */
  case: string;
  ownerEmail: string | null;
}

interface Window {
  take: number;
  orderBy: { id: "asc" | "desc" };
}

/** What people of ours have to do and have done (S0-24): all of a workspace, or what `where` narrows it to. */
export async function listTasks(
  db: Db,
  workspaceId: string,
  where: Prisma.CsmTaskWhereInput,
  window: Window,
): Promise<TaskLine[]> {
  const rows = await db.csmTask.findMany({
    ...window,
    where: { ...where, workspaceId },
    include: {
      case: { select: { externalRef: true, account: { select: { externalRef: true, name: true } } } },
    },
  });
  const owners = [...new Set(rows.flatMap(({ userId }) => (userId === null ? [] : [userId])))];
  const users = await db.user.findMany({
    where: { workspaceId, id: { in: owners } },
    select: { id: true, email: true },
  });
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return rows.map(({ case: turnover, userId, ...row }) => ({
    ...row,
    account: turnover.account.externalRef ?? turnover.account.name,
    case: turnover.externalRef ?? row.caseId,
    ownerEmail: userId === null ? null : (emails.get(userId) ?? null),
  }));
}
