import type { Policy } from "../domain/sequences/policy.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import type { CaseWithAccount } from "../drivers/store/cases.ts";
import type { CompetitorVersion, Contact, SequenceVersion } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";

export interface EnrollContactInput {
  workspaceId: string;
  caseId: string;
  contactId: string;
  /** Absent: chosen from the case (S1-26). */
  sequenceKey?: string;
  pace?: "slow" | "normal" | "fast";
  /** Absent: by the workspace's rules. */
  policy?: Policy;
  /** Business instant; default now. */
  startAt?: Date;
  actor: Actor;
  /** The same key gives the same enrollment. */
  idempotencyKey?: string;
}

/** Everything decided before the first row is written. */
export interface Plan {
  turnover: CaseWithAccount;
  contact: Contact;
  version: SequenceVersion;
  policy: Policy;
  /** As it is under the policy. */
  sequence: Sequence;
  competitor: CompetitorVersion | null;
  csmTask: string | null;
  zone: string;
  now: Date;
  input: EnrollContactInput;
}
