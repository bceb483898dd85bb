import type { Command } from "commander";
import { classifyHits, RULE_SET_VERSION, readHits } from "../../domain/engagement/classify-hits.ts";
import { NETWORKS_AS_OF } from "../../domain/engagement/networks.ts";
import { print, RefusedError, table } from "../output.ts";
import { readText } from "../sequence-files.ts";

export function addHitsCommands(program: Command): void {
  const hits = program.command("hits").description("Raw HTTP hits on tracked links.");
  hits
    .command("classify")
    .argument(
      "<file>",
      "raw hits, one JSON object per line (the Hit schema in src/domain/engagement/classify-hits.ts)",
    )
    .description(
      "Human, machine or uncertain, with the rules that said so. Pure: the same lines give the same bytes.",
    )
    .option("--json", "print one JSON object per line")
    .action(classify);
}

async function classify(file: string, options: { json?: boolean }): Promise<void> {
  const { hits, problems } = readHits(await readText(file));
  if (problems.length > 0) {
    throw new RefusedError(
      problems.map(({ line, problem }) => ({
        code: "bad-hit",
        place: `${file}:${line}`,
        message: problem,
        remedy: "Correct the line; the fields are in src/domain/engagement/classify-hits.ts.",
      })),
    );
  }
  const labels = classifyHits(hits);
  if (options.json) {
    print(labels.map((label) => JSON.stringify(label)).join("\n"));
    return;
  }
  const rows = labels.map((label) => [label.id ?? label.at, label.label, label.rules.join(" ")]);
  print(
    `${table(["hit", "label", "rules"], rows)}\n\n${counts(labels)} (rules ${RULE_SET_VERSION}, networks of ${NETWORKS_AS_OF})`,
  );
}

function counts(labels: readonly { label: string }[]): string {
  return ["human", "machine", "uncertain"]
    .map((name) => `${labels.filter((one) => one.label === name).length} ${name}`)
    .join(", ");
}
