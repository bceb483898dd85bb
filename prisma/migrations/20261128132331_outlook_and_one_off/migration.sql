-- AlterTable
ALTER TABLE "user" ADD COLUMN     "caseCapacity" INTEGER,
ADD COLUMN     "minuteCapacity" INTEGER;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "rankingRates" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "outlook_override" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "outlook" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "untilOn" DATE NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "proposedAt" TIMESTAMP(3) NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "decidedAt" TIMESTAMP(3),
    "decidedBy" TEXT,
    "answer" TEXT,

    CONSTRAINT "outlook_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_off_mail" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "contactId" UUID NOT NULL,
    "templateId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "sendId" UUID NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "one_off_mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "outlook_override_workspaceId_caseId_idx" ON "outlook_override"("workspaceId", "caseId");

-- CreateIndex
CREATE INDEX "one_off_mail_workspaceId_caseId_idx" ON "one_off_mail"("workspaceId", "caseId");

-- CreateIndex
CREATE INDEX "one_off_mail_workspaceId_contactId_idx" ON "one_off_mail"("workspaceId", "contactId");

-- Of one case at most one proposal waits for a manager, and its states are those the board knows.
create unique index outlook_override_one_proposed_per_case on outlook_override ("caseId")
  where status = 'proposed';
alter table outlook_override add constraint outlook_override_status_known check (
  status in ('proposed', 'approved', 'refused', 'replaced'));
alter table outlook_override add constraint outlook_override_outlook_known check (
  outlook in ('expect_save', 'high_risk'));
