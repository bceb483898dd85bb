import { join } from "node:path";
import type { Command } from "commander";
import { startWorker } from "../../../worker/start-worker.ts";
import { type App, openApp } from "../../app.ts";
import type { Config } from "../../config.ts";
import { ScratchInUse } from "../../drivers/local/scratch-database.ts";
import { prepareDemo } from "../../lab/demo/demo.ts";
import { type ResultRow, resultRows } from "../../lab/demo/result-table.ts";
import { seedWorld } from "../../lab/demo/seed-world.ts";
import { StoryClock } from "../../lab/demo/story-clock.ts";
import type { TimeLapse } from "../../lab/demo/time-lapse.ts";
import { STORY_END, STORY_START, WORLD } from "../../lab/demo/world.ts";
import { createLog } from "../../log.ts";
import { issueSignInLink } from "../../operations/issue-sign-in-link.ts";
import { receiveMail } from "../../operations/receive-mail.ts";
import type { DemoClock } from "../../web/web-parts.ts";
import { print, progress, refusal, table } from "../output.ts";
import { refuseTakenPort, servePages } from "../serve-pages.ts";
import { untilSignal } from "../until-signal.ts";
import { publishShipped, readConfig } from "../with-app.ts";

interface DemoOptions {
  daySeconds: string;
  until?: string;
  exit?: boolean;
}

const MAIL_DOMAIN = "fernwick.example";
const VIEWER = "ruth.adeyemi@fernwick.example";

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description(
      "Ten accounts, six weeks in two minutes: mails over real SMTP, readers over real HTTP, readiness signals.",
    )
    .option("--day-seconds <seconds>", "real seconds a day takes", "2")
    .option("--until <iso>", "stop the story earlier")
    .option("--exit", "end after the table instead of serving on")
    .action(demo);
}

async function demo(options: DemoOptions): Promise<void> {
  const daySeconds = Number(options.daySeconds);
  if (!(daySeconds >= 0.2 && daySeconds <= 3600)) {
    throw refusal(
      "bad-number",
      "--day-seconds",
      `"${options.daySeconds}" is out of range.`,
      "Use 0.2 to 3600.",
    );
  }
  const end = options.until === undefined ? STORY_END : new Date(options.until);
  if (Number.isNaN(end.getTime()) || end <= STORY_START) {
    throw refusal(
      "bad-instant",
      "--until",
      "This is no instant of the story.",
      `Use one after ${STORY_START.toISOString()}.`,
    );
  }
  const settings = readConfig();
  await refuseTakenPort(settings);
  // Its own folder and database, made anew: the demo never touches what npm start keeps.
  const dataDir = join(settings.dataDir, "demo");
  const clock = new StoryClock(STORY_START, daySeconds);
  const app = await openStory(settings, dataDir, clock);
  const opened: (() => unknown)[] = [() => app.close()];
  try {
    await play(app, { clock, end, exit: options.exit ?? false }, opened);
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function openStory(settings: Config, dataDir: string, clock: StoryClock): Promise<App> {
  const config = {
    ...settings,
    dataDir,
    databaseUrl: null,
    redisUrl: null,
    smtpUrl: null,
    mailDomain: MAIL_DOMAIN,
  };
  try {
    return await openApp(config, {
      clock,
      scratch: "demo",
      log: createLog({ level: config.logLevel === "info" ? "warn" : config.logLevel }),
      onInbound: async (inbound, mail) => {
        await receiveMail(inbound, mail);
      },
    });
  } catch (cause) {
    if (!(cause instanceof ScratchInUse)) throw cause;
    throw refusal(
      "demo-runs",
      dataDir,
      "Another demo runs here.",
      "Stop it, or set BATON_DATA_DIR to another folder.",
    );
  }
}

/** Tells the story and keeps serving the pages until it is told to stop. What it opens is closed by its caller. */
async function play(
  app: App,
  story: { clock: StoryClock; end: Date; exit: boolean },
  opened: (() => unknown)[],
): Promise<void> {
  const { clock, end } = story;
  const { parts, captured } = app;
  if (captured === null) throw new Error("The demo has no captured mailbox.");
  const seeded = await seedWorld(parts, WORLD);
  const { workspaceId } = seeded;
  await publishShipped(parts, workspaceId);
  const worker = await startWorker(app, { rhythm: { planEveryMs: 500 } });
  opened.push(() => worker.stop());
  const lapse = prepareDemo({
    parts,
    clock,
    seeded,
    mailbox: captured.mailbox,
    smtpUrl: captured.url,
    write: progress,
  });
  const pages = await servePages(app, { workspaceId, demo: controls(clock, lapse) });
  opened.push(() => pages.close());
  opened.push(() => lapse.stop());
  const link = await issueSignInLink(parts, {
    workspaceId,
    email: VIEWER,
    byMail: false,
    lifetimeSeconds: 30 * 86_400 * 4,
  });
  progress(`Baton's demo: ${WORLD.length} accounts, from 13 February to 30 March 2026.`);
  progress(`Watch it:  ${link.url ?? pages.url}`);
  progress(`Mailbox:   ${pages.url}/mailbox\n`);

  const ended = untilSignal();
  const told = tell().then(() => (story.exit ? undefined : ended));
  await Promise.race([told, ended]);

  async function tell(): Promise<void> {
    await lapse.playUntil(end);
    print(`\n${resultTable(await resultRows(parts, workspaceId, WORLD))}`);
    if (!story.exit) progress(`\nThe story is told; the pages stay at ${pages.url}. Ctrl-C ends it.`);
  }
}

function resultTable(rows: readonly ResultRow[]): string {
  return table(
    [
      "contact",
      "account",
      "track",
      "verdict",
      "score",
      "evidence",
      "machine signals ignored",
      "what is special",
    ],
    rows.map((row) => [
      row.contact,
      row.account,
      row.track,
      row.verdict,
      row.score,
      row.evidence,
      row.machine,
      row.twist,
    ]),
  );
}

/** The clock's knobs, for the bar on every page. */
function controls(clock: StoryClock, lapse: TimeLapse): DemoClock {
  return {
    state: () => ({ now: clock.now(), playing: clock.playing, daySeconds: clock.daySeconds }),
    pause: () => clock.pause(),
    play: () => clock.play(),
    step: (hours) => lapse.step(hours),
    setDaySeconds: (seconds) => clock.setDaySeconds(seconds),
  };
}
