/** The shape of the demo's data: ten accounts and fillers of domain.md G, told as facts with dates. */
export interface WorldPerson {
  ref: string;
  name: string;
  firstName: string;
  email: string | null;
  title: string;
  roles: string[];
  zone?: string;
  language?: string;
  startOn?: string;
}

export interface WorldTimeline {
  kind: string;
  date: string;
  text: string;
  why?: string;
  visibility: "customer" | "internal";
}

export interface WorldValue {
  metric: string;
  unit: string;
  baseline: string;
  current: string;
  period: string;
  capturedOn: string;
}

export interface WorldGoal {
  key: string;
  statement: string;
  metric: string;
  target: string;
  byDate: string;
}

export interface WorldCase {
  kind?: string;
  departed: string;
  /** Wall time in the account's zone. */
  openedAt: string;
  detectedOn: string;
  detectionSource: string;
  effectiveOn: string | null;
  reason: string;
  destination: string;
  newCompany?: string;
  roleOutcome: string;
  replacement?: {
    person: string;
    type: "internal" | "external_new_function" | "ex_competitor";
    competitor?: string;
    competitorMonths?: number;
    competitorRole?: string;
    identifiedOn: string;
  };
}

export interface WorldAccount {
  ref: string;
  name: string;
  domain: string;
  industry: string;
  segment: string;
  tier: "high" | "mid" | "low";
  product: string;
  arrMinor: number;
  currency: string;
  renewalOn: string;
  zone: string;
  holidayCountry: string;
  workWeek?: number[];
  closedDays?: string[];
  csm: string;
  sponsor: string | null;
  people: WorldPerson[];
  timeline: WorldTimeline[];
  values: WorldValue[];
  goals: WorldGoal[];
  turnover: WorldCase;
  /** Wall time in the contact's zone at which the CSM enrolls the person who takes over. */
  enrollAt: string | null;
  /** Words for the table: what is special here. */
  twist: string;
}

export interface WorldUser {
  ref: string;
  name: string;
  email: string;
  title: string;
  zone: string;
  roles: string[];
}
