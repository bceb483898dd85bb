-- AlterTable
ALTER TABLE "csm_task" ADD COLUMN     "externalRef" TEXT;

-- AlterTable
ALTER TABLE "turnover_case" ADD COLUMN     "externalRef" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "csm_task_workspaceId_externalRef_key" ON "csm_task"("workspaceId", "externalRef");

-- CreateIndex
CREATE INDEX "timeline_entry_workspaceId_accountId_externalRef_idx" ON "timeline_entry"("workspaceId", "accountId", "externalRef");

-- CreateIndex
CREATE UNIQUE INDEX "turnover_case_workspaceId_externalRef_key" ON "turnover_case"("workspaceId", "externalRef");
