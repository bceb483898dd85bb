-- A page far on in the list of contacts passes over rows in the index alone.
DROP INDEX "contact_workspaceId_name_idx";

CREATE INDEX "contact_workspaceId_name_id_idx" ON "contact"("workspaceId", "name", "id");
