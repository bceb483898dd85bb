/** The shapes that the contact's and the sponsor's page share. Customer-visible content only (S0-23). */

export interface PagePerson {
  name: string;
  title: string | null;
  email: string;
}
export interface PageEntry {
  /** YYYY-MM-DD. */
  date: string;
  kind: string;
  text: string;
  why: string | null;
}
export interface PageGoal {
  key: string;
  statement: string;
  metric: string | null;
  target: string | null;
  byDate: string | null;
  status: string;
}
export interface PagePlan {
  version: number;
  state: "draft" | "proposed" | "partly_accepted" | "agreed" | "superseded";
  direction: string;
  goals: PageGoal[];
  acceptances: { party: "contact" | "sponsor" | "csm"; at: Date | null }[];
}
export interface PageValue {
  id: string;
  metric: string;
  unit: string;
  baseline: string;
  current: string;
  period: string;
  confirmed: boolean;
}
export interface PageMeeting {
  state: "requested" | "booked" | "held" | "no_show" | "cancelled" | "suggested";
  slotAt: Date | null;
  note: string | null;
}
/** A time to offer: `at` goes back in the form, the words are for the reader's own zone. */
export interface PageSlot {
  at: string;
  words: string;
}
