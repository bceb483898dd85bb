import type { MailboxFolder } from "../../drivers/local/mailbox-folder.ts";
import type { Parts } from "../../operations/parts.ts";
import { addressBook } from "./cast.ts";
import { Inboxes } from "./inbox.ts";
import { Plot } from "./plot.ts";
import { Readers } from "./readers.ts";
import type { SeededWorld } from "./seed-world.ts";
import { SignalWatch } from "./signal-watch.ts";
import { Agenda, DemoStage } from "./stage.ts";
import { STORIES } from "./stories.ts";
import type { StoryClock } from "./story-clock.ts";
import type { Story } from "./story-types.ts";
import { teller } from "./teller.ts";
import { TimeLapse } from "./time-lapse.ts";
import { WORLD } from "./world.ts";
import type { WorldAccount } from "./world-types.ts";

export interface DemoParts {
  parts: Parts;
  clock: StoryClock;
  seeded: SeededWorld;
  mailbox: MailboxFolder;
  /** Where the people's own mail programs hand in their mail. */
  smtpUrl: string;
  /** One line of progress. */
  write(line: string): void;
  /** Other accounts than the demo's ten, with their stories. */
  cast?: { accounts: readonly WorldAccount[]; stories: readonly Story[] };
}

/** The accounts and their weeks, ready to be played. */
export function prepareDemo(demo: DemoParts): TimeLapse {
  const { parts, clock, seeded, mailbox, smtpUrl } = demo;
  const { accounts, stories } = demo.cast ?? { accounts: WORLD, stories: STORIES };
  const agenda = new Agenda();
  const tell = teller(demo.write);
  const plot = new Plot({ parts, seeded, agenda, tell });
  const readers = new Readers({
    parts,
    seeded,
    agenda,
    inboxes: new Inboxes(mailbox),
    smtpUrl,
    addressBook: addressBook(accounts),
    tell,
  });
  for (const account of accounts) {
    const story = stories.find((one) => one.account === account.ref);
    plot.stage(account, story);
    if (story !== undefined) readers.stage(account, story);
  }
  const signals = new SignalWatch(parts, seeded.workspaceId, tell);
  const stage = new DemoStage(parts, clock, agenda, async () => {
    const anything = await readers.readMail();
    await signals.look();
    return anything;
  });
  return new TimeLapse(clock, stage);
}
