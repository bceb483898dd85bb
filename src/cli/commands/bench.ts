import type { Command } from "commander";
import { benchMemory } from "../../lab/bench-memory.ts";
import { benchPlan } from "../../lab/bench-plan.ts";
import { benchSend } from "../../lab/bench-send.ts";
import { benchTrack } from "../../lab/bench-track.ts";
import { print, printJson, progress, refusal } from "../output.ts";
import { addPagesBench } from "./bench-pages.ts";

interface SendOptions {
  mails: string;
  runs: string;
  dkim?: boolean;
  redis?: string;
  json?: boolean;
}

interface MemoryOptions {
  due: string;
  seconds: string;
  json?: boolean;
}

interface PlanOptions {
  due: string;
  active: string;
  runs: string;
  json?: boolean;
}

interface TrackOptions {
  requests: string;
  runs: string;
  connections: string;
  json?: boolean;
}

export function addBenchCommands(program: Command): void {
  const bench = program
    .command("bench")
    .description("Speed and memory, each beside a bare reference in the same run.");
  bench
    .command("send")
    .description(
      "Mails per second with a durable row each, beside bare pooled nodemailer to the same server.",
    )
    .option("--mails <number>", "mails in each run", "3000")
    .option("--runs <number>", "runs of each side; the median counts", "5")
    .option("--dkim", "sign every mail, on both sides")
    .option("--redis <url>", "the queue on Redis instead of PostgreSQL")
    .option("--json", "print JSON")
    .action(send);
  bench
    .command("memory")
    .description("Resident memory of one worker with a long list of due mails, sending as fast as it can.")
    .option("--due <number>", "mails that are due", "100000")
    .option("--seconds <number>", "how long it is watched", "90")
    .option("--json", "print JSON")
    .action(memory);
  bench
    .command("plan")
    .description("Seconds to plan the due enrollments among few and among many active ones.")
    .option("--due <number>", "enrollments that are due", "10000")
    .option("--active <number>", "enrollments in all, the second time", "1000000")
    .option("--runs <number>", "runs of each; the median counts", "3")
    .option("--json", "print JSON")
    .action(plan);
  bench
    .command("track")
    .description(
      "Requests per second of the signed redirect and of the contact's page, each keeping its hit, beside a bare Fastify redirect.",
    )
    .option("--requests <number>", "requests in each run", "1000")
    .option("--runs <number>", "runs of each side; the median counts", "5")
    .option("--connections <number>", "keep-alive connections", "20")
    .option("--json", "print JSON")
    .action(track);
  addPagesBench(bench);
}

async function send(options: SendOptions): Promise<void> {
  const result = await benchSend({
    mails: count("--mails", options.mails),
    runs: count("--runs", options.runs),
    dkim: options.dkim === true,
    ...(options.redis === undefined ? {} : { redisUrl: options.redis }),
  });
  if (options.json) {
    printJson(result);
    return;
  }
  print(
    [
      `send, ${result.mails} mails of ${Math.round(result.mailBytes / 1024)} KB, ${result.connections} connections, DKIM ${result.dkim ? "on" : "off"}`,
      `  bare pooled nodemailer  ${result.bareMedian.toFixed(0)} mails/s  (${list(result.bare)})`,
      `  one Baton worker        ${result.engineMedian.toFixed(0)} mails/s  (${list(result.engine)})`,
      `  ratio                   ${result.ratio.toFixed(2)}   peak memory ${result.peakMemoryMb.toFixed(0)} MB`,
    ].join("\n"),
  );
}

async function memory(options: MemoryOptions): Promise<void> {
  const result = await benchMemory({
    due: count("--due", options.due),
    seconds: count("--seconds", options.seconds),
  });
  if (options.json) {
    printJson(result);
    return;
  }
  print(
    [
      `memory, one worker, ${result.due} mails due, ${result.seconds} s, ${result.submitted} submitted`,
      `  ${result.processes} ${result.processes === 1 ? "process" : "processes together"}, peak ${result.peakMb.toFixed(0)} MB   median ${result.medianMb.toFixed(0)} MB`,
    ].join("\n"),
  );
}

async function plan(options: PlanOptions): Promise<void> {
  const result = await benchPlan({
    due: count("--due", options.due),
    active: count("--active", options.active),
    runs: count("--runs", options.runs),
    onProgress: progress,
  });
  if (options.json) {
    printJson(result);
    return;
  }
  const seconds = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(", ");
  print(
    [
      `plan, ${result.due} due enrollments, each becoming a planned mail`,
      `  among ${result.due} active  ${result.amongFewMedian.toFixed(2)} s  (${seconds(result.amongFew)})`,
      `  among ${result.active} active  ${result.amongManyMedian.toFixed(2)} s  (${seconds(result.amongMany)})`,
      `  ratio  ${result.ratio.toFixed(2)}`,
    ].join("\n"),
  );
}

async function track(options: TrackOptions): Promise<void> {
  const result = await benchTrack({
    requests: count("--requests", options.requests),
    runs: count("--runs", options.runs),
    connections: count("--connections", options.connections),
  });
  if (options.json) {
    printJson(result);
    return;
  }
  print(
    [
      `track, ${result.requests} requests a run, ${result.connections} connections, ${result.hits} hits kept`,
      `  bare Fastify redirect    ${result.bareMedian.toFixed(0)} requests/s  (${list(result.bare)})`,
      `  signed redirect          ${result.redirectMedian.toFixed(0)} requests/s  (${list(result.redirect)})`,
      `  the contact's page       ${result.pageMedian.toFixed(0)} requests/s  (${list(result.page)})`,
      `  ratio                    ${result.ratio.toFixed(3)}   redirect with its hit, to a redirect and nothing else`,
    ].join("\n"),
  );
}

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(0)).join(", ");
}

function count(place: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw refusal("bad-number", place, `"${text}" is no count.`, "Use a whole number above 0.");
}
