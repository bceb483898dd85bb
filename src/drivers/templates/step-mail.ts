import type { CoursePlace } from "../../domain/sequences/course-place.ts";
import type { Competitor, Step } from "../../domain/sequences/sequence.ts";

/** What one step's mail is made from. Nothing in it belongs to one recipient. */
export interface StepMail {
  readonly step: Step;
  readonly variant: "a" | "b";
  /** Language tag of the sequence, "en". */
  readonly language: string;
  readonly audience: "contact" | "sponsor";
  readonly competitor: Competitor | null;
  /** page_only: resources open on the reader's page and other links are bare; redirect: outside links are signed. */
  readonly clickTracking: "page_only" | "redirect";
  readonly honeypot: boolean;
  /** Where it stands in the course (`placeInCourse`); absent or null: nothing is said about it. */
  readonly place?: CoursePlace | null;
}
