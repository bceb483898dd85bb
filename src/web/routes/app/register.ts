import type { FastifyInstance } from "fastify";
import type { WebParts } from "../../web-parts.ts";
import { addSignOutRoute } from "../sign-in.ts";
import { addAccountsAndPeople } from "./accounts/register.ts";
import { addCaseEndings } from "./case-endings.ts";
import { addCaseEvents } from "./case-events.ts";
import { addCaseListPage } from "./case-list.ts";
import { addCaseProgramPages } from "./case-programs.ts";
import { addCasePages } from "./cases.ts";
import { addDemoRoutes } from "./demo.ts";
import { addEnrollPages } from "./enroll.ts";
import { addEnrollmentActs } from "./enrollments.ts";
import { addEscalationPages } from "./escalations.ts";
import { addMailboxPages } from "./mailbox.ts";
import { addManagerPages } from "./manager.ts";
import { addMyWeekPage } from "./my-week.ts";
import { addSettingsPages } from "./settings/register.ts";
import { addStudioPages } from "./studio.ts";
import { addStudioDraftPages } from "./studio-drafts.ts";
import { addStudioPeoplePages } from "./studio-people.ts";
import { addStudioStepPages } from "./studio-steps.ts";
import { addStudioTemplatePages } from "./studio-templates.ts";
import { addTheirPage } from "./their-page.ts";

/** The pages for people who are signed in. */
export function addAppRoutes(app: FastifyInstance, parts: WebParts): void {
  addSignOutRoute(app, parts);
  addMyWeekPage(app, parts);
  addCaseListPage(app, parts);
  addManagerPages(app, parts);
  addCasePages(app, parts);
  addCaseEndings(app, parts);
  addCaseEvents(app, parts);
  addCaseProgramPages(app, parts);
  addEscalationPages(app, parts);
  addEnrollmentActs(app, parts);
  addAccountsAndPeople(app, parts);
  addEnrollPages(app, parts);
  addStudioPages(app, parts);
  addStudioStepPages(app, parts);
  addStudioPeoplePages(app, parts);
  addStudioDraftPages(app, parts);
  addStudioTemplatePages(app, parts);
  addTheirPage(app, parts);
  addSettingsPages(app, parts);
  if (parts.mailbox !== null) addMailboxPages(app, parts, parts.mailbox);
  if (parts.demo !== null) addDemoRoutes(app, parts.demo);
}
