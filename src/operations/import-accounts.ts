import type { Actor } from "./actor.ts";
import type { ImportReport } from "./import-report.ts";
import type { Parts } from "./parts.ts";

export interface ImportAccountsInput {
  workspaceId: string;
  csv: string;
  actor: Actor;
}
export declare function importAccounts(parts: Parts, input: ImportAccountsInput): Promise<ImportReport>;
