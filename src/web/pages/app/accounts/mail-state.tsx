import { Tag } from "../../ui/tag.tsx";
import { plain } from "../../words.ts";

/** Whether mail reaches somebody; nothing to say while it does. */
export function MailState({ status }: { status: string }) {
  if (status === "ok") return null;
  return <Tag tone={status === "soft_bouncing" ? "warn" : "bad"}>{plain(status)}</Tag>;
}
