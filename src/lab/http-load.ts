import { connect, type Socket } from "node:net";

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly requests: number;
  /** Path of the nth request, and the visitor's address for the server that trusts this proxy. */
  readonly request: (n: number) => { path: string; visitor: string };
  /** Status that every answer must have; another one is a fault of the bench. */
  readonly expect: number;
}

/**
 * Keep-alive connections that each ask, wait for the whole answer, and ask again, until the count is
 * reached. Written on sockets: an HTTP client would be the slowest part of what is measured.
 * Answers the seconds it took.
 */
export async function httpLoad(load: Load): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: load.connections }, () => lane(load, () => (next < load.requests ? next++ : null))),
  );
  return (performance.now() - started) / 1000;
}

function lane(load: Load, take: () => number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: load.port, noDelay: true });
    let held = Buffer.alloc(0);
    const ask = (): void => {
      const n = take();
      if (n === null) {
        socket.end();
        resolve();
        return;
      }
      write(socket, load.request(n));
    };
    socket.on("connect", ask);
    socket.on("data", (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const size = answerSize(held);
      if (size === null || held.length < size) return;
      const status = Number(held.toString("latin1", 9, 12));
      held = held.subarray(size);
      if (status === load.expect) ask();
      else socket.destroy(new Error(`The server answered ${status} instead of ${load.expect}.`));
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("The server closed the connection.")));
  });
}

function write(socket: Socket, { path, visitor }: { path: string; visitor: string }): void {
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${visitor}\r\n` +
      "User-Agent: Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome/141.0 Safari/537.36\r\n" +
      "Accept: text/html\r\nAccept-Language: en-GB\r\n\r\n",
  );
}

/** Bytes of the first whole answer; null while its head is still coming. */
function answerSize(held: Buffer): number | null {
  const end = held.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(held.toString("latin1", 0, end));
  if (length === null) throw new Error("An answer of the bench has no Content-Length.");
  return end + 4 + Number(length[1]);
}
