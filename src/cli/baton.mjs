// `npm run -s baton -- …`. A worker runs compiled and without a compiler beside it; every other command is
// short or waits for a person, and is translated as it is loaded.
const args = process.argv.slice(2);
if (args.length === 1 && args[0] === "worker") {
  await import("../../worker/start.mjs");
} else {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./main.ts");
}
