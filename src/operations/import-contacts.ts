import type { Actor } from "./actor.ts";
import type { ImportReport } from "./import-report.ts";
import type { Parts } from "./parts.ts";

export interface ImportContactsInput {
  workspaceId: string;
  csv: string;
  actor: Actor;
}
export declare function importContacts(parts: Parts, input: ImportContactsInput): Promise<ImportReport>;
