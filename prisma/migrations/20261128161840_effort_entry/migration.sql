-- CreateTable
CREATE TABLE "effort_entry" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "spentOn" DATE NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "takenBackAt" TIMESTAMP(3),
    "takenBackBy" TEXT,

    CONSTRAINT "effort_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "effort_entry_workspaceId_caseId_idx" ON "effort_entry"("workspaceId", "caseId");

-- An entry is some minutes of one day; less or more is a slip that no sum should carry.
alter table effort_entry add constraint effort_entry_minutes_sensible check (minutes between 1 and 1440);
-- What our own people did is a small part of the log, and is counted for every case of a board.
create index engagement_event_by_csm on engagement_event ("enrollmentId") where source = 'csm';
