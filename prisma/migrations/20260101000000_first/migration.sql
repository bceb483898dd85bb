-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "reportZone" TEXT NOT NULL DEFAULT 'UTC',
    "weekStart" INTEGER NOT NULL DEFAULT 1,
    "baseCurrency" TEXT NOT NULL DEFAULT 'USD',
    "postalAddress" TEXT NOT NULL DEFAULT '',
    "windowStart" TEXT NOT NULL DEFAULT '08:30',
    "windowEnd" TEXT NOT NULL DEFAULT '16:30',
    "workWeek" INTEGER[] DEFAULT ARRAY[1, 2, 3, 4, 5]::INTEGER[],
    "holidayCountry" TEXT,
    "clickTracking" TEXT NOT NULL DEFAULT 'page_only',
    "honeypot" BOOLEAN NOT NULL DEFAULT false,
    "mailDomain" TEXT NOT NULL DEFAULT 'baton.localhost',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "title" TEXT,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "roles" TEXT[],
    "status" TEXT NOT NULL DEFAULT 'active',
    "externalRef" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "cadence" TEXT,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_token" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "browserHash" TEXT,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "consumedAt" TIMESTAMP(3),

    CONSTRAINT "sign_in_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastUsedAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "tokenId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "events" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL,
    "disabledAt" TIMESTAMP(3),

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "endpointId" UUID NOT NULL,
    "eventId" TEXT NOT NULL,
    "eventType" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMP(3),
    "leaseUntil" TIMESTAMP(3),
    "responseCode" INTEGER,
    "error" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "deliveredAt" TIMESTAMP(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "workspaceId" UUID NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "externalRef" TEXT,
    "name" TEXT NOT NULL,
    "domains" TEXT[],
    "industry" TEXT,
    "segment" TEXT NOT NULL DEFAULT 'mid_market',
    "tier" TEXT NOT NULL DEFAULT 'mid',
    "productKey" TEXT NOT NULL,
    "arrMinor" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "renewalOn" DATE,
    "zone" TEXT NOT NULL,
    "holidayCountry" TEXT,
    "workWeek" INTEGER[],
    "closedDays" DATE[],
    "csmId" UUID,
    "salesOwnerId" UUID,
    "sponsorContactId" UUID,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "externalRef" TEXT,
    "name" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "email" TEXT,
    "title" TEXT,
    "zone" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en',
    "roles" TEXT[],
    "stance" TEXT,
    "influence" TEXT,
    "startOn" DATE,
    "endOn" DATE,
    "mailStatus" TEXT NOT NULL DEFAULT 'ok',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "success_plan" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "goals" JSONB NOT NULL,
    "direction" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "success_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "acceptedAt" TIMESTAMP(3) NOT NULL,
    "acceptedBy" TEXT NOT NULL,
    "textHash" TEXT NOT NULL,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_entry" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "why" TEXT,
    "visibility" TEXT NOT NULL DEFAULT 'internal',
    "source" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "externalRef" TEXT,

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "value_statement" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "baseline" TEXT NOT NULL,
    "current" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "moneyMinor" BIGINT,
    "source" TEXT NOT NULL,
    "capturedOn" DATE NOT NULL,
    "confirmedBy" TEXT,
    "visibility" TEXT NOT NULL DEFAULT 'customer',

    CONSTRAINT "value_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "turnover_case" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'main_contact',
    "departedContactId" UUID,
    "detectedAt" TIMESTAMP(3) NOT NULL,
    "detectionSource" TEXT NOT NULL,
    "departureEffectiveOn" DATE,
    "departureReason" TEXT,
    "learnedWhen" TEXT NOT NULL DEFAULT 'unknown',
    "destination" TEXT NOT NULL DEFAULT 'unknown',
    "newCompany" TEXT,
    "roleOutcome" TEXT NOT NULL DEFAULT 'unknown',
    "replacementContactId" UUID,
    "replacementType" TEXT,
    "replacementSeenAt" TIMESTAMP(3),
    "competitorKey" TEXT,
    "competitorMonths" INTEGER,
    "competitorRole" TEXT,
    "severity" INTEGER NOT NULL DEFAULT 2,
    "status" TEXT NOT NULL DEFAULT 'detected',
    "outcome" TEXT,
    "closedAt" TIMESTAMP(3),
    "openedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "turnover_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "csm_task" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "enrollmentId" UUID,
    "userId" UUID,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "dueAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),
    "outcome" TEXT,

    CONSTRAINT "csm_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sequence_version" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "sourceHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'published',
    "publishedAt" TIMESTAMP(3) NOT NULL,
    "publishedBy" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "sequence_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "competitor_version" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "sourceHash" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "publishedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "competitor_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "stepKey" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "url" TEXT NOT NULL,

    CONSTRAINT "link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT,
    "body" TEXT,
    "minutes" INTEGER NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "topics" TEXT[],
    "reviewedOn" DATE,
    "owner" TEXT,
    "state" TEXT NOT NULL DEFAULT 'published',

    CONSTRAINT "resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrollment" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "contactId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "competitorVersionId" UUID,
    "besideId" UUID,
    "audience" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "blockedReason" TEXT,
    "pace" TEXT NOT NULL DEFAULT 'normal',
    "cadence" TEXT,
    "zone" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3),
    "position" INTEGER NOT NULL DEFAULT 0,
    "progress" JSONB NOT NULL DEFAULT '{}',
    "pauses" JSONB NOT NULL DEFAULT '[]',
    "exitReason" TEXT,
    "exitedAt" TIMESTAMP(3),
    "completedAt" TIMESTAMP(3),
    "verdict" TEXT,
    "score" DOUBLE PRECISION,
    "meetingReady" BOOLEAN NOT NULL DEFAULT false,
    "senderId" UUID,
    "pageKey" UUID NOT NULL,
    "linksVoidBefore" TIMESTAMP(3),
    "assessDueAt" TIMESTAMP(3),
    "cycle" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "enrollment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'step',
    "mailClass" TEXT NOT NULL DEFAULT 'program',
    "enrollmentId" UUID,
    "accountId" UUID,
    "contactId" UUID,
    "userId" UUID,
    "stepKey" TEXT NOT NULL,
    "variant" TEXT NOT NULL DEFAULT 'a',
    "occurrence" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "reason" TEXT,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "nextAttemptAt" TIMESTAMP(3) NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "localDate" DATE NOT NULL,
    "owner" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "recipientDomain" TEXT NOT NULL DEFAULT '',
    "messageId" TEXT,
    "subject" TEXT,
    "mimeHash" TEXT,
    "response" TEXT,
    "plannedAt" TIMESTAMP(3) NOT NULL,
    "submittedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "bouncedAt" TIMESTAMP(3),
    "bounceKind" TEXT,
    "complainedAt" TIMESTAMP(3),
    "repliedAt" TIMESTAMP(3),

    CONSTRAINT "send_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hit" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "sendId" UUID NOT NULL,
    "enrollmentId" UUID,
    "at" TIMESTAMP(3) NOT NULL,
    "method" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "position" INTEGER,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "acceptLanguage" TEXT,
    "purpose" TEXT,
    "network" TEXT,
    "ipHash" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT 'uncertain',
    "rules" TEXT[],
    "ruleSetVersion" TEXT NOT NULL,
    "eventId" UUID,

    CONSTRAINT "hit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement_event" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "contactId" UUID NOT NULL,
    "sendId" UUID,
    "kind" TEXT NOT NULL,
    "evidenceClass" TEXT NOT NULL,
    "occurredAt" TIMESTAMP(3) NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "source" TEXT NOT NULL,
    "dedupeKey" TEXT NOT NULL,

    CONSTRAINT "engagement_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "stepKey" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "must" BOOLEAN NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "evidence" TEXT,
    "changedAt" TIMESTAMP(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "objective" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "stepKey" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'set',
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "objective_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "knowledge_answer" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "checkKey" TEXT NOT NULL,
    "itemKey" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "right" BOOLEAN NOT NULL,
    "answeredAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "knowledge_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "question" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "contactId" UUID NOT NULL,
    "stepKey" TEXT,
    "text" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'how_to',
    "severity" TEXT NOT NULL DEFAULT 'normal',
    "state" TEXT NOT NULL DEFAULT 'new',
    "askedAt" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),
    "answeredBy" TEXT,
    "duplicateOf" UUID,
    "source" TEXT NOT NULL DEFAULT 'page',

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "priority" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "why" TEXT,
    "validFrom" TIMESTAMP(3) NOT NULL,
    "validTo" TIMESTAMP(3),

    CONSTRAINT "priority_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intent" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "why" TEXT,
    "statedAt" TIMESTAMP(3) NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT 'alignment',
    "state" TEXT NOT NULL DEFAULT 'suggested',
    "slotAt" TIMESTAMP(3),
    "agenda" JSONB,
    "note" TEXT,
    "requestedAt" TIMESTAMP(3) NOT NULL,
    "heldAt" TIMESTAMP(3),
    "demo" TEXT,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "readiness_assessment" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "localDate" DATE NOT NULL,
    "cause" TEXT NOT NULL,
    "activeDay" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "verdict" TEXT NOT NULL,
    "meetingReady" BOOLEAN NOT NULL,
    "confidence" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "resultHash" TEXT NOT NULL,
    "modelVersion" TEXT NOT NULL,

    CONSTRAINT "readiness_assessment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "readiness_signal" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "assessmentId" UUID,
    "kind" TEXT NOT NULL,
    "fromVerdict" TEXT,
    "toVerdict" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "seenAt" TIMESTAMP(3),

    CONSTRAINT "readiness_signal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT,
    "sendId" UUID,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_mail" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "sendId" UUID,
    "enrollmentId" UUID,
    "kind" TEXT NOT NULL,
    "fromAddress" TEXT,
    "subject" TEXT,
    "text" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "rawHash" TEXT NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "inbound_mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_key_key" ON "workspace"("key");

-- CreateIndex
CREATE UNIQUE INDEX "user_workspaceId_email_key" ON "user"("workspaceId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "product_workspaceId_key_key" ON "product"("workspaceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_token_tokenHash_key" ON "sign_in_token"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "session_tokenHash_key" ON "session"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_tokenHash_key" ON "api_token"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_key_workspaceId_tokenId_key_key" ON "idempotency_key"("workspaceId", "tokenId", "key");

-- CreateIndex
CREATE INDEX "webhook_delivery_status_nextAttemptAt_idx" ON "webhook_delivery"("status", "nextAttemptAt");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_endpointId_eventId_key" ON "webhook_delivery"("endpointId", "eventId");

-- CreateIndex
CREATE INDEX "audit_entry_workspaceId_id_idx" ON "audit_entry"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "audit_entry_workspaceId_subjectType_subjectId_idx" ON "audit_entry"("workspaceId", "subjectType", "subjectId");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_workspaceId_prevHash_key" ON "audit_entry"("workspaceId", "prevHash");

-- CreateIndex
CREATE INDEX "account_workspaceId_name_idx" ON "account"("workspaceId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "account_workspaceId_externalRef_key" ON "account"("workspaceId", "externalRef");

-- CreateIndex
CREATE INDEX "contact_workspaceId_accountId_idx" ON "contact"("workspaceId", "accountId");

-- CreateIndex
CREATE INDEX "contact_workspaceId_email_idx" ON "contact"("workspaceId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "contact_workspaceId_externalRef_key" ON "contact"("workspaceId", "externalRef");

-- CreateIndex
CREATE UNIQUE INDEX "success_plan_workspaceId_accountId_version_key" ON "success_plan"("workspaceId", "accountId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "agreement_planId_party_key" ON "agreement"("planId", "party");

-- CreateIndex
CREATE INDEX "timeline_entry_workspaceId_accountId_date_idx" ON "timeline_entry"("workspaceId", "accountId", "date");

-- CreateIndex
CREATE INDEX "value_statement_workspaceId_accountId_idx" ON "value_statement"("workspaceId", "accountId");

-- CreateIndex
CREATE INDEX "turnover_case_workspaceId_status_idx" ON "turnover_case"("workspaceId", "status");

-- CreateIndex
CREATE INDEX "turnover_case_workspaceId_accountId_idx" ON "turnover_case"("workspaceId", "accountId");

-- CreateIndex
CREATE INDEX "csm_task_workspaceId_userId_doneAt_idx" ON "csm_task"("workspaceId", "userId", "doneAt");

-- CreateIndex
CREATE UNIQUE INDEX "csm_task_caseId_key_key" ON "csm_task"("caseId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "sequence_version_workspaceId_key_version_key" ON "sequence_version"("workspaceId", "key", "version");

-- CreateIndex
CREATE UNIQUE INDEX "sequence_version_workspaceId_key_sourceHash_key" ON "sequence_version"("workspaceId", "key", "sourceHash");

-- CreateIndex
CREATE UNIQUE INDEX "competitor_version_workspaceId_key_version_key" ON "competitor_version"("workspaceId", "key", "version");

-- CreateIndex
CREATE UNIQUE INDEX "competitor_version_workspaceId_key_sourceHash_key" ON "competitor_version"("workspaceId", "key", "sourceHash");

-- CreateIndex
CREATE UNIQUE INDEX "link_versionId_stepKey_variant_position_key" ON "link"("versionId", "stepKey", "variant", "position");

-- CreateIndex
CREATE UNIQUE INDEX "resource_workspaceId_key_key" ON "resource"("workspaceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "enrollment_pageKey_key" ON "enrollment"("pageKey");

-- CreateIndex
CREATE INDEX "enrollment_workspaceId_contactId_idx" ON "enrollment"("workspaceId", "contactId");

-- CreateIndex
CREATE INDEX "enrollment_workspaceId_accountId_idx" ON "enrollment"("workspaceId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "enrollment_workspaceId_caseId_contactId_audience_cycle_key" ON "enrollment"("workspaceId", "caseId", "contactId", "audience", "cycle");

-- CreateIndex
CREATE INDEX "send_workspaceId_contactId_localDate_idx" ON "send"("workspaceId", "contactId", "localDate");

-- CreateIndex
CREATE INDEX "send_workspaceId_accountId_localDate_idx" ON "send"("workspaceId", "accountId", "localDate");

-- CreateIndex
CREATE INDEX "send_messageId_idx" ON "send"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "send_enrollmentId_stepKey_occurrence_key" ON "send"("enrollmentId", "stepKey", "occurrence");

-- CreateIndex
CREATE INDEX "hit_sendId_at_idx" ON "hit"("sendId", "at");

-- CreateIndex
CREATE INDEX "hit_enrollmentId_idx" ON "hit"("enrollmentId");

-- CreateIndex
CREATE INDEX "engagement_event_enrollmentId_occurredAt_idx" ON "engagement_event"("enrollmentId", "occurredAt");

-- CreateIndex
CREATE INDEX "engagement_event_workspaceId_occurredAt_idx" ON "engagement_event"("workspaceId", "occurredAt");

-- CreateIndex
CREATE UNIQUE INDEX "engagement_event_enrollmentId_dedupeKey_key" ON "engagement_event"("enrollmentId", "dedupeKey");

-- CreateIndex
CREATE UNIQUE INDEX "task_enrollmentId_key_key" ON "task"("enrollmentId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "objective_enrollmentId_key_key" ON "objective"("enrollmentId", "key");

-- CreateIndex
CREATE INDEX "knowledge_answer_enrollmentId_checkKey_idx" ON "knowledge_answer"("enrollmentId", "checkKey");

-- CreateIndex
CREATE INDEX "question_enrollmentId_idx" ON "question"("enrollmentId");

-- CreateIndex
CREATE INDEX "question_workspaceId_state_idx" ON "question"("workspaceId", "state");

-- CreateIndex
CREATE INDEX "priority_workspaceId_accountId_validTo_idx" ON "priority"("workspaceId", "accountId", "validTo");

-- CreateIndex
CREATE INDEX "intent_enrollmentId_statedAt_idx" ON "intent"("enrollmentId", "statedAt");

-- CreateIndex
CREATE INDEX "meeting_enrollmentId_idx" ON "meeting"("enrollmentId");

-- CreateIndex
CREATE INDEX "readiness_assessment_enrollmentId_localDate_idx" ON "readiness_assessment"("enrollmentId", "localDate");

-- CreateIndex
CREATE UNIQUE INDEX "readiness_assessment_enrollmentId_at_key" ON "readiness_assessment"("enrollmentId", "at");

-- CreateIndex
CREATE INDEX "readiness_signal_workspaceId_at_idx" ON "readiness_signal"("workspaceId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "readiness_signal_enrollmentId_dedupeKey_key" ON "readiness_signal"("enrollmentId", "dedupeKey");

-- CreateIndex
CREATE UNIQUE INDEX "suppression_workspaceId_email_key" ON "suppression"("workspaceId", "email");

-- CreateIndex
CREATE INDEX "inbound_mail_enrollmentId_idx" ON "inbound_mail"("enrollmentId");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_mail_workspaceId_rawHash_key" ON "inbound_mail"("workspaceId", "rawHash");

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "webhook_endpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_csmId_fkey" FOREIGN KEY ("csmId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_planId_fkey" FOREIGN KEY ("planId") REFERENCES "success_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "turnover_case" ADD CONSTRAINT "turnover_case_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "csm_task" ADD CONSTRAINT "csm_task_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "turnover_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "sequence_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "turnover_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "sequence_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "send" ADD CONSTRAINT "send_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "enrollment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
