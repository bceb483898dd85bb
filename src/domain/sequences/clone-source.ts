/** Words that stand for places of the studio and would hide a sequence of that name. */
export const RESERVED_KEYS: readonly string[] = ["drafts", "templates", "competitors"];

/**
 * The text of a sequence under another key and name, its comments and line breaks kept. A clone is for
 * people who take over, so it says so (domain.md S0-30); the linter then refuses what only a beginner needs.
 */
export function cloneSource(source: string, clone: { key: string; name: string }): string {
  const named = setTop(setTop(source, "key", clone.key), "name", JSON.stringify(clone.name));
  return setTop(named, "assumes-existing-account", "true");
}

/** Sets a key of the top level, which YAML writes at the start of a line. */
function setTop(source: string, name: string, value: string): string {
  const line = new RegExp(`^${name}:.*$`, "m");
  const written = `${name}: ${value}`;
  if (line.test(source)) return source.replace(line, () => written);
  // Beside the key, where a reader looks first.
  return source.replace(/^key:.*$/m, (key) => `${key}\n${written}`);
}
