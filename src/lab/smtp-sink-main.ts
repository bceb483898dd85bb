import { type SinkOptions, startSmtpSink } from "./smtp-sink.ts";
import type { SinkAnswer, SinkOrder } from "./smtp-sink-process.ts";

/** The child of `startSmtpSinkProcess`: options come as JSON in the first argument, orders over IPC. */
const options: SinkOptions = JSON.parse(process.argv[2] ?? "{}");
const sink = await startSmtpSink(options);
const tell = (answer: SinkAnswer): void => {
  process.send?.(answer);
};

process.on("message", (order: SinkOrder) => {
  const done = order.ask === "faults" ? sink.setFaults(order.faults) : Promise.resolve();
  void done.then(() => sink.accepted()).then((accepted) => tell({ kind: "answer", id: order.id, accepted }));
});
// The parent has gone, by will or by kill: nobody reads the log any more.
process.on("disconnect", () => {
  void sink.close().then(() => process.exit(0));
});
tell({ kind: "listening", port: sink.port });
