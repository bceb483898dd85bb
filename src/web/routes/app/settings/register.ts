import type { FastifyInstance } from "fastify";
import type { WebParts } from "../../../web-parts.ts";
import { addAuditPages } from "./audit.ts";
import { addOwnSettings } from "./own.ts";
import { addPolicyPages } from "./policies.ts";
import { addProductPages } from "./products.ts";
import { addSuppressionPages } from "./suppressions.ts";
import { addTokenPages } from "./tokens.ts";
import { addUserPages } from "./users.ts";
import { addWebhookPages } from "./webhooks.ts";
import { addWorkspaceSettings } from "./workspace.ts";

/** The settings: one's own for everybody, the workspace's for admins. */
export function addSettingsPages(app: FastifyInstance, parts: WebParts): void {
  addOwnSettings(app, parts);
  addWorkspaceSettings(app, parts);
  addPolicyPages(app, parts);
  addProductPages(app, parts);
  addUserPages(app, parts);
  addTokenPages(app, parts);
  addWebhookPages(app, parts);
  addSuppressionPages(app, parts);
  addAuditPages(app, parts);
}
