import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { App } from "../app.ts";
import type { Config } from "../config.ts";
import { networkBook } from "../domain/engagement/network-book.ts";
import { dkimRecord } from "../drivers/mail/dkim.ts";
import { buildServer } from "../web/server.ts";
import type { DemoClock, MailSetup } from "../web/web-parts.ts";
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
    mailSetup: mailSetup(config),
    demo: options.demo,
    trustedProxies: config.trustedProxies,
    networks: networkBook(config.scannerNetworks),
    secret: app.secret,
    // Only a product that still captures its mail may tell a webhook on the same machine.
    allowPrivateWebhooks: captured !== null,
  });
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (cause) {
    await server.close();
    throw portTaken(config, cause);
  }
  const { port } = server.server.address() as AddressInfo;
  return { url: config.baseUrl.replace(/:0$/, `:${port}`), close: () => server.close() };
}

/** Before anything is opened and a person waits for it. */
export async function refuseTakenPort(config: Pick<Config, "host" | "port">): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ host: config.host, port: config.port });
    await once(probe, "listening");
  } catch (cause) {
    throw portTaken(config, cause);
  } finally {
    probe.close();
  }
}

function portTaken({ port }: Pick<Config, "port">, cause: unknown): unknown {
  if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) return cause;
  return refusal(
    "port-taken",
    `PORT ${port}`,
    "Something else listens there.",
    "Stop it, or set PORT to another number.",
  );
}

/** What the settings page may tell about how mail leaves: no password, no private key. */
function mailSetup({ smtpUrl, dkim }: Config): MailSetup {
  const key =
    dkim === null
      ? null
      : { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey };
  return {
    server: smtpUrl === null ? null : new URL(smtpUrl).host,
    dkim:
      key === null
        ? null
        : { name: `${key.keySelector}._domainkey.${key.domainName}`, record: dkimRecord(key) },
    // Read when somebody asks: the list of public suffixes is not small.
    checkDns: async (senders) => {
      const { checkDns } = await import("../drivers/mail/dns-check.ts");
      return checkDns(senders, key);
    },
  };
}
