import { createServer, type Server, type Socket } from "node:net";

/** What the server does to one mail; the recipient's local part names it: `drop-after-dot.7@…`. */
export const MANNERS = [
  "accept",
  "drop-at-rcpt",
  "drop-at-data",
  "drop-in-body",
  "drop-after-dot",
  "hang-at-rcpt",
  "hang-after-dot",
  "451-at-rcpt",
  "550-at-rcpt",
  "451-after-dot",
  "550-after-dot",
  "421-after-dot",
] as const;
export type Manner = (typeof MANNERS)[number];

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly connection: number;
}

export interface RoughServer {
  readonly port: number;
  /** Mails whose final dot arrived, answered or not, in order. */
  readonly taken: TakenMail[];
  readonly commands: string[];
  connections(): number;
  close(): Promise<void>;
}

/** A small SMTP server that misbehaves on request. Speaks over real sockets and keeps what it was given. */
export async function roughSmtpServer(
  options: { greeting?: string; extensions?: readonly string[] } = {},
): Promise<RoughServer> {
  const taken: TakenMail[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket, connection, options, taken, commands);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    taken,
    commands,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function converse(
  socket: Socket,
  connection: number,
  options: { greeting?: string; extensions?: readonly string[] },
  taken: TakenMail[],
  commands: string[],
): void {
  let from = "";
  let to: string[] = [];
  let body: string | null = null;
  let held = "";
  const manner = (): Manner => {
    const name = to[0]?.split(".")[0];
    return MANNERS.find((known) => known === name) ?? "accept";
  };
  const say = (line: string) => socket.write(`${line}\r\n`);
  const finish = (raw: string) => {
    taken.push({ from, to, raw, connection });
    switch (manner()) {
      case "drop-after-dot":
        return socket.destroy();
      case "hang-after-dot":
        return;
      case "451-after-dot":
        return say("451 4.3.0 try later");
      case "550-after-dot":
        return say("550 5.7.1 not wanted");
      case "421-after-dot":
        say("421 4.3.2 shutting down");
        return socket.end();
      default:
        return say("250 2.0.0 queued as 1");
    }
  };
  const command = (line: string) => {
    commands.push(line);
    const verb = line.split(" ")[0]?.toUpperCase();
    const path = /<([^>]*)>/.exec(line)?.[1] ?? "";
    switch (verb) {
      case "EHLO":
        say(
          ["rough.example", ...(options.extensions ?? ["8BITMIME", "DSN"])]
            .reverse()
            .map((_, i, all) => `250${i === all.length - 1 ? " " : "-"}${all[all.length - 1 - i]}`)
            .join("\r\n"),
        );
        return;
      case "MAIL":
        from = path;
        to = [];
        return say("250 2.1.0 ok");
      case "RCPT":
        to.push(path);
        if (manner() === "drop-at-rcpt") return socket.destroy();
        if (manner() === "hang-at-rcpt") return;
        if (manner() === "451-at-rcpt") return say("451 4.7.1 greylisted");
        if (manner() === "550-at-rcpt") return say("550 5.1.1 no such user");
        return say("250 2.1.5 ok");
      case "DATA":
        if (manner() === "drop-at-data") return socket.destroy();
        body = "";
        return say("354 go on");
      case "QUIT":
        say("221 2.0.0 bye");
        return socket.end();
      default:
        return say("250 2.0.0 ok");
    }
  };
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    held += chunk;
    for (;;) {
      if (body !== null) {
        if (manner() === "drop-in-body" && held.length > 0) return socket.destroy();
        const end = held.indexOf("\r\n.\r\n");
        if (end < 0) return;
        const raw = held.slice(0, end + 2);
        held = held.slice(end + 5);
        body = null;
        finish(raw);
        continue;
      }
      const end = held.indexOf("\r\n");
      if (end < 0) return;
      const line = held.slice(0, end);
      held = held.slice(end + 2);
      command(line);
    }
  });
  say(options.greeting ?? "220 rough.example ESMTP");
}
