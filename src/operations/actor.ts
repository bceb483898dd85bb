/** Who did it, as the audit names them. */
export type Actor = `user:${string}` | `token:${string}` | `contact:${string}` | "system" | "cli";
