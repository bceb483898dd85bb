import type { App, AppOptions } from "../app.ts";
import { type Config, loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import type { Parts } from "../operations/parts.ts";
import { publishSequences } from "../operations/publish-sequence.ts";
import { ensureWorkspace } from "../operations/workspaces.ts";
import { progress, refusal } from "./output.ts";
import { readFolder, SEQUENCES_FOLDER } from "./sequence-files.ts";

export interface OpenedApp {
  app: App;
  parts: Parts;
  workspaceId: string;
}

/** The settings, or a refusal that lists all that is wrong with them. */
export function readConfig(): Config {
  try {
    return loadConfig();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw refusal(
      "configuration",
      "settings",
      message,
      "Correct the settings in the environment and start again.",
    );
  }
}

/** Opens the product for one command, without pages and workers, and closes it whatever happens. */
export async function withApp<T>(act: (opened: OpenedApp) => Promise<T>): Promise<T> {
  const config = readConfig();
  // Loaded here: what a command does without a database must not wait for the drivers of one.
  const { openApp } = await import("../app.ts");
  const app = await openApp(config, { captureMail: false, log: createLog({ level: quiet(config) }) });
  try {
    return await act({ app, parts: app.parts, workspaceId: await workspaceOf(app.parts, config) });
  } finally {
    await app.close();
  }
}

/** A command prints its own answer; only what goes wrong is logged beside it. */
function quiet(config: Config): string {
  return config.logLevel === "info" ? "warn" : config.logLevel;
}

/** The app with its workspace ready: made on the first start, with the shipped programs published. */
export async function openPrepared(config: Config, options: AppOptions = {}): Promise<OpenedApp> {
  const { openApp } = await import("../app.ts");
  const app = await openApp(config, options);
  try {
    const workspaceId = await workspaceOf(app.parts, config);
    await publishShipped(app.parts, workspaceId);
    return { app, parts: app.parts, workspaceId };
  } catch (cause) {
    await app.close();
    throw cause;
  }
}

/** One workspace in local mode. The first start makes it, with one person who may do everything. */
async function workspaceOf(parts: Parts, config: Config): Promise<string> {
  const known = await parts.db.workspace.findFirst({ orderBy: { createdAt: "asc" }, select: { id: true } });
  if (known !== null) return known.id;
  const { workspaceId } = await ensureWorkspace(parts, {
    key: "main",
    name: "My company",
    reportZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    mailDomain: config.mailDomain,
    users: [{ name: "Owner", email: `owner@${config.mailDomain}`, roles: ["csm", "manager", "admin"] }],
    products: [{ key: "product", name: "Our product" }],
  });
  return workspaceId;
}

/** Whom a start signs in: the first who may do everything. Their address may have changed since the first start. */
export async function ownerAddress(parts: Parts, workspaceId: string): Promise<string | null> {
  const owner = await parts.db.user.findFirst({
    where: { workspaceId, roles: { has: "admin" }, status: { not: "left" } },
    orderBy: { createdAt: "asc" },
    select: { email: true },
  });
  return owner?.email ?? null;
}

/** An edited file becomes a new version; a broken one is named, and the version that runs is left alone. */
export async function publishShipped(parts: Parts, workspaceId: string): Promise<void> {
  const files = await readFolder(SEQUENCES_FOLDER);
  const report = await publishSequences(parts, {
    workspaceId,
    files: files.map(({ file, source }) => ({ name: file, source })),
    actor: "system",
    reason: "shipped with the product",
  });
  for (const { file, problems } of report.refused) {
    for (const problem of problems.slice(0, 3)) {
      progress(`${file}:${problem.line ?? 1}: ${problem.message} ${problem.remedy}`);
    }
    progress(`${file} was not published; what was published before goes on.`);
  }
}
