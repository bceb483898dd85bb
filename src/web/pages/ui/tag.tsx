import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "info";

/** A short state in words; the colour only repeats it. */
export function Tag({ tone, children }: { tone?: Tone | undefined; children: ReactNode }) {
  return <span className={tone === undefined ? "tag" : `tag ${tone}`}>{children}</span>;
}
