import "../production.ts";

import { Command, CommanderError } from "commander";
import { EXIT, formatRefusal, RefusedError } from "./output.ts";

// Prisma's adapter loads relations in parallel on a transaction's one connection; pg 8 queues them and
// warns on every start. It is for their next release, not for whoever looks at this terminal.
process.noDeprecation = true;

const program = new Command("baton")
  .description("Re-onboards the people who take over when a customer's point of contact leaves.")
  .showHelpAfterError("(add --help for the options)")
  .configureHelp({ sortSubcommands: false })
  .exitOverride();

type Adder = (program: Command) => void;
const run = async (): Promise<Adder> => (await import("./commands/run.ts")).addRunCommands;
const accounts = async (): Promise<Adder> => (await import("./commands/accounts.ts")).addAccountCommands;

/** In the order of the help. Only what was asked for is loaded: a pure command needs no database driver. */
const COMMANDS: Readonly<Record<string, () => Promise<Adder>>> = {
  start: run,
  web: run,
  worker: run,
  migrate: run,
  demo: async () => (await import("./commands/demo.ts")).addDemoCommand,
  doctor: async () => (await import("./commands/doctor.ts")).addDoctorCommand,
  accounts,
  contacts: accounts,
  case: async () => (await import("./commands/case.ts")).addCaseCommands,
  enroll: async () => (await import("./commands/enroll.ts")).addEnrollCommand,
  preview: async () => (await import("./commands/preview.ts")).addPreviewCommand,
  sequences: async () => (await import("./commands/sequences.ts")).addSequenceCommands,
  readiness: async () => (await import("./commands/readiness.ts")).addReadinessCommands,
  hits: async () => (await import("./commands/hits.ts")).addHitsCommands,
  mail: async () => (await import("./commands/mail.ts")).addMailCommands,
  token: async () => (await import("./commands/token.ts")).addTokenCommands,
  simulate: async () => (await import("./commands/simulate.ts")).addSimulateCommand,
  screenshots: async () => (await import("./commands/screenshots.ts")).addScreenshotsCommand,
  bench: async () => (await import("./commands/bench.ts")).addBenchCommands,
  docs: async () => (await import("./commands/docs.ts")).addDocsCommand,
};
const asked = COMMANDS[process.argv[2] ?? ""];
const needed = asked === undefined ? new Set(Object.values(COMMANDS)) : [asked];
for (const load of needed) (await load())(program);

try {
  await program.parseAsync();
} catch (problem) {
  process.exitCode = report(problem);
}

/** Exit codes are a contract: 0 done, 1 refused with reason and remedy, 2 fault. */
function report(problem: unknown): number {
  if (problem instanceof CommanderError) return problem.exitCode === 0 ? EXIT.done : EXIT.refused;
  if (problem instanceof RefusedError) {
    for (const one of problem.problems) process.stderr.write(`${formatRefusal(one)}\n`);
    return EXIT.refused;
  }
  process.stderr.write(
    `${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}\n`,
  );
  return EXIT.fault;
}
