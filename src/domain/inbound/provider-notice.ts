import { z } from "zod";
import type { OpenedMail } from "./opened-mail.ts";

const Recipient = z.object({
  emailAddress: z.string(),
  status: z.string().optional(),
  action: z.string().optional(),
  diagnosticCode: z.string().optional(),
});

/** What Amazon SES publishes over SNS, when the topic is delivered by mail. */
const Notice = z.object({
  notificationType: z.enum(["Bounce", "Complaint", "Delivery"]),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: z.array(Recipient) }).optional(),
  complaint: z
    .object({ complainedRecipients: z.array(Recipient), complaintFeedbackType: z.string().optional() })
    .optional(),
  delivery: z.object({ recipients: z.array(z.string()) }).optional(),
});
export type ProviderNotice = z.infer<typeof Notice>;

/** Long mails break the JSON over lines ("com!\n plaint" in old sendmail): the breaks are taken out again. */
export function readProviderNotice(mail: OpenedMail): ProviderNotice | null {
  const start = mail.body.indexOf('{"notificationType"');
  if (start < 0) return null;
  const end = mail.body.lastIndexOf("}");
  if (end < start) return null;
  const json = mail.body.slice(start, end + 1).replace(/!?\n ?/g, "");
  try {
    const parsed = Notice.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    // No JSON after all: the other rules may know it.
    return null;
  }
}
