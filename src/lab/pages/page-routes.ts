import type { PageRows } from "./page-rows.ts";

/** Who a page is opened as: a CSM, who leads them and is an admin too, or whoever holds the address. */
export type Reader = "csm" | "lead" | "nobody";

/** How a kind of page is opened on rows that are there. */
export interface Opening {
  readonly as: Reader;
  readonly at: (rows: PageRows) => string;
}

const csm = (at: Opening["at"]): Opening => ({ as: "csm", at });
const lead = (at: Opening["at"]): Opening => ({ as: "lead", at });
const nobody = (at: Opening["at"]): Opening => ({ as: "nobody", at });
const here = (as: Reader, address: string): Opening => ({ as, at: () => address });

/**
 * Every address that answers a page, as the server names it. What opens, measures or photographs pages goes by
 * this list; a test holds it against the addresses that the server really has.
 */
export const PAGE_ROUTES: Readonly<Record<string, Opening>> = {
  "/": here("csm", "/"),
  "/accounts": here("csm", "/accounts"),
  "/accounts/:id": csm((rows) => `/accounts/${rows.accountId}`),
  "/accounts/:id/plan/edit": csm((rows) => `/accounts/${rows.accountId}/plan/edit`),
  "/accounts/:id/people/new": csm((rows) => `/accounts/${rows.accountId}/people/new`),
  "/accounts/:id/sponsor": csm((rows) => `/accounts/${rows.accountId}/sponsor`),
  "/accounts/:id/plan": csm((rows) => `/accounts/${rows.accountId}/plan`),
  "/accounts/:id/edit": csm((rows) => `/accounts/${rows.accountId}/edit`),
  "/accounts/:id/values/new": csm((rows) => `/accounts/${rows.accountId}/values/new`),
  "/accounts/new": here("csm", "/accounts/new"),
  "/api/docs": here("nobody", "/api/docs"),
  "/api/docs/:group": here("nobody", "/api/docs/enrollments"),
  "/cases": here("csm", "/cases"),
  "/cases/:id": csm((rows) => `/cases/${rows.caseId}`),
  "/cases/:id/close": csm((rows) => `/cases/${rows.caseId}/close`),
  "/cases/:id/effort": csm((rows) => `/cases/${rows.caseId}/effort`),
  "/cases/:id/escalate": csm((rows) => `/cases/${rows.briefCaseId}/escalate`),
  "/cases/:id/evidence": csm((rows) => `/cases/${rows.caseId}/evidence`),
  "/cases/:id/facts": csm((rows) => `/cases/${rows.caseId}/facts`),
  "/cases/:id/history": csm((rows) => `/cases/${rows.caseId}/history`),
  "/cases/:id/mail": csm((rows) => `/cases/${rows.caseId}/mail?template=${rows.templateId}`),
  "/cases/:id/outlook": csm((rows) => `/cases/${rows.caseId}/outlook`),
  "/cases/:id/tasks": csm((rows) => `/cases/${rows.caseId}/tasks`),
  "/contacts": here("csm", "/contacts"),
  "/contacts/:id": csm((rows) => `/contacts/${rows.contactId}`),
  "/enroll": here("csm", "/enroll"),
  "/enroll/left": csm((rows) => `/enroll/left?account=${rows.accountId}`),
  "/enroll/:case/left": csm((rows) => `/enroll/${rows.namedCaseId}/left`),
  "/enroll/:case/where": csm((rows) => `/enroll/${rows.namedCaseId}/where`),
  "/enroll/:case/waiting": csm((rows) => `/enroll/${rows.waitingCaseId}/waiting`),
  "/enroll/:case/successor": csm((rows) => `/enroll/${rows.namedCaseId}/successor`),
  "/enroll/:case/track": csm((rows) => `/enroll/${rows.namedCaseId}/track`),
  "/enroll/:case/confirm": csm((rows) => `/enroll/${rows.namedCaseId}/confirm`),
  "/enroll/:case/mails/:of/:step": csm(
    (rows) => `/enroll/${rows.namedCaseId}/mails/contact/${rows.namedStepKey}`,
  ),
  "/enrollments/:id/mails/:step": csm((rows) => `/enrollments/${rows.enrollmentId}/mails/${rows.stepKey}`),
  "/enrollments/:id/page": csm((rows) => `/enrollments/${rows.enrollmentId}/page`),
  "/enrollments/:id/page/:about": csm((rows) => `/enrollments/${rows.enrollmentId}/page/story-so-far`),
  "/enrollments/:id/page/read/:key": csm(
    (rows) => `/enrollments/${rows.enrollmentId}/page/read/${rows.readingKey}`,
  ),
  "/enrollments/:id/stop": csm((rows) => `/enrollments/${rows.enrollmentId}/stop`),
  "/enrollments/:id/switch": csm((rows) => `/enrollments/${rows.enrollmentId}/switch`),
  "/import": here("csm", "/import"),
  "/mailbox": here("csm", "/mailbox"),
  "/mailbox/:id": csm((rows) => `/mailbox/${rows.mailId}`),
  "/manager": here("lead", "/manager"),
  "/manager/:id": lead((rows) => `/manager/${rows.enrollmentId}`),
  "/manager/capacity": here("lead", "/manager/capacity"),
  "/manager/thin": here("lead", "/manager/thin"),
  "/p/:token": nobody((rows) => rows.contactPage),
  "/p/:token/:about": nobody((rows) => `${rows.contactPage}/story-so-far`),
  "/p/:token/read/:key": nobody((rows) => `${rows.contactPage}/read/${rows.readingKey}`),
  "/p/:token/record": nobody((rows) => `${rows.contactPage}/record`),
  "/settings": here("csm", "/settings"),
  "/settings/audit": here("lead", "/settings/audit"),
  "/settings/calendar": here("lead", "/settings/calendar"),
  "/settings/mail": here("lead", "/settings/mail"),
  "/settings/policies": here("csm", "/settings/policies"),
  "/settings/products": here("lead", "/settings/products"),
  "/settings/products/:id": lead((rows) => `/settings/products/${rows.productId}`),
  "/settings/products/new": here("lead", "/settings/products/new"),
  "/settings/suppressions": here("lead", "/settings/suppressions"),
  "/settings/tokens": here("lead", "/settings/tokens"),
  "/settings/users": here("lead", "/settings/users"),
  "/settings/users/:id": lead((rows) => `/settings/users/${rows.userId}`),
  "/settings/users/new": here("lead", "/settings/users/new"),
  "/settings/webhooks": here("lead", "/settings/webhooks"),
  "/settings/webhooks/:id": lead((rows) => `/settings/webhooks/${rows.webhookId}`),
  "/sign-in": here("nobody", "/sign-in"),
  "/sign-in/:token": here("nobody", "/sign-in/a-link-that-was-mailed"),
  "/studio": here("lead", "/studio"),
  "/studio/:key": lead((rows) => `/studio/${rows.sequenceKey}`),
  "/studio/:key/move": lead((rows) => `/studio/${rows.sequenceKey}/move?to=1&person=${rows.enrollmentId}`),
  "/studio/:key/people": lead((rows) => `/studio/${rows.sequenceKey}/people`),
  "/studio/:key/source": lead((rows) => `/studio/${rows.sequenceKey}/source`),
  "/studio/:key/steps/:step": lead((rows) => `/studio/${rows.sequenceKey}/steps/${rows.stepKey}`),
  "/studio/:key/versions": lead((rows) => `/studio/${rows.sequenceKey}/versions`),
  "/studio/competitors/:key": here("lead", "/studio/competitors/mailharbor"),
  "/studio/drafts/:id": lead((rows) => `/studio/drafts/${rows.draftId}`),
  "/studio/drafts/:id/changes": lead((rows) => `/studio/drafts/${rows.draftId}/changes`),
  "/studio/drafts/:id/source": lead((rows) => `/studio/drafts/${rows.draftId}/source`),
  "/studio/drafts/:id/steps/:step": lead((rows) => `/studio/drafts/${rows.draftId}/steps/${rows.stepKey}`),
  "/studio/templates": here("lead", "/studio/templates"),
  "/studio/templates/:id": lead((rows) => `/studio/templates/${rows.templateId}`),
  "/studio/templates/new": here("lead", "/studio/templates/new"),
  "/u/:token": nobody((rows) => rows.unsubscribe),
  "/values/:id": csm((rows) => `/values/${rows.valueId}`),
  "/v/:token": nobody((rows) => rows.value),
};

/** What an address answers when it is no page of its own. */
export type NoPage = "mail" | "file" | "data" | "redirect" | "stream";

/** Every other address that GET answers, and why nobody opens it as a page. A name that ends in `*` holds all below it. */
export const NO_PAGE_ROUTES: Readonly<Record<string, NoPage>> = {
  "/accounts.csv": "file",
  "/accounts/:id/timeline.csv": "file",
  "/cases.csv": "file",
  "/api/openapi.json": "data",
  "/api/v1/*": "data",
  "/assets/*": "file",
  "/c/:token": "redirect",
  "/cases/:id/events": "stream",
  "/cases/:id/program-tasks.csv": "file",
  "/cases/:id/tasks.csv": "file",
  "/contacts.csv": "file",
  "/contacts/:id/data.csv": "file",
  "/contacts/:id/data.json": "file",
  "/cases/:id/mail/html": "mail",
  "/enroll/:case/mails/:of/:step/html": "mail",
  "/enrollments/:id/mails/:step/html": "mail",
  "/escalations/:id/html": "mail",
  "/health": "data",
  "/mailbox/:id/html": "mail",
  "/mailbox/:id/source": "file",
  "/p/:token/meeting.ics": "file",
  "/p/:token/photo": "file",
  "/p/:token/suggest": "data",
  "/program-tasks.csv": "file",
  "/sequences": "redirect",
  "/sequences/:key": "redirect",
  "/sequences/:key/steps/:step": "redirect",
  "/sequences/:key/steps/:step/html": "redirect",
  "/settings/audit.csv": "file",
  "/settings/users/:id/photo": "file",
  "/studio/:key/steps/:step/html": "mail",
  "/tasks.csv": "file",
  "/timeline.csv": "file",
  "/studio/drafts/:id/steps/:step/html": "mail",
  "/studio/templates/:id/html": "mail",
};
