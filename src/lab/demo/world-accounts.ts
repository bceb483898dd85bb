import type { WorldAccount, WorldPerson, WorldTimeline, WorldValue } from "./world-types.ts";

/** Accounts A1–A5 of domain.md G. Names and companies are invented; domains end in `.example`. */
export const ACCOUNTS_A: readonly WorldAccount[] = [
  {
    ref: "A1",
    name: "Halden Outdoor",
    domain: "halden-outdoor.example",
    industry: "Retail",
    segment: "mid_market",
    tier: "mid",
    product: "campaigns",
    arrMinor: 2_800_000,
    currency: "USD",
    renewalOn: "2026-11-30",
    zone: "Europe/Oslo",
    holidayCountry: "NO",
    csm: "tomasz",
    sponsor: "sigrid",
    people: [
      person("sigrid", "Sigrid Moe", "halden-outdoor.example", "VP Growth", ["decision_maker"]),
      person("jonas", "Jonas Lie", "halden-outdoor.example", "Campaign manager", ["poc"]),
      person("ingrid", "Ingrid Sund", "halden-outdoor.example", "Shop systems", ["super_user"]),
    ],
    timeline: [
      fact("milestone", "2024-11-18", "Halden moved its weekly club mail to Fernwick Campaigns."),
      fact(
        "decision",
        "2025-03-04",
        "One mail a week for members, never two.",
        "Unsubscribes doubled in the month with two mails.",
      ),
      fact(
        "setup",
        "2025-05-20",
        "Runs by itself: welcome series (4 mails), birthday mail, back-in-stock notice.",
      ),
      fact(
        "quirk",
        "2025-09-12",
        "Shop stock arrives at 06:00; anything sent earlier shows yesterday's stock.",
      ),
      fact(
        "open_item",
        "2026-01-26",
        "Spring catalogue: segment list to be agreed by 12 March (Ingrid Sund).",
      ),
      fact(
        "open_item",
        "2026-02-03",
        "Form on the store page counts twice; fix promised for the February release.",
      ),
      fact(
        "person",
        "2025-06-01",
        "Ingrid Sund (shop systems) is happy to help with anything about stock and products.",
      ),
      inside("2026-02-02", "Sigrid told us herself; she stays as our sponsor and wants proof of pipeline."),
    ],
    values: [value("Orders from member mails", "orders a month", "310", "540", "2025", "2026-01-15")],
    goals: [
      goal(
        "pipeline",
        "Show which mails lead to orders",
        "share of orders with a known mail",
        "60 %",
        "2026-06-30",
      ),
      goal("members", "Grow the member list without more mail", "members", "48,000", "2026-09-30"),
    ],
    turnover: {
      departed: "sigrid",
      openedAt: "2026-02-02T11:20",
      detectedOn: "2026-02-02",
      detectionSource: "contact",
      effectiveOn: "2026-02-16",
      reason: "promotion",
      destination: "internal",
      roleOutcome: "replacing",
      replacement: { person: "jonas", type: "internal", identifiedOn: "2026-02-09" },
    },
    enrollAt: "2026-02-17T08:50",
    twist: "the predecessor is the sponsor; they put different things first",
  },
  {
    ref: "A2",
    name: "Corvane Logistics",
    domain: "corvane.example",
    industry: "Logistics",
    segment: "smb",
    tier: "mid",
    product: "campaigns",
    arrMinor: 1_500_000,
    currency: "USD",
    renewalOn: "2026-10-01",
    zone: "America/Toronto",
    holidayCountry: "CA-ON",
    csm: "joel",
    sponsor: "helen",
    people: [
      person("rachel", "Rachel Osei", "corvane.example", "Marketing manager", ["departed"]),
      person("victor", "Victor Lam", "corvane.example", "Head of demand", ["poc"]),
      person("helen", "Helen Marchetti", "corvane.example", "Chief commercial officer", ["decision_maker"]),
    ],
    timeline: [
      fact("milestone", "2024-09-30", "First customer newsletter sent with Fernwick Campaigns."),
      fact(
        "decision",
        "2024-08-22",
        "Chose Fernwick over two others for its approval step and one price for the whole list.",
        "Two depots had sent the wrong tariff; approval had to be part of the tool.",
      ),
      fact(
        "setup",
        "2025-02-10",
        "Runs by itself: rate-change notices to 14 depots, quote follow-up after 3 days.",
      ),
      fact(
        "quirk",
        "2025-04-02",
        "Contact list comes from the freight system every night at 02:00 Toronto time.",
      ),
      fact(
        "open_item",
        "2026-01-12",
        "Quote follow-up for the Montreal depot is switched off, owner wanted.",
      ),
      fact("person", "2025-03-01", "Helen Marchetti reads the monthly numbers and answers the same day."),
      inside("2026-01-26", "Auto-reply: Rachel no longer with Corvane. LinkedIn says Tarn Robotics."),
    ],
    values: [value("Quotes answered inside a day", "percent", "41", "68", "2025", "2025-12-10")],
    goals: [
      goal("quotes", "Answer more quotes the same day", "share inside 24 h", "80 %", "2026-06-30"),
      goal("depots", "All 14 depots on one template", "depots", "14", "2026-05-31"),
    ],
    turnover: {
      departed: "rachel",
      openedAt: "2026-01-26T10:05",
      detectedOn: "2026-01-26",
      detectionSource: "auto_reply",
      effectiveOn: "2026-01-23",
      reason: "new_job",
      destination: "external",
      newCompany: "Tarn Robotics",
      roleOutcome: "replacing",
      replacement: {
        person: "victor",
        type: "ex_competitor",
        competitor: "mailharbor",
        competitorMonths: 36,
        competitorRole: "owner",
        identifiedOn: "2026-02-12",
      },
    },
    enrollAt: "2026-02-13T08:40",
    twist: "three years with Mailharbor; clocks change inside the track",
  },
  {
    ref: "A3",
    name: "Brightmoor Clinics",
    domain: "brightmoor.example",
    industry: "Health care",
    segment: "mid_market",
    tier: "high",
    product: "insight",
    arrMinor: 4_000_000,
    currency: "USD",
    renewalOn: "2026-09-30",
    zone: "America/Denver",
    holidayCountry: "US",
    csm: "alma",
    sponsor: "grace",
    people: [
      person("paul", "Paul Drennan", "brightmoor.example", "Head of analytics", ["departed"]),
      person("imani", "Imani Okafor", "brightmoor.example", "Hospital operations lead", ["poc"]),
      person("grace", "Grace Lindholm", "brightmoor.example", "Chief operating officer", ["decision_maker"]),
      person("peter", "Peter Aguilar", "brightmoor.example", "Ward planning", ["champion"]),
    ],
    timeline: [
      fact("milestone", "2024-10-01", "Bed occupancy board went live in four clinics."),
      fact(
        "decision",
        "2025-02-18",
        "Waiting times are counted from arrival, not from triage.",
        "Boards differed by 20 minutes and nobody trusted them.",
      ),
      fact(
        "setup",
        "2025-06-05",
        "Runs by itself: occupancy board (hourly), waiting-time report (Mondays 06:00).",
      ),
      fact("setup", "2025-09-15", "Used by: 31 people in four clinics, mostly ward planning."),
      fact(
        "quirk",
        "2025-11-03",
        "Pueblo clinic reports its beds a day late; its line is always one day behind.",
      ),
      fact("open_item", "2026-02-20", "Theatre utilisation report: half done, needs an owner."),
      fact("person", "2025-10-01", "Peter Aguilar (ward planning) knows every board and likes to be asked."),
      inside("2026-03-02", "Found out when Paul's invitation bounced. Nobody had told us."),
    ],
    values: [
      value("Median waiting time", "minutes", "47", "34", "last 12 months", "2026-02-15"),
      value("Planning hours saved", "hours a week", "0", "22", "last 12 months", "2026-02-15"),
    ],
    goals: [
      goal("waiting", "Keep the median wait under 35 minutes", "minutes", "35", "2026-09-30"),
      goal("theatre", "Plan theatres a week ahead", "weeks ahead", "1", "2026-07-31"),
    ],
    turnover: {
      departed: "paul",
      openedAt: "2026-03-02T09:30",
      detectedOn: "2026-03-02",
      detectionSource: "csm",
      effectiveOn: "2026-02-27",
      reason: "new_job",
      destination: "unknown",
      roleOutcome: "replacing",
      replacement: { person: "imani", type: "external_new_function", identifiedOn: "2026-03-11" },
    },
    enrollAt: "2026-03-13T09:00",
    twist: "a privacy proxy and a scanner act on the first mail; she acts later, on her own",
  },
  {
    ref: "A4",
    name: "Lindqvist Verpackung",
    domain: "lindqvist.example",
    industry: "Packaging",
    segment: "mid_market",
    tier: "high",
    product: "campaigns",
    arrMinor: 3_000_000,
    currency: "EUR",
    renewalOn: "2026-12-31",
    zone: "Europe/Berlin",
    holidayCountry: "DE-NW",
    csm: "tomasz",
    sponsor: "karl",
    people: [
      person("anja", "Anja Pohl", "lindqvist.example", "Marketing manager", ["departed"]),
      person("frieda", "Frieda Albrecht", "lindqvist.example", "CRM lead", ["poc"]),
      person("nils", "Nils Brand", "lindqvist.example", "Marketing assistant", ["end_user"]),
      person("karl", "Karl Lindqvist", "lindqvist.example", "Managing director", ["decision_maker"]),
    ],
    timeline: [
      fact("milestone", "2025-01-14", "Dealer newsletter moved from paper to Fernwick Campaigns."),
      fact(
        "setup",
        "2025-04-01",
        "Runs by itself: price list mail (first Monday of the month), order confirmations.",
      ),
      fact(
        "decision",
        "2025-06-11",
        "No tracking of single readers.",
        "Works council agreement of June 2025.",
      ),
      fact("open_item", "2026-02-19", "Trade fair invitation: 1,200 dealers, text wanted by 20 March."),
      fact("person", "2026-03-19", "Nils Brand does the day-to-day work."),
      inside("2026-02-23", "Frieda takes it on top of the CRM; she has about 20 minutes a week."),
    ],
    values: [value("Print and postage saved", "EUR a year", "0", "21,400", "2025", "2026-01-20")],
    goals: [goal("dealers", "Reach all dealers without print", "dealers reached", "95 %", "2026-12-31")],
    turnover: {
      departed: "anja",
      openedAt: "2026-02-23T10:00",
      detectedOn: "2026-02-23",
      detectionSource: "contact",
      effectiveOn: "2026-03-13",
      reason: "restructure",
      destination: "internal",
      roleOutcome: "merging",
      replacement: { person: "frieda", type: "internal", identifiedOn: "2026-02-27" },
    },
    enrollAt: "2026-03-16T09:10",
    twist: "the role is merged into another; clocks change on 29 March",
  },
  {
    ref: "A5",
    name: "Kaimana Resorts",
    domain: "kaimana.example",
    industry: "Hospitality",
    segment: "smb",
    tier: "mid",
    product: "campaigns",
    arrMinor: 2_000_000,
    currency: "USD",
    renewalOn: "2026-08-15",
    zone: "Pacific/Honolulu",
    holidayCountry: "US-HI",
    csm: "dana",
    sponsor: "malia",
    people: [
      person("leilani", "Leilani Pua", "kaimana.example", "Marketing manager", ["departed"]),
      person("noa", "Noa Kealoha", "kaimana.example", "Guest relations", ["poc"]),
      person("malia", "Malia Akana", "kaimana.example", "General manager", ["decision_maker"]),
    ],
    timeline: [
      fact("milestone", "2025-05-02", "Guest mails before arrival went live in three resorts."),
      fact(
        "setup",
        "2025-07-01",
        "Runs by itself: arrival mail (3 days before), thank-you mail (2 days after).",
      ),
      fact(
        "decision",
        "2025-08-10",
        "Room offers only to guests who asked for them.",
        "Complaints from two resorts.",
      ),
      fact("person", "2025-09-01", "Malia Akana reads the monthly summary."),
      inside("2026-02-18", "Leilani left without a word; destination unknown."),
    ],
    values: [value("Upgrades sold before arrival", "a month", "12", "39", "2025", "2026-01-05")],
    goals: [goal("upgrades", "Sell more upgrades before arrival", "a month", "50", "2026-08-01")],
    turnover: {
      departed: "leilani",
      openedAt: "2026-02-18T09:00",
      detectedOn: "2026-02-18",
      detectionSource: "csm",
      effectiveOn: "2026-02-13",
      reason: "unknown",
      destination: "external",
      roleOutcome: "replacing",
      replacement: { person: "noa", type: "external_new_function", identifiedOn: "2026-02-27" },
    },
    enrollAt: "2026-03-02T09:00",
    twist: "a mail gateway fetches every link of every mail; nobody ever reads",
  },
];

export function person(
  ref: string,
  name: string,
  domain: string,
  title: string,
  roles: string[],
  more: Partial<WorldPerson> = {},
): WorldPerson {
  const firstName = name.split(" ")[0] ?? name;
  const local = name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z ]/g, "")
    .replaceAll(" ", ".");
  return { ref, name, firstName, email: `${local}@${domain}`, title, roles, ...more };
}

/** A fact the customer may read on "the story so far". */
export function fact(kind: string, date: string, text: string, why?: string): WorldTimeline {
  return { kind, date, text, visibility: "customer", ...(why ? { why } : {}) };
}

/** A note for the vendor only: never on a customer's page, never in a mail (S0-23). */
export function inside(date: string, text: string): WorldTimeline {
  return { kind: "note", date, text, visibility: "internal" };
}

export function value(
  metric: string,
  unit: string,
  baseline: string,
  current: string,
  period: string,
  capturedOn: string,
): WorldValue {
  return { metric, unit, baseline, current, period, capturedOn };
}

export function goal(key: string, statement: string, metric: string, target: string, byDate: string) {
  return { key, statement, metric, target, byDate };
}
