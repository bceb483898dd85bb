import { ACCOUNT_PAGES } from "../../domain/sequences/sequence.ts";
import { PAGE_ROUTES, type Reader } from "./page-routes.ts";
import type { PageRows } from "./page-rows.ts";

/** One kind of page, at the address of a real row. */
export interface Place {
  /** As a reader names it, such as /cases/:id. Of one kind only. */
  readonly name: string;
  readonly path: string;
  readonly as: Reader;
  /** What it answers when all is well. */
  readonly status: number;
}

/** Every page of the product, and those that ask the database for something else by what is chosen on them. */
export function placesOf(rows: PageRows): Place[] {
  return [
    ...Object.entries(PAGE_ROUTES).map(([route, { as, at }]) => place(as, route, at(rows))),
    ...variantsOf(rows),
  ];
}

function variantsOf(rows: PageRows): Place[] {
  const word = encodeURIComponent(rows.accountName.split(" ").at(1) ?? rows.accountName);
  const { contactPage, sponsorPage } = rows;
  const others = ACCOUNT_PAGES.filter((about) => about !== "story-so-far");
  return [
    place("csm", "/ (all accounts)", "/?who=all"),
    place("csm", "/ (further down)", "/?page=2"),
    place("csm", "/cases (closed)", "/cases?state=closed"),
    place("csm", "/cases (one's own)", "/cases?csm=mine"),
    place("csm", "/cases (search)", `/cases?search=${word}`),
    place("csm", "/cases (further on)", "/cases?page=5"),
    place("csm", "/cases/:id (nobody takes over)", `/cases/${rows.waitingCaseId}`),
    place("csm", "/cases/:id/evidence (machines)", `/cases/${rows.caseId}/evidence?machines=yes`),
    place("lead", "/manager (ready)", "/manager?verdict=ready"),
    place("lead", "/manager (search)", `/manager?search=${word}`),
    place("lead", "/manager (every CSM)", "/manager?csms=all"),
    place("lead", "/manager/thin (the other list)", "/manager/thin?list=no-backup"),
    place("csm", "/accounts (search)", `/accounts?search=${word}`),
    place("csm", "/accounts (one's own)", "/accounts?owner=mine"),
    place("csm", "/accounts (far on)", "/accounts?page=150"),
    place("csm", "/contacts (search)", `/contacts?search=${word}`),
    place("csm", "/contacts (far on)", "/contacts?page=1500"),
    place("csm", "/enroll (search)", `/enroll?search=${word}`),
    place("csm", "/enrollments/:id/page (the sponsor's)", `/enrollments/${rows.sponsorEnrollmentId}/page`),
    place("csm", "/mailbox (search)", "/mailbox?search=person7"),
    place("lead", "/settings/audit (search)", "/settings/audit?search=enrolled"),
    place("nobody", "/p/:token (another step)", `${contactPage}?step=${rows.otherStepKey}`),
    place("nobody", "/p/:token (the sponsor's)", sponsorPage),
    place("nobody", "/p/:token (an old link)", rows.expiredPage, 410),
    place("nobody", "/p/:token/:about (the sponsor's)", `${sponsorPage}/success-plan`),
    ...others.map((about) => place("nobody", `/p/:token/${about}`, `${contactPage}/${about}`)),
  ];
}

const place = (as: Reader, name: string, path: string, status = 200): Place => ({ as, name, path, status });
