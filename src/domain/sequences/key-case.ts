import type { Path } from "./problem.ts";

/** "skip-when" → "skipWhen". */
export const toCamel = (key: string): string =>
  key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** "skipWhen" → "skip-when". */
export const toKebab = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, "");

/** ["steps", 2, "skipWhen"] → "steps[2].skip-when", as the author wrote it. */
export const writePath = (path: Path): string =>
  path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${toKebab(part)}`,
    )
    .join("");
