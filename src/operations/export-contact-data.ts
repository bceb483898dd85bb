import { writeCsv } from "../domain/accounts/write-csv.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Actor } from "./actor.ts";
import { contactData } from "./contact-data.ts";
import type { Parts } from "./parts.ts";

export type DataFormat = "json" | "csv";
export interface DataFile {
  name: string;
  type: string;
  body: string;
}

/** A person's own data as a file, noted in the audit with who took it (unsaid: they themselves). Null: no such person. */
export async function exportContactData(
  parts: Parts,
  input: { workspaceId: string; contactId: string; format: DataFormat; actor?: Actor },
): Promise<DataFile | null> {
  const { workspaceId, contactId, format } = input;
  const data = await contactData(parts, { workspaceId, contactId });
  if (data === null) return null;
  await recordAudit(parts.db, {
    workspaceId,
    at: parts.clock.now(),
    actor: input.actor ?? `contact:${contactId}`,
    action: "contact-data-exported",
    subjectType: "contact",
    subjectId: contactId,
    after: { format },
  });
  const day = parts.clock.now().toISOString().slice(0, 10);
  if (format === "csv")
    return {
      name: `my-data-${day}.csv`,
      type: "text/csv; charset=utf-8",
      body: writeCsv(
        ["when", "kind", "text"],
        data.lines.map(({ at, kind, text }) => [at, kind, text]),
      ),
    };
  return {
    name: `my-data-${day}.json`,
    type: "application/json; charset=utf-8",
    body: JSON.stringify(
      data.sections,
      (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value),
      2,
    ),
  };
}
