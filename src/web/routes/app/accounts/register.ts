import type { FastifyInstance } from "fastify";
import type { WebParts } from "../../../web-parts.ts";
import { addAccountPages } from "./accounts.ts";
import { addContactPages } from "./contacts.ts";
import { addImportPages } from "./import.ts";
import { addListFiles } from "./lists.ts";
import { addPeoplePages } from "./people.ts";
import { addPlanPages } from "./plans.ts";
import { addValuePages } from "./values.ts";

/** Accounts, their people, and files in and out. */
export function addAccountsAndPeople(app: FastifyInstance, parts: WebParts): void {
  addAccountPages(app, parts);
  addPeoplePages(app, parts);
  addPlanPages(app, parts);
  addValuePages(app, parts);
  addContactPages(app, parts);
  addImportPages(app, parts);
  addListFiles(app, parts);
}
