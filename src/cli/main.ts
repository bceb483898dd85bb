import { Command, CommanderError } from "commander";
import { addAccountCommands } from "./commands/accounts.ts";
import { addBenchCommands } from "./commands/bench.ts";
import { addCaseCommands } from "./commands/case.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addDocsCommand } from "./commands/docs.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addEnrollCommand } from "./commands/enroll.ts";
import { addHitsCommands } from "./commands/hits.ts";
import { addMailCommands } from "./commands/mail.ts";
import { addPreviewCommand } from "./commands/preview.ts";
import { addReadinessCommands } from "./commands/readiness.ts";
import { addRunCommands } from "./commands/run.ts";
import { addSequenceCommands } from "./commands/sequences.ts";
import { addSimulateCommand } from "./commands/simulate.ts";
import { EXIT, formatRefusal, RefusedError } from "./output.ts";

const program = new Command("baton")
  .description("Re-onboards the people who take over when a customer's point of contact leaves.")
  .showHelpAfterError("(add --help for the options)")
  .configureHelp({ sortSubcommands: false })
  .exitOverride();

addRunCommands(program);
addDemoCommand(program);
addDoctorCommand(program);
addAccountCommands(program);
addCaseCommands(program);
addEnrollCommand(program);
addPreviewCommand(program);
addSequenceCommands(program);
addReadinessCommands(program);
addHitsCommands(program);
addMailCommands(program);
addSimulateCommand(program);
addBenchCommands(program);
addDocsCommand(program);

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
