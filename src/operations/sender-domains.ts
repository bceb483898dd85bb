import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Db } from "./parts.ts";

/**
 * The domains that receivers judge our mails by: that of the return path, and those that stand in From. Mails
 * to contacts come from the CSM's own address, mails to our own people from the mail domain.
 */
export async function senderDomains(
  db: Db,
  workspaceId: string,
): Promise<{ mailDomain: string; fromDomains: string[] }> {
  const [{ mailDomain }, senders] = await Promise.all([
    getWorkspace(db, workspaceId),
    db.user.findMany({
      where: {
        workspaceId,
        status: { not: "left" },
        OR: [{ roles: { has: "csm" } }, { accounts: { some: {} } }],
      },
      select: { email: true },
      orderBy: { email: "asc" },
    }),
  ]);
  const domains = senders.map(({ email }) => email.slice(email.lastIndexOf("@") + 1).toLowerCase());
  return { mailDomain, fromDomains: [...new Set([...domains, mailDomain])] };
}
