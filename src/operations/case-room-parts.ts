import type { EscalationCause } from "../domain/turnover/escalation.ts";
import type { Outlook } from "../domain/turnover/outlook.ts";
import type { PlanStage } from "../domain/turnover/recovery-plan.ts";
import type {
  Account,
  Case,
  Contact,
  CsmTask,
  Escalation,
  TimelineEntry,
  User,
} from "../drivers/store/generated/client.ts";
import type { CaseEffort } from "./case-effort.ts";
import type { CaseOverrides } from "./case-overrides.ts";
import type { PagePlan } from "./page-parts.ts";
import type { RoomEnrollment } from "./room-parts.ts";

/** The one most useful thing to do in a case: why, and the button that does it or leads to it. */
export interface NextAct {
  readonly why: string;
  readonly label: string;
  /** A place to go, or a form to send with these fields. */
  readonly act:
    | { readonly kind: "go"; readonly href: string }
    | { readonly kind: "post"; readonly action: string; readonly fields: Readonly<Record<string, string>> };
}

/** Everything a CSM sees of one case. */
export interface CaseRoom {
  case: Case;
  account: Account;
  csm: User | null;
  departed: Contact | null;
  replacement: Contact | null;
  sponsor: Contact | null;
  contacts: Contact[];
  daysAtRisk: number;
  /** Days between leaving and our finding out (S1-12); null while the day of leaving is unknown. */
  lagDays: number | null;
  /** What is not captured yet, in words. */
  missing: { field: string; text: string }[];
  enrollments: RoomEnrollment[];
  /** Contact's first against sponsor's first, when they differ (S0-17). */
  mismatch: { contact: string; sponsor: string } | null;
  csmTasks: CsmTask[];
  timeline: TimelineEntry[];
  plan: PagePlan | null;
  /** Before enrolling: which sequence the case asks for, and why (S0-45). Null when nothing can be proposed. */
  proposal: { sequenceKey: string; name: string; reason: string; versionId: string } | null;
  /** Will the customer be kept, by the rules of domain.md E.7, and why. */
  outlook: Outlook;
  /** What the rules alone say, and what people say against them. */
  ruledOutlook: Outlook;
  overrides: CaseOverrides;
  recovery: { percent: number; stages: PlanStage[] };
  /** Local days until the contract renews; negative when it passed. Null: no date known. */
  daysToRenewal: number | null;
  escalation: RoomEscalation;
  /** Minutes of people, and minutes spared to them: both estimated (S0-27). */
  effort: CaseEffort;
  /** Competitors with a published card, for the capture form. */
  competitors: { key: string; name: string }[];
  nextAct: NextAct | null;
}

export interface RoomEscalation {
  causes: { cause: EscalationCause; why: string }[];
  draft: Escalation | null;
  /** The last brief that was decided about. */
  last: Escalation | null;
  cooldownUntil: string | null;
  /** Why no brief can go now, in words; null when one can. */
  blocked: string | null;
}
