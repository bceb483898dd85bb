-- AlterTable
ALTER TABLE "enrollment" ADD COLUMN     "policy" TEXT NOT NULL DEFAULT 'standard';

-- AlterTable
ALTER TABLE "turnover_case" ADD COLUMN     "chosenPolicy" TEXT;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "policyRules" JSONB NOT NULL DEFAULT '{}';

alter table enrollment add constraint enrollment_policy_known check (policy in ('light', 'standard', 'full'));
alter table turnover_case add constraint turnover_case_policy_known check (
  "chosenPolicy" is null or "chosenPolicy" in ('light', 'standard', 'full'));
