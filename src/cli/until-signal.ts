/**
 * Resolves at the first SIGINT or SIGTERM, for whoever closes in order then. A second signal ends the
 * process at once: whoever presses Ctrl-C twice means it, and the rows can stand it.
 */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const first = () => {
      process.off("SIGINT", first);
      process.off("SIGTERM", first);
      const second = () => process.exit(130);
      process.once("SIGINT", second);
      process.once("SIGTERM", second);
      resolve();
    };
    process.on("SIGINT", first);
    process.on("SIGTERM", first);
  });
}
