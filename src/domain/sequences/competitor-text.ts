import type { BlockOf, Competitor } from "./sequence.ts";

/** A part of a competitor file in full, as Markdown for the reader's page: every claim with its source and date. */
export function competitorText(block: BlockOf<"competitor">, competitor: Competitor | null): string {
  if (competitor === null) return block.otherwise;
  const body = partText(block.show, competitor);
  if (body === "") return block.otherwise;
  return block.intro === undefined ? body : `${block.intro}\n\n${body}`;
}

function partText(show: BlockOf<"competitor">["show"], competitor: Competitor): string {
  switch (show) {
    case "term-map":
      return table(
        [`In ${competitor.name}`, "Here"],
        competitor.termMap.map(({ theirs, ours, note }) => [
          theirs,
          [ours ?? "no equal", note].filter((part) => part !== undefined).join(": "),
        ]),
      );
    case "habit-map":
      return table(
        ["Job", `In ${competitor.name}`, "Here"],
        competitor.habitMap.map(({ job, there, here }) => [job, there, here]),
      );
    case "honest-gaps":
      return table(
        ["Missing here", "What people do instead", "Source"],
        competitor.honestGaps.map(({ gap, workaround, source, on }) => [gap, workaround, `${source}, ${on}`]),
      );
    case "strengths":
      return list(competitor.swot.strengths);
    case "proof":
      return list(competitor.proof.map(({ claim, source, on }) => `${claim} (${source}, ${on})`));
    case "migration-notes":
      return list(competitor.migrationNotes);
    default:
      return show satisfies never;
  }
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
