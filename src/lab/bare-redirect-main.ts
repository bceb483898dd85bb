import type { AddressInfo } from "node:net";
import Fastify from "fastify";

/** The reference of the tracking bench: a Fastify that answers every request with a redirect, and knows nothing else. */
const bare = Fastify({ logger: false });
bare.get("/c/:token", (_request, reply) =>
  reply.code(302).header("location", "https://insight.example/where-it-leads").send(),
);
await bare.listen({ host: "127.0.0.1", port: 0 });
process.stderr.write(
  `The bare redirect is at http://localhost:${(bare.server.address() as AddressInfo).port}\n`,
);
process.on("SIGTERM", () => process.exit(0));
