import type { Parts } from "./parts.ts";
import type { MailWriters } from "./written-mail.ts";

const templates = () => import("../drivers/templates/internal-mails.ts");

/** The brief that a CSM approved, in the words that were approved. */
export function escalationMailWriters(parts: Pick<Parts, "db" | "links" | "baseUrl">): MailWriters {
  return {
    escalation: async (send) => {
      const row = await parts.db.escalation.findFirst({
        where: { workspaceId: send.workspaceId, id: send.stepKey.replace(/^escalation\./, "") },
      });
      if (row?.status !== "approved") {
        return { kind: "refused", reason: "nobody approved it", remedy: "Look at the case." };
      }
      const mail = await briefMail({
        subject: row.subject,
        body: row.body,
        csmName: send.senderName ?? send.workspaceName,
        workspaceName: send.workspaceName,
      });
      return {
        kind: "written",
        ...mail,
        program: { key: "sponsor-brief", name: "sponsor-brief", mailClass: "service-notice" },
        unsubscribeUrl: `${parts.baseUrl}/u/${parts.links.sign("unsubscribe", send.id)}`,
      };
    },
  };
}

/** The mail exactly as it will be sent: the preview and the sender ask the same function. */
export async function briefMail(facts: {
  subject: string;
  body: string;
  csmName: string;
  workspaceName: string;
}): Promise<{ subject: string; html: string; text: string }> {
  return (await templates()).sponsorBriefMail(facts);
}
