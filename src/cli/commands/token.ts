import type { Command } from "commander";
import {
  API_SCOPES,
  type ApiScope,
  createApiToken,
  listApiTokens,
  revokeApiToken,
} from "../../operations/api-tokens.ts";
import { print, printJson, refusal, table } from "../output.ts";
import { withApp } from "../with-app.ts";

export function addTokenCommands(program: Command): void {
  const token = program.command("token").description("Keys for programs that use the API (/api/docs).");
  token
    .command("create")
    .argument("<name>", "who or what will use it")
    .option("--scope <scopes>", `what it may do, comma-separated: ${API_SCOPES.join(", ")}`, "read")
    .description("Makes a token and prints it, this once: it is stored hashed.")
    .option("--json", "print JSON")
    .action(create);
  token
    .command("list")
    .description("The tokens, without their secret part.")
    .option("--json", "print JSON")
    .action(list);
  token
    .command("revoke")
    .argument("<id>", "the token's id, from `token list`")
    .description("Ends a token; its next request is refused.")
    .action(revoke);
}

async function create(name: string, options: { scope: string; json?: boolean }): Promise<void> {
  const scopes = options.scope.split(",").map(readScope);
  await withApp(async ({ parts, workspaceId }) => {
    const { token, row } = await createApiToken(parts, { workspaceId, name, scopes, actor: "cli" });
    if (options.json) printJson({ id: row.id, name, scopes, token });
    else print(token);
  });
}

function readScope(word: string): ApiScope {
  const scope = API_SCOPES.find((known) => known === word.trim());
  if (scope !== undefined) return scope;
  throw refusal(
    "unknown-scope",
    "--scope",
    `“${word}” is no scope.`,
    `Use one of: ${API_SCOPES.join(", ")}.`,
  );
}

async function list(options: { json?: boolean }): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const tokens = await listApiTokens(parts, workspaceId);
    if (options.json) {
      printJson(tokens);
      return;
    }
    const rows = tokens.map(({ id, name, scopes, revokedAt, lastUsedAt }) => [
      id,
      name,
      scopes.join(","),
      revokedAt === null ? "living" : "revoked",
      lastUsedAt?.toISOString() ?? "never",
    ]);
    print(table(["id", "name", "may", "state", "last used"], rows));
  });
}

async function revoke(id: string): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const tokenId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : null;
    if (tokenId !== null && (await revokeApiToken(parts, { workspaceId, tokenId, actor: "cli" }))) {
      print("Revoked.");
      return;
    }
    throw refusal("unknown-token", id, "There is no living token with this id.", "See `baton token list`.");
  });
}
