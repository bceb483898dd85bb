/**
 * How a worker's Node is started: a quarter of its usual young generation. The rest of what keeps a worker
 * small works in every process (lean-heap.ts).
 */
export const WORKER_NODE_FLAGS: readonly string[] = ["--max-semi-space-size=4"];
