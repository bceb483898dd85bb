import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { importAccounts } from "../../../../operations/import-accounts.ts";
import { importContacts } from "../../../../operations/import-contacts.ts";
import { importTasks } from "../../../../operations/import-tasks.ts";
import { importTimeline } from "../../../../operations/import-timeline.ts";
import { importPage, LISTS } from "../../../pages/app/accounts/import-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf } from "../form.ts";

const FILE_BYTES = 11 * 1024 * 1024;
const imports = {
  accounts: importAccounts,
  contacts: importContacts,
  tasks: importTasks,
  timeline: importTimeline,
} as const;
const Form = z.object({
  what: z.enum(LISTS),
  file: z.instanceof(Buffer).optional().catch(undefined),
  pasted: z.string().default(""),
});

export function addImportPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/import", { config: { needs: "manage-accounts" } }, async (request, reply) =>
    sendPage(reply, importPage({ viewer: viewerOf(parts, request, reply), done: null, complaint: null })),
  );

  // Answered with the report itself: repeating an import by a reload changes nothing.
  app.post(
    "/import",
    { config: { needs: "manage-accounts" }, bodyLimit: FILE_BYTES },
    async (request, reply) => {
      const { workspaceId, actor } = sessionOf(request);
      const { what, file, pasted } = formOf(request, Form);
      const viewer = viewerOf(parts, request, reply);
      const fromFile = file !== undefined && file.length > 0;
      const csv = fromFile ? readText(file) : pasted;
      if (csv === null || csv.trim() === "") {
        const complaint =
          csv === null
            ? "The file is not UTF-8 text. Save it as “CSV UTF-8” and choose it again."
            : "Nothing was chosen and nothing pasted. Choose a file, or paste the rows.";
        const empty = { created: 0, updated: 0, unchanged: 0, rejected: [] };
        const done = pasted === "" ? null : { what, report: empty, pasted };
        return sendPage(reply.code(422), importPage({ viewer, done, complaint }));
      }
      const report = await imports[what](parts, { workspaceId, csv, actor });
      const done = { what, report, pasted: fromFile || report.rejected.length === 0 ? null : pasted };
      return sendPage(reply, importPage({ viewer, done, complaint: null }));
    },
  );
}

/** Null for bytes that are no UTF-8: guessing another code page would spoil names without a word. */
function readText(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
