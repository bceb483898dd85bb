import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface EnrollContactInput {
  workspaceId: string;
  caseId: string;
  contactId: string;
  /** Absent: chosen from the case (S1-26). */
  sequenceKey?: string;
  pace?: "slow" | "normal" | "fast";
  /** Business instant; default now. */
  startAt?: Date;
  actor: Actor;
  /** The same key gives the same enrollment. */
  idempotencyKey?: string;
}
export interface Enrolled {
  enrollment: Enrollment;
  sponsorEnrollment: Enrollment | null;
  /** Why this sequence, in words. */
  reason: string;
  /** True when this enrollment already existed for the same idempotency key. */
  repeated: boolean;
}
export declare function enrollContact(parts: Parts, input: EnrollContactInput): Promise<Result<Enrolled>>;
