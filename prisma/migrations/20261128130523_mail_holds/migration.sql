-- AlterTable
ALTER TABLE "send" ADD COLUMN     "refusals" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "mail_hold" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "sequenceKey" TEXT,
    "dueBefore" TIMESTAMP(3),
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,

    CONSTRAINT "mail_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shared_instant" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "shared_instant_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "mail_hold_workspaceId_startedAt_idx" ON "mail_hold"("workspaceId", "startedAt");
