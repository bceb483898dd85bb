import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { classifyMail } from "../../domain/inbound/classify-mail.ts";
import { print, printJson, refusal, table } from "../output.ts";

export function addMailCommands(program: Command): void {
  program
    .command("mail")
    .description("Mail that came in.")
    .command("classify")
    .argument("<files...>", "raw mails (.eml)")
    .description(
      "Bounce, complaint, auto-reply, reply or other, with status, recipient, reason and return date where known.",
    )
    .option("--json", "print JSON: one object per file, in the order given")
    .action(classify);
}

async function classify(files: string[], options: { json?: boolean }): Promise<void> {
  const answers = [];
  for (const file of files) {
    const raw = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOENT") throw cause;
      throw refusal("no-file", file, "There is no such file.", "Check the path.");
    });
    const mail = await classifyMail(raw);
    const { kind, status, recipient, reason, returnsOn, standIn, departed, rules } = mail;
    answers.push({ file, kind, status, recipient, reason, returnsOn, standIn, departed, rules });
  }
  if (options.json) {
    printJson(answers);
    return;
  }
  const rows = answers.map((one) => [
    one.file,
    one.kind,
    one.status ?? "–",
    one.recipient ?? "–",
    one.reason,
  ]);
  print(table(["file", "kind", "status", "recipient", "reason"], rows));
}
