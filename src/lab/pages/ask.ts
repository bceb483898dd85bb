import { Agent, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[];
  /** From the request's first byte to the answer's last, as the client sees it on loopback. */
  readonly ms: number;
}

export interface Asking {
  get(path: string, cookie?: string): Promise<Answer>;
  /** A form without fields, as the button of the sign-in page sends it. */
  press(path: string, origin: string): Promise<Answer>;
  close(): void;
}

/** One keep-alive connection to a server on this machine: one request after the other. */
export function askingOf(port: number): Asking {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string, headers: Record<string, string>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const sent = request({ host: "127.0.0.1", port, path, method, headers, agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const ms = performance.now() - started;
          const cookies = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
          const body = Buffer.concat(chunks).toString("utf8");
          resolve({ status: answer.statusCode ?? 0, body, cookies, ms });
        });
        answer.on("error", reject);
      });
      sent.on("error", reject);
      sent.end();
    });
  const reader = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0" };
  return {
    get: (path, cookie) => ask("GET", path, { ...reader, ...(cookie === undefined ? {} : { cookie }) }),
    press: (path, origin) =>
      ask("POST", path, {
        ...reader,
        origin,
        "content-type": "application/x-www-form-urlencoded",
        "content-length": "0",
      }),
    close: () => agent.destroy(),
  };
}

/** The nearest-rank percentile of a sorted copy. Throws for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("No value was measured.");
  return value;
}
