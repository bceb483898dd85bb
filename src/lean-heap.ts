import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Lets V8 clean up when its heap has grown by a tenth, not when it has doubled: a worker makes a hundred
 * megabytes of mail a second and keeps none of it, and left alone it rises above 400 MB. Flags that are
 * read while the process runs, so they work however it was started.
 */
export function keepHeapLean(): void {
  setFlagsFromString("--heap-growing-percent=10");
  // The tenth counts from the last full collection, and V8 puts the first one off until 80 MB of garbage
  // lie about: so there is one now.
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
}
