-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "redactedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "erasedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "points" JSONB;

-- AlterTable
ALTER TABLE "turnover_case" ADD COLUMN     "chosenPace" TEXT,
ADD COLUMN     "chosenStartOn" DATE,
ADD COLUMN     "chosenTrack" TEXT;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "photo" BYTEA,
ADD COLUMN     "photoType" TEXT;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "closedDays" DATE[],
ADD COLUMN     "erasureKey" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateTable
CREATE TABLE "sequence_draft" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "baseVersion" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "authorId" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "comment" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "submittedAt" TIMESTAMP(3),
    "decidedAt" TIMESTAMP(3),
    "decidedBy" TEXT,

    CONSTRAINT "sequence_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_mail" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "versionId" UUID,
    "draftId" UUID,
    "stepKey" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "caseId" UUID,
    "contactId" UUID,
    "askedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "test_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "escalation" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "enrollmentId" UUID,
    "contactId" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "sendId" UUID,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "decidedAt" TIMESTAMP(3),
    "decidedBy" TEXT,
    "reason" TEXT,

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_template" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "topics" TEXT[],
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "ownerId" UUID,
    "reviewedOn" DATE,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "mail_template_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sequence_draft_workspaceId_key_status_idx" ON "sequence_draft"("workspaceId", "key", "status");

-- CreateIndex
CREATE INDEX "test_mail_workspaceId_userId_askedAt_idx" ON "test_mail"("workspaceId", "userId", "askedAt");

-- CreateIndex
CREATE INDEX "escalation_workspaceId_caseId_idx" ON "escalation"("workspaceId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "mail_template_workspaceId_key_key" ON "mail_template"("workspaceId", "key");

-- CreateIndex
CREATE INDEX "account_workspaceId_csmId_idx" ON "account"("workspaceId", "csmId");

-- CreateIndex
CREATE INDEX "contact_workspaceId_name_idx" ON "contact"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "enrollment_workspaceId_versionId_idx" ON "enrollment"("workspaceId", "versionId");

-- CreateIndex
CREATE INDEX "hit_workspaceId_ipHash_at_idx" ON "hit"("workspaceId", "ipHash", "at");
