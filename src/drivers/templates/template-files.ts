import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that holds package.json: the same from src/ and from dist/, since tsc copies no .mjml. */
function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json above ${from}: keep emails/ beside it`);
  }
}

const read = new Map<string, string>();

/** A file of emails/, read once: "layout.mjml", "blocks/task.mjml". */
export function templateFile(name: string): string {
  let content = read.get(name);
  if (content === undefined) {
    const path = join(repositoryRoot(import.meta.dirname), "emails", name);
    try {
      content = readFileSync(path, "utf8");
    } catch (cause) {
      throw new Error(`Cannot read the mail template ${path}`, { cause });
    }
    read.set(name, content);
  }
  return content;
}
