/** "1 act", "3 acts". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** "1 active day", "6 active days". */
export function days(count: number): string {
  return counted(count, "active day");
}

/** A score as it is shown in prose: 65.55 → "65.55", 70 → "70". */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length <= 1) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1] ?? ""}`;
}
