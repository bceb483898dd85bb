import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Fastify from "fastify";

/** The reference of the pages bench: a Fastify that answers the same bytes from memory, and knows nothing else. */
const folder = process.argv[2] ?? "";
const bare = Fastify({ logger: false });
for (const file of readdirSync(folder)) {
  const body = readFileSync(join(folder, file));
  bare.get(`/${file}`, (_request, reply) => reply.type("text/html; charset=utf-8").send(body));
}
await bare.listen({ host: "127.0.0.1", port: 0 });
process.stderr.write(
  `The bare server is at http://localhost:${(bare.server.address() as AddressInfo).port}\n`,
);
process.on("SIGTERM", () => process.exit(0));
