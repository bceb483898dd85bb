import { DateTime } from "luxon";
import { fact, goal, inside, person, value } from "../../src/lab/demo/world-accounts.ts";
import type { WorldAccount, WorldCase } from "../../src/lab/demo/world-types.ts";

type Arrival = NonNullable<WorldCase["replacement"]>["type"];

export interface CustomerOptions {
  zone: string;
  holidayCountry?: string;
  arrival: Arrival;
  /** Wall time in the customer's zone. */
  enrollAt: string;
  workWeek?: number[];
  closedDays?: string[];
}

/** An account whose main contact left, with Robin who takes over and Harriet who sponsors. */
export function aCustomer(ref: string, options: CustomerOptions): WorldAccount {
  const domain = `${ref.toLowerCase()}.example`;
  const openedOn = DateTime.fromISO(options.enrollAt).minus({ days: 3 }).toISODate() ?? "";
  return {
    ref,
    name: `Customer ${ref}`,
    domain,
    industry: "Logistics",
    segment: "smb",
    tier: "mid",
    product: "campaigns",
    arrMinor: 2_000_000,
    currency: "USD",
    renewalOn: "2027-02-01",
    zone: options.zone,
    holidayCountry: options.holidayCountry ?? "",
    ...(options.workWeek === undefined ? {} : { workWeek: options.workWeek }),
    ...(options.closedDays === undefined ? {} : { closedDays: options.closedDays }),
    csm: "alma",
    sponsor: "harriet",
    people: [
      person("paul", "Paul Drennan", domain, "Marketing manager", ["departed"]),
      person("robin", "Robin Vega", domain, "Marketing lead", ["poc"]),
      person("harriet", "Harriet Doyle", domain, "Chief operating officer", ["decision_maker"]),
    ],
    timeline: [
      fact("milestone", "2025-05-12", "The first customer letter went out."),
      fact("setup", "2025-06-02", "Runs by itself: order follow-up after 3 days."),
      fact("decision", "2025-04-01", "Chose it for its approval step.", "Wrong prices had gone out."),
      fact("open_item", "2026-01-12", "The spring letter has no owner."),
      inside("2026-01-20", "Paul never answered the last two mails."),
    ],
    values: [value("Orders repeated", "percent", "18", "31", "2025", "2025-12-10")],
    goals: [
      goal("repeat", "More repeat orders", "percent", "35 %", "2026-12-31"),
      goal("letters", "One letter a month", "letters", "12", "2026-12-31"),
    ],
    turnover: {
      departed: "paul",
      openedAt: `${openedOn}T10:00`,
      detectedOn: openedOn,
      detectionSource: "csm",
      effectiveOn: openedOn,
      reason: "new_job",
      destination: "external",
      roleOutcome: "replacing",
      replacement: {
        person: "robin",
        type: options.arrival,
        ...(options.arrival === "ex_competitor"
          ? { competitor: "mailharbor", competitorMonths: 24, competitorRole: "user" }
          : {}),
        identifiedOn: openedOn,
      },
    },
    enrollAt: options.enrollAt,
    twist: "",
  };
}

export const robinOf = (ref: string): string => `robin.vega@${ref.toLowerCase()}.example`;
export const harrietOf = (ref: string): string => `harriet.doyle@${ref.toLowerCase()}.example`;
