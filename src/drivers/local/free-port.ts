import { createServer } from "node:net";

/** A free port on loopback: the preferred one when it is free (0: any). */
export async function freePort(preferred = 0): Promise<number> {
  return (await listensOn(preferred)) ?? (await listensOn(0)) ?? 0;
}

function listensOn(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
