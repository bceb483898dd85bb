import type { SendJob } from "../../src/drivers/queue/jobs.ts";
import { type SendParts, sendMessages } from "../../src/operations/send-messages.ts";

/** A batch of ids becomes mails. A job that fails leaves its rows as they are; the sweeper wakes them again. */
export function sendMessagesProcessor(parts: SendParts): (job: SendJob) => Promise<void> {
  return async ({ sendIds }) => {
    const counts = await sendMessages(parts, sendIds);
    parts.log.debug({ counts }, "a batch of mails was handled");
  };
}
