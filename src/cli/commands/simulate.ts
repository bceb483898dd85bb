import type { Command } from "commander";
import { formatReport } from "../../lab/format-report.ts";
import { simulate, TUNING_SEEDS, UNSEEN_SEEDS } from "../../lab/simulate.ts";
import { EXIT, print, printJson, refusal } from "../output.ts";
import { loadLibrary } from "../sequence-files.ts";

interface SimulateOptions {
  perCell: string;
  tuning?: boolean;
  seeds?: string;
  json?: boolean;
}

export function addSimulateCommand(program: Command): void {
  program
    .command("simulate")
    .description(
      "Plays modelled readers through every track in virtual time: how often `ready` is right, beside opens and clicks.",
    )
    .option(
      "--per-cell <number>",
      "contacts per persona, track and seed (a third of it for shifted personas)",
      "15",
    )
    .option("--seeds <list>", "seeds with commas between (default: the unseen ones)")
    .option("--tuning", "use the seeds the personas were written with")
    .option("--json", "print JSON")
    .action(run);
}

/** Exit code 1 when a binding bar is missed, so that CI may run it. */
async function run(options: SimulateOptions): Promise<void> {
  const perCell = Number(options.perCell);
  if (!Number.isInteger(perCell) || perCell < 1 || perCell > 10_000) {
    throw refusal(
      "bad-number",
      "--per-cell",
      `"${options.perCell}" is no count.`,
      "Use a whole number from 1 to 10000.",
    );
  }
  const { sequences } = await loadLibrary();
  const preset = options.tuning ? TUNING_SEEDS : UNSEEN_SEEDS;
  const seeds = options.seeds === undefined ? preset : options.seeds.split(",").map((seed) => seed.trim());
  const report = simulate({ sequences: [...sequences.values()], perCell, seeds });
  if (options.json) printJson(report);
  else print(formatReport(report));
  if (report.bars.some((bar) => bar.binding && !bar.met)) process.exitCode = EXIT.refused;
}
