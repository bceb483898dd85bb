/**
 * How a worker's Node is started. Half of its usual young generation: mails are short-lived, and a worker
 * that sends as fast as it can stays below 250 MB instead of rising above 400.
 */
export const WORKER_NODE_FLAGS: readonly string[] = ["--max-semi-space-size=8"];
