import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { openApp } from "../app.ts";
import { loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { buildServer } from "../web/server.ts";

/**
 * The server of the tracking bench, in a process of its own: `bare` answers every request with a
 * redirect and knows nothing else; `baton` is the product's HTTP side with its database. Says its port.
 */
const DESTINATION = "https://insight.example/where-it-leads";

async function listen(): Promise<AddressInfo> {
  if (process.argv[2] === "bare") {
    const bare = Fastify({ logger: false });
    bare.get("/c/:token", (_request, reply) => reply.code(302).header("location", DESTINATION).send());
    await bare.listen({ host: "127.0.0.1", port: 0 });
    return bare.server.address() as AddressInfo;
  }
  const app = await openApp(loadConfig(), { log: createLog({ level: "error" }), captureMail: false });
  const workspace = await app.parts.db.workspace.findFirstOrThrow();
  const server = await buildServer({
    ...app.parts,
    workspaceId: workspace.id,
    mailbox: null,
    demo: null,
    trustedProxies: app.config.trustedProxies,
    secret: app.secret,
    allowPrivateWebhooks: false,
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  return server.server.address() as AddressInfo;
}

process.on("disconnect", () => process.exit(0));
const { port } = await listen();
process.send?.(port);
