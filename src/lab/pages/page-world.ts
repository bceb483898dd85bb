import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../../app.ts";
import { findAuditBreak } from "../../drivers/store/audit.ts";
import { publishSequences } from "../../operations/publish-sequence.ts";
import { ensureWorkspace } from "../../operations/workspaces.ts";
import { repositoryRoot } from "../../repository-root.ts";
import { writePageCrowd } from "./page-crowd.ts";

export interface PageWorldOptions {
  readonly accounts?: number;
  readonly contacts?: number;
  readonly events?: number;
  readonly onProgress?: (text: string) => void;
}

const CASES = { openCases: 600, closedCases: 2_000 } as const;
const OTHERS = { hits: 200_000, auditEntries: 100_000 } as const;
const CSMS = 30;

export const LEAD = "ruth@fernwick.test";
export const emailOf = (n: number) => `csm${String(n).padStart(2, "0")}@fernwick.test`;

/** A workspace of the size that the product promises, unless told otherwise, with thirty CSMs and one who leads them. */
export async function makePageWorld(
  app: App,
  {
    accounts = 10_000,
    contacts = 100_000,
    events = 1_000_000,
    onProgress = () => undefined,
  }: PageWorldOptions,
): Promise<{ workspaceId: string; csmId: string }> {
  const { parts } = app;
  const people = Array.from({ length: CSMS }, (_, index) => ({
    name: `Csm Number ${index + 1}`,
    email: emailOf(index + 1),
    title: "Customer success",
    zone: "Europe/Berlin",
    roles: ["csm"],
  }));
  const { workspaceId, userIds } = await ensureWorkspace(parts, {
    key: "main",
    name: "Fernwick Software",
    postalAddress: "1 Quay, Oslo",
    mailDomain: "mail.fernwick.test",
    users: [...people, { name: "Ruth Adeyemi", email: LEAD, roles: ["cs_leader", "manager", "admin"] }],
    products: [{ key: "campaigns", name: "Fernwick Campaigns" }],
  });
  const files = readdirSync(join(repositoryRoot, "sequences"), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => ({
      name: `sequences/${name}`,
      source: readFileSync(join(repositoryRoot, "sequences", name), "utf8"),
    }));
  await publishSequences(parts, { workspaceId, files, actor: "system" });
  const perAccount = Math.max(4, Math.round(contacts / accounts));
  await writePageCrowd(parts.sql, {
    workspaceId,
    accounts,
    perAccount,
    events,
    ...CASES,
    ...OTHERS,
    onProgress,
  });
  const broken = await findAuditBreak(parts.db, workspaceId);
  if (broken !== null) throw new Error(`The audit that the bench wrote does not hold at ${broken.id}.`);
  return { workspaceId, csmId: userIds[emailOf(1)] ?? "" };
}
