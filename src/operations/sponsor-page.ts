import type { PageBlock } from "./contact-page.ts";
import type { PageEntry, PagePerson, PagePlan, PageValue } from "./page-parts.ts";
import type { Parts } from "./parts.ts";

/** Nothing private of the contact: counts and shared goals only (domain.md F, product.md decision 8). */
export interface SponsorPage {
  workspaceId: string;
  enrollmentId: string;
  pageKey: string;
  audience: "sponsor";
  live: boolean;
  language: string;
  zone: string;
  sponsor: { name: string; firstName: string };
  account: { name: string };
  product: string;
  csm: PagePerson | null;
  /** Who takes over; null while nobody is known. */
  contact: { name: string; firstName: string; title: string | null } | null;
  whatChanged: string;
  /** Three lines. */
  status: string[];
  plan: PagePlan | null;
  /** The newest step's ask. */
  ask: { stepKey: string; title: string; opening: string; blocks: PageBlock[] } | null;
  endorsed: { at: Date; text: string | null } | null;
  /** The sponsor's own ranking. */
  priorities: { rank: number; text: string; why: string | null }[];
  measure: string | null;
  values: PageValue[];
  story: PageEntry[];
  nextDates: { on: Date; text: string }[];
}
export declare function sponsorPage(parts: Parts, pageKey: string): Promise<SponsorPage | null>;

/** Which page a key opens, before anything else is read. */
export declare function findPage(
  parts: Parts,
  pageKey: string,
): Promise<{ workspaceId: string; enrollmentId: string; audience: "contact" | "sponsor" | "csm" } | null>;
