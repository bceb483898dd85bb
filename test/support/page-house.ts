import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MailboxFolder } from "../../src/drivers/local/mailbox-folder.ts";
import { furnish } from "../../src/lab/pages/page-furniture.ts";
import type { Reader } from "../../src/lab/pages/page-routes.ts";
import { findPageRows, findShownEnrollment, type PageRows } from "../../src/lab/pages/page-rows.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { enrolled } from "./desk.ts";
import { aMail, aWebHouse, signIn, type WebHouse } from "./web-house.ts";

/** A house in which every kind of page of the product has something to show. */
export interface PageHouse extends WebHouse {
  readonly rows: PageRows;
  /** The session's cookie; null for who has none. */
  readonly cookies: Readonly<Record<Reader, string | null>>;
}

const LEAD = "ruth@fernwick.test";

export async function aPageHouse(more: Partial<WebParts> = {}): Promise<PageHouse> {
  const folder = mkdtempSync(join(tmpdir(), "baton-page-house-"));
  const mailbox = new MailboxFolder(folder);
  const house = await aWebHouse({ mailbox, ...more });
  const { db } = house.parts;
  const { workspaceId, csm } = house;
  // The second one's links are voided below.
  for (const name of ["Brightmoor Clinics", "Corvane Logistics"]) {
    const { enrollment, sponsorEnrollment } = await enrolled(house, { account: { name } });
    await aMail(house, enrollment, "the-job", { subject: "What the job is" });
    if (sponsorEnrollment === null) throw new Error("The sponsor was not enrolled beside.");
    await aMail(house, sponsorEnrollment, "what-changed", { subject: "What changed" });
  }
  const lead = await db.user.create({
    data: { workspaceId, name: "Ruth Adeyemi", email: LEAD, roles: ["cs_leader", "manager", "admin"] },
  });
  const shown = await findShownEnrollment(house.parts, workspaceId, csm.id);
  const furniture = await furnish(house.parts, {
    workspaceId,
    csmId: csm.id,
    authorId: lead.id,
    shownEnrollmentId: shown.id,
    mailbox,
  });
  return {
    ...house,
    rows: await findPageRows(house.parts, workspaceId, csm.id, furniture),
    cookies: {
      csm: (await signIn(house)).cookie,
      lead: (await signIn(house, LEAD)).cookie,
      nobody: null,
    },
    close: async () => {
      await house.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
