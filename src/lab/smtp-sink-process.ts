import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SinkOptions, SmtpSink } from "./smtp-sink.ts";
import type { AcceptedMail } from "./smtp-sink-dialogue.ts";
import type { SinkFaults } from "./smtp-sink-faults.ts";

/** What parent and child say to each other. */
export type SinkOrder = { ask: "accepted"; id: number } | { ask: "faults"; id: number; faults: SinkFaults };
export type SinkAnswer =
  | { kind: "listening"; port: number }
  | { kind: "answer"; id: number; accepted: number };

/** The sink in a process of its own, so that it neither slows the sender down nor dies with it. */
export async function startSmtpSinkProcess(options: SinkOptions = {}): Promise<SmtpSink> {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const child = fork(
    fileURLToPath(new URL(`./smtp-sink-main.${extension}`, import.meta.url)),
    [JSON.stringify(options)],
    {
      execArgv: extension === "ts" ? ["--import", "tsx"] : [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const waiting = new Map<number, (accepted: number) => void>();
  let asked = 0;
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) =>
      reject(new Error(`The SMTP sink ended before it listened (exit code ${code}).`)),
    );
    child.on("message", (answer: SinkAnswer) => {
      if (answer.kind === "listening") resolve(answer.port);
      else waiting.get(answer.id)?.(answer.accepted);
    });
  });
  const order = (make: (id: number) => SinkOrder): Promise<number> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, (accepted) => {
        waiting.delete(id);
        resolve(accepted);
      });
      child.send(make(id), (error) => {
        if (error !== null) reject(error);
      });
    });
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    accepted: () => order((id) => ({ ask: "accepted", id })),
    setFaults: async (faults) => {
      await order((id) => ({ ask: "faults", id, faults }));
    },
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}

/**
 * Every mail the sink delivered, from its log. A last line that is cut off (the sink was killed) is left out.
 *
 * @public what tests compare with
 */
export function readSinkLog(file: string): AcceptedMail[] {
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line): AcceptedMail => JSON.parse(line));
}
