import { pageLinkMail } from "../drivers/templates/internal-mails.ts";
import type { Links } from "./parts.ts";
import type { MailWriter } from "./written-mail.ts";

/** The mail that `renewPageLink` asks for: Send.kind "page_link". */
export function pageLinkMailWriter(parts: { readonly links: Links; readonly baseUrl: string }): MailWriter {
  return async (send) => {
    const mail = await pageLinkMail({
      firstName: send.recipientFirstName ?? "there",
      csmName: send.senderName ?? send.workspaceName,
      accountName: send.accountName ?? "",
      productName: send.productName ?? send.workspaceName,
      url: `${parts.baseUrl}/p/${parts.links.sign("page", send.id)}`,
    });
    return {
      kind: "written",
      ...mail,
      program: { key: "page-link", name: "Page links", mailClass: "service-notice" },
      unsubscribeUrl: null,
    };
  };
}
