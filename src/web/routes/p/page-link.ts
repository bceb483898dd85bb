import { findPage } from "../../../operations/sponsor-page.ts";
import type { WebParts } from "../../web-parts.ts";

const MS_PER_DAY = 86_400_000;
/** A page link works this long after the mail that carried it; then one button mails a fresh one. */
export const PAGE_LINK_DAYS = 120;

export interface OpenPage {
  workspaceId: string;
  enrollmentId: string;
  audience: "contact" | "sponsor" | "csm";
  pageKey: string;
  /** The mail whose link was used; null for a link that names the page itself. */
  sendId: string | null;
  stepKey: string | null;
  /** Which link of that mail it was. */
  position: number;
}
export type PageLink =
  | { state: "unknown" }
  | { state: "expired"; page: OpenPage }
  | { state: "open"; page: OpenPage };

/** Reads a signed page link: its subject is a send, or the page's own key. Either can be revoked (void-page-links.ts). */
export async function readPageLink(parts: WebParts, token: string): Promise<PageLink> {
  const claims = parts.links.read("page", token);
  if (claims === null) return { state: "unknown" };
  const send = await parts.db.send.findUnique({
    where: { id: claims.subject },
    select: {
      id: true,
      stepKey: true,
      submittedAt: true,
      enrollment: { select: { pageKey: true, linksVoidBefore: true } },
    },
  });
  const pageKey = send === null ? claims.subject : send.enrollment?.pageKey;
  if (pageKey === undefined) return { state: "unknown" };
  const found = await findPage(parts, pageKey);
  if (found === null) return { state: "unknown" };
  const page: OpenPage = {
    ...found,
    pageKey,
    sendId: send?.id ?? null,
    stepKey: send?.stepKey ?? null,
    position: claims.position,
  };
  const voidBefore = send?.enrollment?.linksVoidBefore ?? null;
  // A mail that had not left when the links were voided carries a link of the time after.
  const isVoid = voidBefore !== null && send?.submittedAt != null && send.submittedAt <= voidBefore;
  const ageDays = (parts.clock.now().getTime() - claims.issuedAt.getTime()) / MS_PER_DAY;
  return { state: isVoid || ageDays > PAGE_LINK_DAYS ? "expired" : "open", page };
}
