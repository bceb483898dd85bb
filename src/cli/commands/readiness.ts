import type { Command } from "commander";
import { readEventLog } from "../../domain/engagement/classify-evidence.ts";
import { assessReadiness, readinessBytes } from "../../domain/readiness/assess-readiness.ts";
import type { Readiness } from "../../domain/readiness/readiness.ts";
import { readinessTrack } from "../../domain/readiness/track.ts";
import { readinessOf } from "../../operations/readiness-of.ts";
import { findEnrollment } from "../find-rows.ts";
import { print, printJson, RefusedError, refusal, table } from "../output.ts";
import { loadSequence, readText } from "../sequence-files.ts";
import { withApp } from "../with-app.ts";

export function addReadinessCommands(program: Command): void {
  const readiness = program
    .command("readiness")
    .description("Whether a contact is ready for a meeting, and why.");
  readiness
    .command("show")
    .argument("<contact>", "external_ref, address or name of the contact")
    .description("The contact's readiness as it stands now, from the stored log.")
    .option("--json", "print JSON")
    .action(show);
  readiness
    .command("evaluate")
    .description(
      "Pure: an event log in (one JSON object per line, the first of kind enrolled; every kind is a variant of LogEvent in src/domain/engagement/events.ts), score, gates, verdict and reasons out.",
    )
    .requiredOption("--sequence <key>", "key of a shipped sequence, or the path of a .yaml file")
    .requiredOption("--events <file>", "the log, JSONL")
    .requiredOption("--at <iso>", "the instant, such as 2026-03-29T20:00:00-06:00")
    .option("--json", "print JSON")
    .action(evaluate);
}

async function show(who: string, options: { json?: boolean }): Promise<void> {
  await withApp(async ({ parts, workspaceId }) => {
    const enrollment = await findEnrollment(parts, workspaceId, who);
    const view = await readinessOf(parts, { workspaceId, enrollmentId: enrollment.id });
    if (view?.readiness == null) {
      throw refusal(
        "no-readiness",
        who,
        "This sequence has no readiness.",
        "Only contacts' tracks are assessed.",
      );
    }
    if (options.json) printJson(view);
    else
      print(`${view.contactName}, ${view.accountName} (${view.sequenceName})\n\n${describe(view.readiness)}`);
  });
}

async function evaluate(options: {
  sequence: string;
  events: string;
  at: string;
  json?: boolean;
}): Promise<void> {
  const { sequence } = await loadSequence(options.sequence);
  const track = readinessTrack(sequence);
  if (track === null) {
    throw refusal(
      "no-readiness",
      `--sequence ${options.sequence}`,
      "This sequence has no readiness.",
      "Use a contact's track: internal, external-new-function or ex-competitor.",
    );
  }
  const at = new Date(options.at);
  if (Number.isNaN(at.getTime())) {
    throw refusal(
      "bad-instant",
      `--at ${options.at}`,
      "This is no instant.",
      "Write it like 2026-03-29T20:00:00-06:00.",
    );
  }
  const { events, problems } = readEventLog(await readText(options.events));
  if (problems.length > 0) {
    throw new RefusedError(
      problems.map(({ line, problem }) => ({
        code: "bad-event",
        place: `${options.events}:${line}`,
        message: problem,
        remedy: "Correct the line; the fields of every kind are in src/domain/engagement/events.ts.",
      })),
    );
  }
  if (!events.some((event) => event.kind === "enrolled" && new Date(event.at) <= at)) {
    throw refusal(
      "no-start",
      options.events,
      "The log has no enrolled event before --at.",
      'Begin it with {"kind":"enrolled","at":"…","zone":"America/Denver"}.',
    );
  }
  const readiness = assessReadiness(track, events, at);
  print(options.json ? readinessBytes(readiness) : describe(readiness));
}

function describe(readiness: Readiness): string {
  const components = table(
    ["component", "raw", "weight", "points"],
    readiness.components.map((part) => [
      part.id,
      part.raw.toFixed(2),
      part.weight.toFixed(2),
      part.points.toFixed(2),
    ]),
  );
  const gates = readiness.gates
    .map((gate) => `${gate.passed ? "✓" : "✗"} ${gate.id} ${gate.text}`)
    .join("\n");
  return `${readiness.explanation.text}\n\nverdict ${readiness.verdict}, day ${readiness.activeDay}, score ${readiness.score.toFixed(2)}: ${readiness.verdictReason}\n\n${components}\n\n${gates}`;
}
