import type { Bar, SimulationReport, SimulationRun } from "./simulate.ts";
import type { Interval } from "./simulation/labels.ts";

/** The report of `simulate` as plain text, for a terminal. */
export function formatReport(report: SimulationReport): string {
  return [
    `Simulated readers, ${report.perCell} per persona, track and seed (shifted: a third of it); seeds ${report.seeds.join(", ")}.`,
    "They show the structure of the model, not its accuracy in the field.",
    ...report.runs.flatMap(formatRun),
    "",
    "Bars, lowest of the tracks (for shifted personas only the last one binds):",
    ...report.bars.map(barLine),
  ].join("\n");
}

function barLine({ shift, bar, met, found, binding }: Bar): string {
  const outcome = met ? "met" : binding ? "MISSED" : "below";
  return `  ${outcome.padEnd(7)} ${shiftName(shift)}: ${bar}: ${found}`;
}

function shiftName(shift: number): string {
  const percent = Math.round((shift - 1) * 100);
  return shift === 1 ? "as written" : `shifted by ${percent > 0 ? "+" : ""}${percent} %`;
}

function formatRun(run: SimulationRun): string[] {
  const name = `Personas ${shiftName(run.shift)}`;
  const tracks = run.tracks.map((track) => [
    track.sequence,
    String(track.contacts),
    String(track.becameReady),
    interval(track.precision),
    interval(track.recallOrdinary),
    share(track.recallAll),
    String(track.machineOnlyReady),
    `${share(track.naivePrecision)} / ${share(track.naiveRecall)} / ${track.naiveMachineOnly}`,
    track.medianDelayDays === null ? "-" : String(track.medianDelayDays),
    track.readyLostPerReady === null ? "-" : track.readyLostPerReady.toFixed(2),
  ]);
  const heads = [
    "track",
    "people",
    "ready",
    "precision (95 %)",
    "recall, ordinary (95 %)",
    "recall, all",
    "machine-only ready",
    "opens+clicks: prec / recall / machine",
    "median days late",
    "ready lost",
  ];
  const people = run.personas.map((persona) => [
    persona.persona,
    String(persona.contacts),
    String(persona.truth),
    String(persona.ready),
    String(persona.falseReady),
    String(persona.askedToMeet),
  ]);
  const personaHeads = ["persona", "people", "no demo needed", "ready", "false ready", "asked to meet"];
  return ["", name, ...columns([heads, ...tracks]), "", ...columns([personaHeads, ...people])];
}

function interval(value: Interval | null): string {
  return value === null
    ? "-"
    : `${value.share.toFixed(3)} (${value.low.toFixed(3)}-${value.high.toFixed(3)})`;
}

function share(value: Interval | null): string {
  return value === null ? "-" : value.share.toFixed(3);
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
