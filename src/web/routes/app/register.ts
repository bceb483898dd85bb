import type { FastifyInstance } from "fastify";
import type { WebParts } from "../../web-parts.ts";
import { addSignOutRoute } from "../sign-in.ts";
import { addAccountPages } from "./accounts.ts";
import { addCaseListPage } from "./case-list.ts";
import { addCasePages } from "./cases.ts";
import { addDemoRoutes } from "./demo.ts";
import { addEnrollPages } from "./enroll.ts";
import { addEnrollmentActs } from "./enrollments.ts";
import { addMailboxPages } from "./mailbox.ts";
import { addManagerPages } from "./manager.ts";
import { addMyWeekPage } from "./my-week.ts";
import { addSequencePages } from "./sequences.ts";
import { addSettingsPages } from "./settings/register.ts";

/** The pages for people who are signed in. */
export function addAppRoutes(app: FastifyInstance, parts: WebParts): void {
  addSignOutRoute(app, parts);
  addMyWeekPage(app, parts);
  addCaseListPage(app, parts);
  addManagerPages(app, parts);
  addCasePages(app, parts);
  addEnrollmentActs(app, parts);
  addAccountPages(app, parts);
  addEnrollPages(app, parts);
  addSequencePages(app, parts);
  addSettingsPages(app, parts);
  if (parts.mailbox !== null) addMailboxPages(app, parts, parts.mailbox);
  if (parts.demo !== null) addDemoRoutes(app, parts.demo);
}
