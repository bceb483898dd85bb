import type { AddressInfo } from "node:net";
import type { App } from "../app.ts";
import { buildServer } from "../web/server.ts";
import type { DemoClock } from "../web/web-parts.ts";
import { refusal } from "./output.ts";

export interface ServedPages {
  url: string;
  close(): Promise<void>;
}

/** Serves the pages and the API of an opened app. Refuses with a remedy when the port is taken. */
export async function servePages(
  app: App,
  options: { workspaceId: string; demo: DemoClock | null },
): Promise<ServedPages> {
  const { config, parts, captured } = app;
  const server = await buildServer({
    ...parts,
    workspaceId: options.workspaceId,
    mailbox: captured?.mailbox ?? null,
    demo: options.demo,
    trustedProxies: config.trustedProxies,
    secret: app.secret,
    // Only a product that still captures its mail may tell a webhook on the same machine.
    allowPrivateWebhooks: captured !== null,
  });
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (cause) {
    await server.close();
    if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
    throw refusal(
      "port-taken",
      `PORT ${config.port}`,
      "Something else listens there.",
      "Stop it, or set PORT to another number.",
    );
  }
  const { port } = server.server.address() as AddressInfo;
  return { url: config.baseUrl.replace(/:0$/, `:${port}`), close: () => server.close() };
}
