import type { WorldUser } from "./world-types.ts";

/** Fernwick Software: the fictional vendor of the demo (domain.md G). */
export const VENDOR = {
  key: "fernwick",
  name: "Fernwick Software",
  reportZone: "America/Chicago",
  weekStart: 1,
  baseCurrency: "USD",
  postalAddress: "Fernwick Software, 400 North Canal Street, Chicago, IL 60606, USA",
  mailDomain: "fernwick.example",
  products: [
    { key: "campaigns", name: "Fernwick Campaigns", cadence: null },
    { key: "insight", name: "Fernwick Insight", cadence: null },
  ],
} as const;

export const USERS: readonly WorldUser[] = [
  user("dana", "Dana Whitlock", "Customer success manager", "America/Chicago", ["csm"]),
  user("joel", "Joel Barrow", "Customer success manager", "America/Chicago", ["csm"]),
  user("alma", "Alma Reyes", "Customer success manager", "America/Chicago", ["csm"]),
  user("tomasz", "Tomasz Wilk", "Customer success manager", "Europe/Warsaw", ["csm"]),
  user("keiko", "Keiko Sato", "Customer success manager", "Australia/Sydney", ["csm"]),
  user("ruth", "Ruth Adeyemi", "Head of customer success", "Europe/London", [
    "cs_leader",
    "manager",
    "admin",
  ]),
  user("marco", "Marco Bellini", "Account executive", "Europe/Rome", ["sales"]),
  user("priya", "Priya Nair", "Customer marketing", "Europe/London", ["author"]),
  user("sam", "Sam Ortega", "Customer marketing lead", "America/Chicago", ["approver"]),
  user("lena", "Lena Voss", "Support", "Europe/Berlin", ["support"]),
];

function user(ref: string, name: string, title: string, zone: string, roles: string[]): WorldUser {
  return { ref, name, title, zone, roles, email: `${name.toLowerCase().replace(" ", ".")}@fernwick.example` };
}
