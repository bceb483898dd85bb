import type { Policy } from "../domain/sequences/policy.ts";
import { POLICIES } from "../domain/sequences/sequence.ts";
import { refusal } from "./output.ts";

/** What was written after `--policy`. */
export function policyNamed(text: string): Policy {
  const named = POLICIES.find((policy) => policy === text);
  if (named !== undefined) return named;
  throw refusal("bad-policy", "--policy", `"${text}" is no policy.`, "Use light, standard or full.");
}
