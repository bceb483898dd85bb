import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { isAlive } from "../../../src/drivers/local/is-alive.ts";
import { repositoryRoot } from "../../../src/repository-root.ts";
import { until } from "../../support/engine.ts";
import { FaultRig } from "../../support/fault-rig.ts";

const STARTS = [
  { script: "worker", main: "worker/start.mjs", more: [] },
  { script: "baton", main: "src/cli/baton.mjs", more: ["worker"] },
] as const;

describe("a worker as its user starts it", () => {
  let rig: FaultRig | undefined;
  afterEach(async () => {
    await rig?.close();
    rig = undefined;
  });

  it.each(STARTS)("$main is what `npm run $script` starts", ({ script, main }) => {
    const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8"));
    expect(scripts[script]).toBe(`node --max-semi-space-size=4 ${main}`);
  });

  it.each(STARTS)(
    "$main sends, is one process without a compiler, and ends with 0 on SIGTERM",
    {
      timeout: 60_000,
    },
    async ({ main, more }) => {
      rig = await FaultRig.open();
      const worker = await rig.startAsItsUser(main, more);
      await rig.plan(3);
      await rig.settle(20_000);
      expect(await rig.expectTruth(3)).toEqual({ submitted: 3, uncertain: 0, failed: 0 });
      if (process.platform === "linux") expect(worker.memory().processes).toBe(1);
      worker.kill("SIGTERM");
      expect(await worker.ended).toBe(0);
    },
  );

  it.runIf(process.platform !== "win32")(
    "is not left behind when npm, which started it, is told to stop",
    {
      timeout: 60_000,
    },
    async () => {
      rig = await FaultRig.open();
      const npm = spawn("npm", ["run", "-s", "worker"], {
        cwd: repositoryRoot,
        env: { ...rig.settings, PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      npm.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
      });
      const pid = await until(
        "the worker has started",
        async () => Number(/"worker":"(\d+)-[^\n]*worker started/.exec(said)?.[1] ?? 0) || null,
        { timeoutMs: 40_000 },
      );
      npm.kill("SIGTERM");
      await until("the worker has ended", async () => !isAlive(pid), { timeoutMs: 15_000 });
      expect(said).toContain("worker stops");
    },
  );

  it("says what is wrong with its settings, without a trace, and ends with 1", () => {
    const run = spawnSync(process.execPath, ["worker/start.mjs"], {
      cwd: repositoryRoot,
      env: { SMTP_URL: "carrier-pigeon" },
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("SMTP_URL");
    expect(run.stderr).toContain(".env.example");
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});
