import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";

export interface PublishInput {
  workspaceId: string;
  /** `name` is shown in messages; competitor files are told by their content's path `competitors/`. */
  files: { name: string; source: string }[];
  actor: Actor;
  reason?: string;
}
export interface FileProblem {
  file: string;
  line: number | null;
  column: number | null;
  message: string;
  remedy: string;
}
export interface PublishReport {
  published: { kind: "sequence" | "competitor"; key: string; version: number; versionId: string }[];
  /** The source is byte for byte what is already published. */
  unchanged: { kind: "sequence" | "competitor"; key: string; version: number }[];
  /** Not published; the version that runs is left alone. */
  refused: { file: string; problems: FileProblem[] }[];
}
export declare function publishSequences(parts: Parts, input: PublishInput): Promise<PublishReport>;
